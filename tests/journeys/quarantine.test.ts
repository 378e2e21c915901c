import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFakeDevice } from '../support/fake-device.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { createTestClock } from '../support/test-clock.ts'

const clock = createTestClock(Date.parse('2026-03-02T06:30:00Z'))
let running: TestGateway
beforeAll(async () => {
  running = await startGateway({ clock, timeZone: 'Asia/Kolkata' })
})
afterAll(() => running.stop())

const terminal = (sn: string) => createFakeDevice(running.devicesUrl, sn)
const linesOf = async (sn: string, token?: string) =>
  (await running.client(token).call('devices.quarantine', { DeviceSN: sn })).body.Lines
const punchesOf = async (sn: string) =>
  (
    await running
      .client()
      .call('attendance.byDevice', { DeviceSN: sn, FromDate: '2000-01-01', ToDate: '2099-12-31' })
  ).body.Attendance
const reparse = async (sn: string) => (await running.client().call('devices.reparse', { DeviceSN: sn })).body

describe('what could not be read', () => {
  it('is listed with line, reason and bytes, the newest first, and survives a look', async () => {
    const device = terminal('KEPT0001')
    expect(
      (
        await device.upload(
          'ATTLOG',
          '7\t2026-03-02 12:00:00\t0\t1\njunk\xff\n8\t2026-13-45 99:99:99\t0\t1\n',
        )
      ).body,
    ).toBe('OK: 3')
    const lines = await linesOf('KEPT0001')
    expect(lines).toMatchObject([
      { Table: 'attlog', Line: 3, Reason: 'bad-time', Raw: '8\\t2026-13-45 99:99:99\\t0\\t1', Bytes: 25 },
      { Table: 'attlog', Line: 2, Reason: 'too-few-fields', Raw: 'junk\\xc3\\xbf' },
    ])
    expect(lines[0]?.ReceivedAt).toBe('2026-03-02T06:30:00.000Z')
    expect(await linesOf('KEPT0001')).toEqual(lines)
  })

  it('is paged without losing or repeating a line', async () => {
    const bad = Array.from({ length: 7 }, (_, at) => `p${at}\tnever\n`).join('')
    await terminal('KEPT0002').upload('ATTLOG', bad)
    const seen: number[] = []
    let OffSet = ''
    do {
      const input = { DeviceSN: 'KEPT0002', Limit: 3, OffSet, Order: 'asc' } as const
      const { body } = await running.client().call('devices.quarantine', input)
      seen.push(...body.Lines.map(({ Line }) => Line))
      expect(body.ActualRowCount).toBe(7)
      OffSet = body.OffSet
    } while (OffSet !== '')
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7])
  })

  it('never shows a password or a template, and no bytes at all to those who may only look', async () => {
    const device = terminal('KEPT0003')
    await device.upload(
      'OPERLOG',
      'USER PIN=\tName=Asha\tPasswd=7391\tCard=5\nFP PIN=9\tFID=6\tSize=4\tValid=1\tTMP=QUJD\nFP PIN=\tFID=6\tTMP=WFla\n',
    )
    await device.upload('ATTPHOTO', 'PIN=20260302120000-9.jpg\nSN=KEPT0003\nsize=3\nCMD=uploadphoto\0abc')
    const lines = await linesOf('KEPT0003')
    expect(lines.map(({ Reason }) => Reason).toSorted()).toEqual(['kept:photo', 'missing-pin', 'missing-pin'])
    for (const { Reason, Raw } of lines) expect(Raw === null).toBe(Reason.startsWith('kept:'))
    expect(JSON.stringify(lines)).toContain('Passwd=[left out]')
    for (const secret of ['7391', 'QUJD', 'WFla']) expect(JSON.stringify(lines)).not.toContain(secret)
    const looking = await running.makeToken({ permissions: ['devices:read'] })
    expect((await linesOf('KEPT0003', looking)).map(({ Raw }) => Raw)).toEqual([null, null, null])
    const { body } = await running.client().call('devices.info', { DeviceSN: 'KEPT0003' })
    expect(body.Rejects).toBe(2)
  })

  it('is seen by tokens of that terminal only', async () => {
    const scoped = await running.makeToken({ devices: ['KEPT0001'] })
    const { body } = await running.client(scoped).call('devices.quarantine', {})
    expect(new Set(body.Lines.map(({ DeviceSN }) => DeviceSN))).toEqual(new Set(['KEPT0001']))
  })
})

