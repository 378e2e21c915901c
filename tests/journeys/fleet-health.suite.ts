import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFakeDevice } from '../support/fake-device.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { createTestClock } from '../support/test-clock.ts'
import { until } from '../support/until.ts'

/** What is promised of the health of terminals and of orders to them; run against both databases. */
export function fleetHealthSuite(databaseUrl: () => Promise<string | undefined>): void {
  const minute = 60_000
  const clock = createTestClock(Date.parse('2026-03-02T06:30:00Z'))
  let running: TestGateway
  beforeAll(async () => {
    running = await startGateway({ clock, timeZone: 'Asia/Kolkata', databaseUrl: await databaseUrl() })
  })
  afterAll(() => running.stop())

  const client = () => running.client()
  const terminal = (sn: string) => createFakeDevice(running.devicesUrl, sn)
  const adopt = async (sn: string, more: { LabelName?: string; Site?: string } = {}) => {
    await terminal(sn).handshake()
    await client().call('devices.adopt', { DeviceSN: sn, LabelName: sn, Site: 'Health', ...more })
    return terminal(sn)
  }
  /** Lets others call while this one is silent for so long, and waits until it counts as away. */
  const loseFor = async (sn: string, ms: number) => {
    clock.advance(ms)
    await until(`${sn} is away`, async () => {
      clock.advance(500)
      return !(await client().call('devices.status', { DeviceSN: sn })).body.Online
    })
  }
  const offline = async (sn: string) =>
    (await client().call('devices.incidents', { DeviceSN: sn, Kind: 'Offline' })).body.Incidents

  describe('a terminal that goes away', () => {
    it('is an incident with start and cause, can be seen to, and ends when it is back', async () => {
      const device = await adopt('AWAY0001')
      await device.poll()
      await loseFor('AWAY0001', 4 * minute)
      const [incident] = await offline('AWAY0001')
      expect(incident).toMatchObject({ Cause: 'NoPoll', Devices: 1, EndedAt: null })
      const IncidentID = incident?.IncidentID ?? ''
      await client().call('devices.updateIncident', {
        IncidentID,
        Acknowledge: true,
        Assignee: 'Network team',
        Comment: 'Cable is out',
      })
      await device.poll()
      const { body } = await client().call('devices.incident', { IncidentID })
      expect(body.Incident).toMatchObject({ Assignee: 'Network team', EndedAt: expect.any(String) })
      expect(body.Incident.AcknowledgedAt).not.toBeNull()
      expect(body.Comments).toMatchObject([{ Text: 'Cable is out' }])
      expect(body.Members).toMatchObject([{ DeviceSN: 'AWAY0001', Cause: 'NoPoll' }])
    })

    it('has no uptime before it has ever called', async () => {
      await client().call('devices.adopt', { DeviceSN: 'NEVER001', LabelName: 'Never', Site: 'Health' })
      clock.advance(10 * minute)
      const { body } = await client().call('devices.health', { DeviceSN: 'NEVER001' })
      expect(body.Day.UpPercent).toBeNull()
      expect(new Set(body.Beats.map(({ State }) => State))).toEqual(new Set(['unknown']))
    })

    it('shows in its heartbeat, its uptime, its timeline and the service levels', async () => {
      const { body: health } = await client().call('devices.health', { DeviceSN: 'AWAY0001' })
      expect(health.Day.AwaySeconds).toBeGreaterThan(180)
      expect(health.Beats).toHaveLength(48)
      expect(health.Beats.some(({ State }) => State === 'partly' || State === 'away')).toBe(true)
      expect(health.Days.at(-1)?.Outages).toHaveLength(1)
      const { body: timeline } = await client().call('devices.timeline', { DeviceSN: 'AWAY0001' })
      expect(timeline.Entries.map(({ Kind }) => Kind)).toEqual(
        expect.arrayContaining(['Back', 'Away', 'Adopted']),
      )
      const { body: levels } = await client().call('devices.serviceLevels', {
        Month: '2026-03',
        Site: 'Health',
      })
      expect(levels.Devices[0]?.UpPercent).toBeLessThan(100)
    })

    it('is no incident and does not count during planned work', async () => {
      const device = await adopt('PLAN0001', { Site: 'Works' })
      await device.poll()
      await client().call('devices.planMaintenance', {
        Name: 'New switch',
        Sites: ['Works'],
        StartsAt: new Date(clock.now() - minute).toISOString(),
        EndsAt: new Date(clock.now() + 30 * minute).toISOString(),
      })
      await loseFor('PLAN0001', 4 * minute)
      await device.poll()
      expect(await offline('PLAN0001')).toEqual([])
      const { body } = await client().call('devices.health', { DeviceSN: 'PLAN0001' })
      expect(body.Day).toMatchObject({ AwaySeconds: 0 })
      expect(body.Day.PlannedSeconds).toBeGreaterThan(200)
    })
  })

  describe('the list of all terminals', () => {
    it('is filtered, sorted, tagged and paged by the gateway', async () => {
      for (const sn of ['LIST0001', 'LIST0002', 'LIST0003']) await adopt(sn, { Site: 'Listed' })
      await client().call('devices.tag', { DeviceSN: ['LIST0002'], Add: ['payroll'] })
      const { body } = await client().call('devices.fleet', { Site: 'Listed', Limit: 2 })
      expect(body).toMatchObject({ ReturnRowCount: 2, ActualRowCount: 3, OffSet: '2' })
      const next = await client().call('devices.fleet', { Site: 'Listed', Limit: 2, OffSet: body.OffSet })
      expect(next.body).toMatchObject({ ReturnRowCount: 1, OffSet: '' })
      const tagged = await client().call('devices.fleet', { Tag: 'payroll' })
      expect(tagged.body.Devices.map(({ DeviceSN }) => DeviceSN)).toEqual(['LIST0002'])
      expect(tagged.body.Tags).toContainEqual({ Name: 'payroll', Count: 1 })
    })

    it('takes an order for many and answers for each', async () => {
      await terminal('LIST0001').poll()
      const { body } = await client().call('devices.orderMany', {
        DeviceSN: ['LIST0001', 'NOBODY01'],
        Action: 'Restart',
      })
      expect(body.Results).toMatchObject([
        { DeviceSN: 'LIST0001', Status: 'Ordered' },
        { DeviceSN: 'NOBODY01', Status: 'Refused', Error: 'DEVICE_NOT_FOUND' },
      ])
    })
  })

  describe('orders', () => {
    it('can be taken back, moved to the front, and given again when they came to nothing', async () => {
      const device = await adopt('ORDER001')
      await device.poll()
      const sync = async () =>
        (await client().call('devices.syncTime', { DeviceSN: 'ORDER001' })).body.CommandID
      const [first, second, third] = [await sync(), await sync(), await sync()]
      await client().call('devices.cancelCommand', { CommandID: first })
      await client().call('devices.hurryCommand', { CommandID: third })
      expect((await device.poll()).commands.map(({ id }) => id)).toEqual([third, second])
      await expect(client().call('devices.cancelCommand', { CommandID: second })).rejects.toMatchObject({
        code: 'COMMAND_UNDER_WAY',
      })
      await device.result(second, -1)
      const again = (await client().call('devices.retryCommand', { CommandID: second })).body.CommandID
      const twice = (await client().call('devices.retryCommand', { CommandID: second })).body.CommandID
      expect(twice).toBe(again)
      const { body } = await client().call('devices.queue', { DeviceSN: 'ORDER001' })
      expect(body.Commands.find(({ CommandID }) => CommandID === again)).toMatchObject({ RetryOf: second })
    })

    it('that delete are fenced: typed name, punches read again first, everything put aside', async () => {
      const device = await adopt('CLEAR001', { LabelName: 'Old gate' })
      await device.punch('7', '2026-03-02 11:00:00')
      const clear = (Confirm: string) =>
        client().call('devices.clearData', { DeviceSN: 'CLEAR001', What: 'Punches', Confirm })
      await expect(clear('old gate')).rejects.toMatchObject({ code: 'CONFIRMATION_WRONG' })
      await expect(clear('Old gate')).rejects.toMatchObject({ code: 'REREAD_FIRST' })
      const { body: reread } = await client().call('devices.reread', {
        DeviceSN: 'CLEAR001',
        FromDate: '2026-02-01',
        ToDate: '2026-03-02',
      })
      await device.poll()
      await device.punch('7', '2026-03-02 11:00:00')
      await device.punch('8', '2026-03-02 11:05:00')
      await device.result(reread.CommandID, 2)
      const { body: read } = await client().call('devices.commandStatus', { CommandID: reread.CommandID })
      expect(read).toMatchObject({ State: 'Done', Result: '1 new, 1 known already' })
      const { body } = await clear('Old gate')
      const file = join(running.dataDir, 'set-aside', body.Backup)
      expect(existsSync(file)).toBe(true)
      expect(gunzipSync(readFileSync(file)).toString()).toContain('"employee_code":"8"')
      expect((await device.poll()).commands.map(({ text }) => text)).toEqual(['CLEAR LOG'])
    })
  })

  describe('at a terminal whose midnight is not that of UTC', () => {
    it.each([
      { at: '2026-03-02T20:40:00Z', from: '2026-03-02', to: '2026-03-03', what: 'after its midnight' },
      { at: '2026-03-02T18:25:00Z', from: '2026-03-01', to: '2026-03-02', what: 'over its midnight' },
    ])('what was read $what up to its today may be deleted there', async ({ at, from, to }) => {
      const night = createTestClock(Date.parse(at))
      const own = await startGateway({
        clock: night,
        timeZone: 'Asia/Kolkata',
        databaseUrl: await databaseUrl(),
      })
      try {
        const device = createFakeDevice(own.devicesUrl, 'NIGHT001')
        await device.handshake()
        const call = own.client()
        await call.call('devices.adopt', { DeviceSN: 'NIGHT001', LabelName: 'Night gate', Site: 'Night' })
        const order = { DeviceSN: 'NIGHT001', What: 'Punches', Confirm: 'Night gate' } as const
        const { body: short } = await call.call('devices.reread', {
          DeviceSN: 'NIGHT001',
          FromDate: to,
          ToDate: to,
        })
        await device.poll()
        await device.result(short.CommandID, 0)
        await expect(call.call('devices.clearData', order)).rejects.toMatchObject({ code: 'REREAD_FIRST' })
        const { body: whole } = await call.call('devices.reread', {
          DeviceSN: 'NIGHT001',
          FromDate: from,
          ToDate: to,
        })
        await device.poll()
        await device.result(whole.CommandID, 0)
        night.advance(10 * minute)
        const { body } = await call.call('devices.clearData', order)
        expect(body.Backup).toContain('NIGHT001')
      } finally {
        await own.stop()
      }
    })
  })

  describe('for whoever helps', () => {
    it('the raw conversation is kept while it is switched on, without secrets, and so is the bundle', async () => {
      const device = await adopt('TRACE001')
      await device.poll()
      await client().call('devices.startTrace', { DeviceSN: 'TRACE001', Minutes: 5 })
      await device.upload('OPERLOG', 'USER PIN=1\tName=Asha\tPasswd=31337\n')
      const { body } = await client().call('devices.trace', { DeviceSN: 'TRACE001' })
      expect(body.Exchanges).toHaveLength(1)
      expect(JSON.stringify(body.Exchanges)).not.toContain('31337')
      const reply = await fetch(
        `${running.apiUrl}/v3/GetSupportBundle?DeviceSN=TRACE001&AuthToken=${running.token}`,
      )
      const bundle = gunzipSync(Buffer.from(await reply.arrayBuffer())).toString('latin1')
      expect(bundle).toContain('device.json')
      expect(bundle).not.toContain('31337')
    })

    it('the self-check says how Gatehouse itself is', async () => {
      const { body } = await client().call('site.selfCheck', {})
      const of = (name: string) => body.Checks.find(({ Name }) => Name === name)
      expect(of('WriteLatency')?.Value).toBeGreaterThan(0)
      expect(of('Disk')?.Value).toBeGreaterThan(0)
      expect(of('Backup')).toMatchObject({ State: 'warn', Value: null })
    })
  })

  describe('a broken terminal', () => {
    it('is replaced by a new serial that takes over what it was, and is not trusted any more', async () => {
      await adopt('BROKEN01', { LabelName: 'Main gate', Site: 'Swap' })
      await client().call('devices.tag', { DeviceSN: ['BROKEN01'], Add: ['entrance'] })
      await client().call('devices.setProfile', { DeviceSN: 'BROKEN01', Name: 'Charset', Value: 'gbk' })
      const { body } = await client().call('devices.replace', {
        DeviceSN: 'BROKEN01',
        TargetDeviceSN: 'FRESH001',
      })
      expect(body.Checks.filter(({ Equal }) => !Equal)).toEqual([])
      const { body: fresh } = await client().call('devices.info', { DeviceSN: 'FRESH001' })
      expect(fresh).toMatchObject({ LabelName: 'Main gate', Site: 'Swap', Adoption: 'Adopted' })
      const { body: old } = await client().call('devices.info', { DeviceSN: 'BROKEN01' })
      expect(old).toMatchObject({ LabelName: 'Main gate (replaced)', Adoption: 'Waiting' })
      await terminal('BROKEN01').punch('9', '2026-03-02 12:00:00')
      const held = await client().call('devices.info', { DeviceSN: 'BROKEN01' })
      expect(held.body.HeldUploads).toBe(1)
    })
  })

  describe('an alert', () => {
    const alertsOf = async (kind: string) =>
      (await client().call('site.alerts', { Limit: 200 })).body.Alerts.filter(({ Kind }) => Kind === kind)
    const openAlert = (kind: string, subject: string) =>
      until(`the alert ${kind}`, async () => {
        clock.advance(500)
        return (await alertsOf(kind)).find(
          ({ Subject, ClearedAt }) => Subject === subject && ClearedAt === null,
        )
      })
    const cleared = (kind: string, subject: string) =>
      until(`the end of the alert ${kind}`, async () => {
        clock.advance(minute / 4)
        return (await alertsOf(kind)).every(
          ({ Subject, ClearedAt }) => Subject !== subject || ClearedAt !== null,
        )
      })

    it('of an order that came to nothing is told once, with its values, until one is done', async () => {
      const device = await adopt('FAIL0001', { LabelName: 'Canteen' })
      await device.poll()
      const ping = async (returnCode: number) => {
        await client().call('devices.ping', { DeviceSN: 'FAIL0001' })
        for (const { id } of (await device.poll()).commands) await device.result(id, returnCode)
      }
      await ping(-1)
      await ping(-1)
      expect(await openAlert('DeviceCommand', 'FAIL0001')).toMatchObject({
        Code: 'OrderFailed',
        Facts: { label: 'Canteen', operation: 'PingDevice' },
        Times: 2,
      })
      await ping(0)
      await cleared('DeviceCommand', 'FAIL0001')
    })

    it('of a terminal that repeats itself ends with the last of its incidents', async () => {
      const device = await adopt('LOOP0001')
      for (let turn = 0; turn < 4; turn += 1) await device.punch('7', '2026-03-02 11:00:00')
      expect(await openAlert('DeviceRepeats', 'LOOP0001')).toMatchObject({
        Code: 'RepeatedUpload',
        Facts: { table: 'attlog', next: expect.any(String) },
      })
      clock.advance(11 * minute)
      await cleared('DeviceRepeats', 'LOOP0001')
    })

    it('of Gatehouse itself comes when a check is bad for two minutes, and goes with it', async () => {
      await adopt('SELF0001')
      const command = () =>
        running.store.write(write =>
          write
            .insertInto('command')
            .values({
              sn: 'SELF0001',
              kind: 'device.ping',
              operation: 'PingDevice',
              payload: '{}',
              state: 'queued',
              created_at: clock.now() - 2 * 60 * minute,
              expires_at: clock.now() + 60 * minute,
              attempts: 0,
            })
            .execute(),
        )
      await terminal('SELF0001').handshake()
      await command()
      const alert = await until('the alert', async () => {
        // It is here all the while, and fetches nothing.
        await terminal('SELF0001').handshake()
        clock.advance(minute / 4)
        return (await alertsOf('GatehouseSelf')).find(({ Subject }) => Subject === 'OldestCommand')
      })
      expect(alert).toMatchObject({ Code: 'SelfCheck', Severity: 'Critical', Facts: { unit: 's' } })
      await client().call('devices.clearCommands', { DeviceSN: 'SELF0001' })
      await cleared('GatehouseSelf', 'OldestCommand')
    })
  })

  it('tells which of many terminals people use right now', async () => {
    const [busy] = [await adopt('BUSY0001', { LabelName: 'Busy gate' }), await adopt('BUSY0002')]
    const local = new Date(clock.now() + 330 * minute).toISOString().slice(0, 19).replace('T', ' ')
    for (const pin of ['1', '2', '2']) await busy?.punch(pin, local)
    const { body } = await client().call('devices.busy', { DeviceSN: ['BUSY0001', 'BUSY0002'] })
    expect(body).toMatchObject({
      PeopleLastMinute: 2,
      Devices: [{ DeviceSN: 'BUSY0001', LabelName: 'Busy gate', PeopleLastMinute: 2 }],
    })
  })
}
