import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFakeDevice } from '../support/fake-device.ts'
import { keptOf, type Quarantined } from '../support/kept.ts'
import { exchange, openRaw, writeAlone } from '../support/raw-wire.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { until } from '../support/until.ts'

let running: TestGateway
beforeAll(async () => {
  running = await startGateway({ timeZone: 'Asia/Kolkata' })
})
afterAll(() => running.stop())

type Punch = readonly [pin: string, local: string, status: number | null]

interface Malformed {
  /** Of the request target, behind the path; `@` stands for the serial number of the case. */
  readonly query?: string
  /** One character per byte. */
  readonly body: string
  readonly reply: readonly [status: number, body: string]
  readonly punches?: readonly Punch[]
  readonly quarantined?: readonly Quarantined[]
}

const at = (minute: number) => `2026-03-02 08:${String(minute).padStart(2, '0')}:00`
const good = (pin: string, minute = 0) => `${pin}\t${at(minute)}\t0\t1\t0\t0\n`
const noise = randomBytes(1024)
const injection = `1');DROP TABLE punch;--<img src=x onerror=alert(1)>`

/** What servers of this protocol were fed side by side; the numbers are those of that list. */
const inputs: Readonly<Record<string, Malformed>> = {
  '1 an empty body': { body: '', reply: [200, 'OK: 0'] },
  '2 no serial number': { query: '?table=ATTLOG&Stamp=9999', body: good('1'), reply: [400, 'SN MISSING'] },
  '2 an empty serial number': { query: '?SN=&table=ATTLOG', body: good('1'), reply: [400, 'SN MISSING'] },
  '4 nothing but a PIN': {
    body: '1234\n',
    reply: [200, 'OK: 1'],
    quarantined: [[1, 'too-few-fields', '1234']],
  },
  '5 a date that is none': {
    body: '5\t2026-13-45 99:99:99\t0\t1\t0\t0\n',
    reply: [200, 'OK: 1'],
    quarantined: [[1, 'bad-time', '5\t2026-13-45 99:99:99\t0\t1\t0\t0']],
  },
  '6 spaces instead of tabs': {
    body: `6 ${at(0)} 1 15 0 0\n`,
    reply: [200, 'OK: 1'],
    punches: [['6', at(0), 1]],
  },
  '7 CRLF': {
    body: `7\t${at(0)}\t0\t1\t0\t0\r\n7\t${at(1)}\t1\t1\t0\t0\r\n`,
    reply: [200, 'OK: 2'],
    punches: [
      ['7', at(0), 0],
      ['7', at(1), 1],
    ],
  },
  '8 a kilobyte of noise': {
    body: noise,
    reply: [200, `OK: ${linesOf(noise).length}`],
    quarantined: linesOf(noise).map(([line, raw]) => [
      line,
      expect.stringMatching(/^(too-few-fields|bad-pin)$/),
      raw,
    ]),
  },
  '9 a PIN that is no UTF-8': {
    body: `\xff\xfe9\t${at(0)}\t0\t1\t0\t0\n${good('9', 1)}`,
    reply: [200, 'OK: 2'],
    punches: [['9', at(1), 0]],
    quarantined: [[1, 'bad-pin', `\xff\xfe9\t${at(0)}\t0\t1\t0\t0`]],
  },
  '10 good, bad, good': {
    body: `${good('10', 0)}this is no punch\n${good('10', 1)}`,
    reply: [200, 'OK: 3'],
    punches: [
      ['10', at(0), 0],
      ['10', at(1), 0],
    ],
    quarantined: [[2, 'bad-time', 'this is no punch']],
  },
  '11 a status in letters': {
    body: `11\t${at(0)}\tabc\t1\t0\t0\n`,
    reply: [200, 'OK: 1'],
    punches: [['11', at(0), null]],
  },
  '12 one line of 20 MB': { body: '1'.repeat(20_000_000), reply: [413, 'ERROR'] },
  '12 one line as long as an upload may be': {
    body: '1'.repeat(16 * 1024 * 1024),
    reply: [200, 'OK: 1'],
    quarantined: [[1, 'line-too-long', '1'.repeat(16 * 1024 * 1024)]],
  },
  '13 no table': { query: '?SN=@', body: good('13'), reply: [200, 'OK: 1'], punches: [['13', at(0), 0]] },
  '13 no table, but a stamp': {
    query: '?SN=@&Stamp=9999',
    body: good('13'),
    reply: [200, 'OK: 1'],
    punches: [['13', at(0), 0]],
  },
  '14 two serial numbers': {
    query: '?SN=@&table=ATTLOG&sn=SOMEBODYELSE&SN=ANOTHER',
    body: good('14'),
    reply: [200, 'OK: 1'],
    punches: [['14', at(0), 0]],
  },
  '15 SQL and HTML in a PIN': {
    body: good(injection),
    reply: [200, 'OK: 1'],
    punches: [[injection, at(0), 0]],
  },
}