describe('reading it again', () => {
  /** What a release before this one could not read. */
  const leave = async (
    sn: string,
    table: string,
    line: number,
    body: string | Buffer,
    receivedAt: string,
  ) => {
    const { seal } = await import('../../gateway/store/seal.ts')
    const raw = seal(running.gateway.deps.config.sealKey, Buffer.from(body))
    await running.store.write(write =>
      write
        .insertInto('quarantine')
        .values({
          sn,
          received_at: Date.parse(receivedAt),
          table_name: table,
          line,
          reason: line === 0 ? 'unknown-table' : 'bad-time',
          raw,
        })
        .execute(),
    )
  }

  it('records what is understood now with the time it was received, once, and tells receivers', async () => {
    await terminal('AGAIN001').punch('1', '2026-03-02 08:00:00')
    await leave('AGAIN001', 'attlog', 4, '2\t2026-02-20 08:00:00\t0\t1', '2026-02-20T02:30:05Z')
    await leave('AGAIN001', 'attlog', 5, 'still junk', '2026-02-20T02:30:05Z')
    await leave('AGAIN001', 'attlog', 6, '1\t2026-03-02 08:00:00\t0\t1', '2026-02-20T02:30:05Z')
    await leave('AGAIN001', 'userinfo', 0, 'USER PIN=2\tName=Ravi Iyer\nUSER PIN=\n', '2026-02-20T02:30:05Z')
    await leave('AGAIN001', 'foobar', 0, 'A=1\tB=2\n', '2026-02-20T02:30:05Z')
    expect(await reparse('AGAIN001')).toMatchObject({ Read: 5, Understood: 3, NewPunches: 1, Remaining: 3 })
    expect(await punchesOf('AGAIN001')).toMatchObject([
      {
        EmployeeCode: '2',
        EmployeeName: 'Ravi Iyer',
        ReceivedAt: '2026-02-20T02:30:05.000Z',
        ClockSkewSeconds: null,
        Flags: [],
      },
      { EmployeeCode: '1' },
    ])
    expect((await linesOf('AGAIN001')).map(({ Table, Line, Reason }) => [Table, Line, Reason])).toEqual([
      ['userinfo', 2, 'missing-pin'],
      ['foobar', 0, 'unknown-table'],
      ['attlog', 5, 'bad-time'],
    ])
    expect(await reparse('AGAIN001')).toMatchObject({ Read: 3, Understood: 0, NewPunches: 0, Remaining: 3 })
    expect(await punchesOf('AGAIN001')).toHaveLength(2)
  })

  it('reads in the charset the profile says by now', async () => {
    const device = terminal('AGAIN002')
    const name = Buffer.from([0xd5, 0xc5, 0xce, 0xb0])
    await device.upload('ATTLOG', Buffer.concat([name, Buffer.from('\t2026-03-02 12:00:00\t0\t1\n')]))
    expect(await linesOf('AGAIN002')).toMatchObject([{ Reason: 'bad-pin' }])
    await running.client().call('devices.setProfile', { DeviceSN: 'AGAIN002', Name: 'Charset', Value: 'gbk' })
    expect(await reparse('AGAIN002')).toMatchObject({ Understood: 1, NewPunches: 1, Remaining: 0 })
    expect(await punchesOf('AGAIN002')).toMatchObject([{ EmployeeCode: '张伟' }])
  })

  it('moves each line once, however often it is asked for at the same time', async () => {
    await terminal('AGAIN003').poll()
    for (let pin = 0; pin < 20; pin += 1)
      await leave('AGAIN003', 'attlog', pin, `${pin + 1}\t2026-03-02 08:00:00\t0\t1`, '2026-03-02T02:30:05Z')
    const answers = await Promise.all([reparse('AGAIN003'), reparse('AGAIN003'), reparse('AGAIN003')])
    expect(answers.reduce((sum, { NewPunches }) => sum + NewPunches, 0)).toBe(20)
    expect(await punchesOf('AGAIN003')).toHaveLength(20)
    expect(await linesOf('AGAIN003')).toEqual([])
  })

  it('waits for adoption', async () => {
    const asking = await startGateway({ clock, adopt: 'ask' })
    await createFakeDevice(asking.devicesUrl, 'AGAIN005').poll()
    await expect(asking.client().call('devices.reparse', { DeviceSN: 'AGAIN005' })).rejects.toMatchObject({
      code: 'DEVICE_WAITING',
    })
    await asking.stop()
  })
})
