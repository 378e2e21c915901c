import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import BetterSqlite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { localAt } from '../../gateway/time/zone.ts'
import { blockStore } from '../support/block-store.ts'
import { createFakeDevice } from '../support/fake-device.ts'
import { keptOf } from '../support/kept.ts'
import { exchange, openRaw, readReplies, readToEnd, writeAlone } from '../support/raw-wire.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { createTestClock } from '../support/test-clock.ts'
import { until } from '../support/until.ts'

let running: TestGateway
beforeAll(async () => {
  running = await startGateway({ timeZone: 'Asia/Kolkata' })
})
afterAll(() => running.stop())

const terminal = (sn: string) => createFakeDevice(running.devicesUrl, sn)
const punchesOf = async (sn: string, gateway = running) =>
  (
    await gateway.client().call('attendance.byDevice', {
      DeviceSN: sn,
      FromDate: '2000-01-01',
      ToDate: '2099-12-31',
      Limit: 1000,
    })
  ).body.Attendance

/** What servers of this protocol get wrong, each seen in at least one of them; the numbers are those of that list. */
describe('what other servers get wrong', () => {
  it('1 a bad line among good ones: no error however often it comes, no row twice, one line in quarantine', async () => {
    const device = terminal('POISON')
    const bad = '200\tbad-ts\t0'
    const body = `100\t2026-03-02 08:00:00\t0\t1\n${bad}\n300\t2026-03-02 09:00:00\t0\t1\n`
    const replies = []
    for (let time = 0; time < 6; time += 1) replies.push(await device.upload('ATTLOG', body))
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]))
    for (const reply of replies) expect(reply.body).toMatch(/^OK(: 3)?$/)
    expect(await keptOf(running, 'POISON')).toEqual({
      punches: [
        ['100', '2026-03-02 08:00:00', 0],
        ['300', '2026-03-02 09:00:00', 0],
      ],
      quarantined: [[2, 'bad-time', bad]],
      held: [],
    })
  })

  it('2 a punch of somebody nobody has heard of: kept, and shown with its code', async () => {
    const device = terminal('NOBODY')
    expect((await device.punch('987654', '2026-03-02 08:00:00')).body).toBe('OK: 1')
    expect(await punchesOf('NOBODY')).toMatchObject([{ EmployeeCode: '987654', EmployeeName: null }])
  })

  it('3 two hundred punches at once are answered while twenty pictures come slowly', async () => {
    const picture = Buffer.alloc(2_000_000, 0x41)
    const head = (sn: string) =>
      `POST /iclock/cdata?SN=${sn}&table=ATTPHOTO&Stamp=9999 HTTP/1.1\r\nHost: x\r\nContent-Length: ${picture.length}\r\n\r\n`
    const slow = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const socket = await openRaw(running.devicesUrl)
        const received = readToEnd(socket)
        await writeAlone(socket, head(`PICTURE${index}`))
        await writeAlone(socket, picture.subarray(0, 1_000_000))
        return { socket, received }
      }),
    )
    const replies = await Promise.all(
      Array.from({ length: 200 }, (_, pin) =>
        terminal(`CROWD${pin % 40}`).punch(`${pin + 1}`, '2026-03-02 08:00:00'),
      ),
    )
    expect(new Set(replies.map(({ body }) => body))).toEqual(new Set(['OK: 1']))
    for (const { socket } of slow) socket.end(picture.subarray(1_000_000))
    for (const { received } of slow)
      expect(readReplies(await received).replies).toMatchObject([{ status: 200, body: 'OK' }])
  })

  it('4 HTML in a PIN and in a name stays text, in JSON; as a serial number it is refused', async () => {
    const markup = '<script>alert(1)</script>'
    const device = terminal('MARKUP')
    await device.upload('OPERLOG', `USER PIN=${markup}\tName=<img src=x onerror=alert(2)>\tPri=0\n`)
    expect((await device.punch(markup, '2026-03-02 08:00:00')).body).toBe('OK: 1')
    const path = '/v3/GetAttendanceByDevice?DeviceSN=MARKUP&FromDate=2026-03-02&ToDate=2026-03-02'
    const reply = await fetch(`${running.apiUrl}${path}`, { headers: { AuthToken: running.token } })
    expect(reply.headers.get('content-type')).toMatch(/^application\/json\b/)
    expect(await reply.json()).toMatchObject({
      Attendance: [{ EmployeeCode: markup, EmployeeName: '<img src=x onerror=alert(2)>' }],
    })
    for (const sn of [
      markup,
      encodeURIComponent(markup),
      'A%22onmouseover%3D',
      'A%27--',
      'A&#60;'.replace('&', '%26'),
    ]) {
      const answer = await exchange(
        running.devicesUrl,
        `GET /iclock/cdata?SN=${sn}&options=all HTTP/1.1\r\n\r\n`,
      )
      expect(answer.replies).toMatchObject([{ status: 400, body: 'SN INVALID' }])
      expect(answer.replies[0]?.header('Content-Type')).toBe('text/plain')
    }
    const serials = await running.store.read.selectFrom('device').select('sn').execute()
    expect(serials.filter(({ sn }) => !/^[A-Za-z0-9_-]+$/.test(sn))).toEqual([])
  })

  it('5 a thousand posts leave no files behind, and lists come in pages', async () => {
    const files = () => readdirSync(running.dataDir, { recursive: true }).map(String).sort()
    await terminal('BUSY0').punch('1', '2026-03-02 08:00:00')
    const before = files()
    const post = async (lane: number) => {
      for (let turn = 0; turn < 100; turn += 1)
        expect((await terminal('BUSY0').punch(`${lane}-${turn}`, '2026-03-02 08:00:00')).status).toBe(200)
    }
    await Promise.all(Array.from({ length: 10 }, (_, lane) => post(lane)))
    // What came at once stood in a file of its own for a moment.
    await until('nothing but the store is left', () => isDeepStrictEqual(files(), before))
    const range = { DeviceSN: 'BUSY0', FromDate: '2026-03-02', ToDate: '2026-03-02' }
    const { body } = await running.client().call('attendance.byDevice', range)
    expect([body.Attendance.length, body.ActualRowCount]).toEqual([50, 1001])
    expect(body.OffSet).not.toBe('')
    await expect(
      running.client().call('attendance.byDevice', { ...range, Limit: 1001 }),
    ).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
  })

  it('6 nothing is acknowledged before it is stored', async () => {
    await terminal('EAGER').handshake()
    // Somebody else's transaction; the next one has to wait for it.
    const release = await blockStore(running.store)
    let received = ''
    const body = '6\t2026-03-02 08:00:00\t0\t1\n'
    const socket = await openRaw(running.devicesUrl)
    socket.on('data', chunk => {
      received += chunk
    })
    const whole = readToEnd(socket)
    socket.end(
      `POST /iclock/cdata?SN=EAGER&table=ATTLOG HTTP/1.1\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    )
    // Others are served meanwhile, so the listener had every chance to answer.
    for (let time = 0; time < 20; time += 1)
      expect((await terminal('EAGER').request('GET', '/iclock/ping?SN=EAGER')).body).toBe('OK')
    expect([received, (await keptOf(running, 'EAGER')).punches]).toEqual(['', []])
    await release()
    expect(readReplies(await whole).replies).toMatchObject([{ status: 200, body: 'OK: 1' }])
    expect((await keptOf(running, 'EAGER')).punches).toHaveLength(1)
  })

  it('7 a handshake carries every option a terminal waits for, its last line ended', async () => {
    const block = await terminal('OPTIONS').handshake()
    expect(block.startsWith('GET OPTION FROM: OPTIONS\n')).toBe(true)
    expect(block.endsWith('\n')).toBe(true)
    const names = block
      .trimEnd()
      .split('\n')
      .slice(1)
      .map(line => line.slice(0, line.indexOf('=')))
    for (const name of [
      'ATTLOGStamp',
      'OPERLOGStamp',
      'ATTPHOTOStamp',
      'ErrorDelay',
      'Delay',
      'TransTimes',
      'TransInterval',
      'TransFlag',
      'TimeZone',
      'Realtime',
      'Encrypt',
      'ServerVer',
      'PushProtVer',
    ])
      expect(names).toContain(name)
  })

  it('9 clock and zone are those of the terminal, whatever those of the server are', async () => {
    const clock = createTestClock(Date.parse('2026-03-02T03:30:30Z'))
    const far = await startGateway({ clock, timeZone: 'America/Mexico_City' })
    const device = createFakeDevice(far.devicesUrl, 'KOLKATA')
    await device.poll()
    await far.client().call('devices.adopt', { DeviceSN: 'KOLKATA', TimeZone: 'Asia/Kolkata' })
    expect(await device.handshake()).toContain('\nTimeZone=330\n')
    const time = await device.request('GET', '/iclock/cdata?SN=KOLKATA&type=time')
    expect(time.body).toBe('Time=2026-03-02T09:00:30+05:30')
    await device.punch('1', '2026-03-02 09:00:00')
    // Column 11: this terminal says itself where it was.
    await device.upload('ATTLOG', '2\t2026-03-02 04:30:00\t0\t1\t0\t0\t0\t0\t0\t0\t+3600\n')
    expect(await punchesOf('KOLKATA', far)).toMatchObject([
      { AttendanceLog: '2026-03-02 04:30:00', LogTime: '2026-03-02 04:30:00 GMT +0100' },
      {
        AttendanceLog: '2026-03-02 09:00:00',
        LogTime: '2026-03-02 09:00:00 GMT +0530',
        TimeZone: 'Asia/Kolkata',
      },
    ])
    expect(localAt(clock.now(), 'America/Mexico_City').local).toBe('2026-03-01 21:30:30')
    await far.stop()
  })
})

describe('a store that fails', () => {
  const requests: readonly (readonly [method: string, path: string, body?: string])[] = [
    ['POST', 'cdata?SN=@&table=ATTLOG&Stamp=9999', '8\t2026-03-02 08:00:00\t0\t1\n'],
    ['POST', 'cdata?SN=@&table=ATTLOG&Stamp=1', 'no punch\n8\t2026-03-02 08:00:00\t0\t1\n'],
    [
      'POST',
      'cdata?SN=@&table=OPERLOG',
      'USER PIN=8\tName=Asha\nOPLOG 4\t0\t2026-03-02 08:00:00\t0\t0\t0\t0\n',
    ],
    ['POST', 'cdata?SN=@&table=options', '~DeviceName=F18,FWVersion=1.0'],
    ['POST', 'cdata?SN=@&table=ATTPHOTO', 'PIN=1.jpg\nSN=@\nsize=3\nCMD=uploadphoto\0abc'],
    ['POST', 'cdata?SN=@&table=FOOBAR', "x='; select * from punch\n"],
    [
      'POST',
      'cdata?SN=@&table=rtlog',
      'time=2026-03-02 08:00:00\tpin=8\teventaddr=1\tevent=0\tinoutstatus=0\tverifytype=1\tindex=7\n',
    ],
    ['POST', 'devicecmd?SN=@', 'ID=1&Return=0&CMD=DATA\n'],
    ['GET', 'getrequest?SN=@&INFO=Ver%201,2,3,4'],
    ['GET', 'cdata?SN=@&options=all&pushver=2.4.1'],
    ['GET', 'cdata?SN=NEWCOMER&options=all'],
  ]

  it('6, 8 is a 503 in two words: no OK, no SQL, no stack, and everything is taken when it works again', async () => {
    const gateway = await startGateway({})
    const device = createFakeDevice(gateway.devicesUrl, 'FAILING')
    await device.handshake()
    const send = async () => {
      const replies = []
      for (const [method, path, body] of requests) {
        const reply = await device.request(
          method,
          `/iclock/${path.replace('@', device.sn)}`,
          body?.replace('@', device.sn),
        )
        replies.push({ path, ...reply })
      }
      return replies
    }
    const file = new BetterSqlite(join(gateway.dataDir, 'gateway.db'))
    // Tables that are not there make every statement on them fail, with its text in the error.
    const tables = ['punch', 'quarantine', 'person', 'door_event', 'device_stamp', 'command', 'device']
    for (const table of tables) file.exec(`alter table ${table} rename to gone_${table}`)
    for (const { path, status, body, headers } of await send()) {
      expect([path, status, body]).toEqual([path, 503, 'ERROR'])
      expect(headers.get('content-type')).toBe('text/plain')
    }
    const api = await fetch(`${gateway.apiUrl}/v3/ListDevices`, { headers: { AuthToken: gateway.token } })
    expect(api.status).toBe(500)
    expect(await api.text()).not.toMatch(/select|from|no such table|\.ts\b|\bat /i)
    for (const table of tables) file.exec(`alter table gone_${table} rename to ${table}`)
    file.close()
    for (const { path, status } of await send()) expect([path, status]).toEqual([path, 200])
    const kept = await keptOf(gateway, 'FAILING')
    expect(kept.punches).toContainEqual(['8', '2026-03-02 08:00:00', 0])
    expect(kept.quarantined.map(([line, reason]) => [line, reason])).toEqual(
      expect.arrayContaining([
        [1, 'bad-time'],
        [0, 'kept:photo'],
        [0, 'unknown-table'],
      ]),
    )
    await gateway.stop()
  })

  it('6 a store somebody else has locked is a 503, and the same upload is taken afterwards', async () => {
    const gateway = await startGateway({})
    const device = createFakeDevice(gateway.devicesUrl, 'LOCKED')
    await device.handshake()
    const file = new BetterSqlite(join(gateway.dataDir, 'gateway.db'))
    file.exec('begin immediate')
    // It is waited for as long as the store is told to; only then is it an error.
    expect(await device.punch('6', '2026-03-02 08:00:00')).toMatchObject({ status: 503, body: 'ERROR' })
    file.exec('rollback')
    file.close()
    expect((await keptOf(gateway, 'LOCKED')).punches).toEqual([])
    expect((await device.punch('6', '2026-03-02 08:00:00')).body).toBe('OK: 1')
    expect((await keptOf(gateway, 'LOCKED')).punches).toHaveLength(1)
    await gateway.stop()
  })
})