describe('malformed input', () => {
  it.each(Object.entries(inputs))('%s: answered, and nothing acknowledged is lost', async (name, input) => {
    const sn = `BAD${Object.keys(inputs).indexOf(name)}`
    const { query = '?SN=@&table=ATTLOG&Stamp=9999', body, reply } = input
    const before = await everything()
    const head = `POST /iclock/cdata${query.replaceAll('@', sn)} HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n`
    const { replies, rest } = await exchange(running.devicesUrl, head, body)
    expect([replies.map(answer => [answer.status, answer.body]), rest]).toEqual([[reply], ''])
    expect(replies[0]?.header('Content-Type')).toBe('text/plain')
    const { punches = [], quarantined = [] } = input
    expect(await keptOf(running, sn)).toEqual({ punches, quarantined, held: [] })
    // Nor under any other serial number.
    expect((await everything()) - before).toBe(punches.length + quarantined.length)
    await expectAlive()
  })

  it('3 an unknown serial number: kept sealed and unread, and a punch once somebody adopts it', async () => {
    const asking = await startGateway({ adopt: 'ask' })
    const device = createFakeDevice(asking.devicesUrl, 'STRANGER')
    expect(await device.upload('ATTLOG', good('3'))).toMatchObject({ status: 200, body: 'OK: 1' })
    expect(await keptOf(asking, 'STRANGER')).toEqual({ punches: [], quarantined: [], held: [good('3')] })
    await asking.client().call('devices.adopt', { DeviceSN: 'STRANGER' })
    await until('it is taken in', async () => (await keptOf(asking, 'STRANGER')).held.length === 0)
    expect(await keptOf(asking, 'STRANGER')).toMatchObject({ punches: [['3', at(0), 0]], quarantined: [] })
    await asking.stop()
  })

  it('12 an upload nobody takes is told where an operator looks', async () => {
    const device = createFakeDevice(running.devicesUrl, 'TOOLARGE')
    await device.handshake()
    expect((await device.upload('ATTLOG', '1'.repeat(17_000_000))).status).toBe(413)
    const { Incidents } = (await running.client().call('devices.incidents', { DeviceSN: 'TOOLARGE' })).body
    expect(Incidents).toMatchObject([{ Kind: 'TooLarge' }])
    expect((await device.upload('ATTLOG', good('12'))).body).toBe('OK: 1')
  })

  it('14 of two serial numbers only the first has ever called', async () => {
    const { Devices } = (await running.client().call('devices.list', { Limit: 1000 })).body
    expect(Devices.map(({ DeviceSN }) => DeviceSN)).not.toContain('SOMEBODYELSE')
    expect(Devices.map(({ DeviceSN }) => DeviceSN)).not.toContain('ANOTHER')
  })

  it.each(['half of a line', 'all but its last byte'])(
    '16 an upload cut off after %s: nothing kept, taken whole the next time',
    async what => {
      const sn = what === 'half of a line' ? 'CUT1' : 'CUT2'
      const body = good('16', 0) + good('16', 1)
      const cut = what === 'half of a line' ? body.indexOf('\t08') + good('16').length + 8 : body.length - 1
      const head = `POST /iclock/cdata?SN=${sn}&table=ATTLOG&Stamp=9999 HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n`
      // Once with the sender gone for good, once with one that still listens.
      const socket = await openRaw(running.devicesUrl)
      await writeAlone(socket, head + body.slice(0, cut))
      socket.resetAndDestroy()
      const { replies } = await exchange(running.devicesUrl, head, body.slice(0, cut))
      expect(replies).toMatchObject([{ status: 400, body: 'ERROR' }])
      expect(await keptOf(running, sn)).toEqual({ punches: [], quarantined: [], held: [] })
      expect((await createFakeDevice(running.devicesUrl, sn).upload('ATTLOG', body)).body).toBe('OK: 2')
      expect((await keptOf(running, sn)).punches).toHaveLength(2)
    },
  )
})

/** Rows that uploads have become so far, of whatever terminal. */
async function everything(): Promise<number> {
  const count = async (table: 'punch' | 'quarantine' | 'held_upload') =>
    (await running.store.read.selectFrom(table).select('sn').execute()).length
  return (await count('punch')) + (await count('quarantine')) + (await count('held_upload'))
}

async function expectAlive(): Promise<void> {
  const ping = await createFakeDevice(running.devicesUrl, 'ALIVE').request('GET', '/iclock/ping?SN=ALIVE')
  expect([ping.status, ping.body]).toEqual([200, 'OK'])
}

/** The same noise every time, one character per byte. */
function randomBytes(length: number): string {
  let state = 42
  return Array.from({ length }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return String.fromCharCode((state >> 16) & 0xff)
  }).join('')
}

/** Number and bytes of every line that is not empty. */
function linesOf(body: string): [number, string][] {
  return body
    .split('\n')
    .map((raw, index): [number, string] => [index + 1, raw])
    .filter(([, raw]) => /[^\0\t\r ]/.test(raw))
}
