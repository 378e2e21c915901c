import { createHash } from 'node:crypto'
import type { Agent } from 'undici'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { encodeTime } from '../encoded-time.ts'
import { simulatedTime } from '../simulated-time.ts'
import { type DevicePort, openDevicePort, until } from '../test-device-port.ts'
import { connectionsTo, wireOf } from '../wire.ts'
import { createAgenda } from './agenda.ts'
import { readControlOrder } from './control-order.ts'
import { type Controller, type ControllerDeps, createController } from './controller.ts'
import { createDoorBank } from './door-bank.ts'

const serial = 'SIM-TEST-04'
const identity = {
  serial,
  model: 'C3-400',
  firmware: 'AC Ver 5.7.8.3033',
  zone: 'Asia/Kolkata',
  clockOffsetSeconds: 0,
  mac: '00:00:5E:00:53:04',
  address: '192.0.2.4',
  doors: 4,
}
const people = ['1001', '00302'].map(code => ({
  code,
  firstName: 'Inês',
  lastName: `Of ${code}`,
  card: `9${code}`,
  doors: [1, 3],
}))

let port: DevicePort
let agent: Agent
let stop: AbortController
let running: Promise<void>

beforeEach(async () => {
  port = await openDevicePort()
  agent = connectionsTo(2)
  stop = new AbortController()
  running = Promise.resolve()
})

afterEach(async () => {
  stop.abort()
  await running
  await agent.destroy()
  await port.close()
})

/** Switches a controller on; its seconds pass in a millisecond. */
function switchOn(more: Partial<ControllerDeps> = {}): Controller {
  const controller = createController({
    identity,
    people,
    wire: cookie => wireOf({ devicesUrl: port.url, agent, serial, signal: stop.signal, cookie }),
    time: simulatedTime({ speed: 1000 }),
    log: () => {},
    ...more,
  })
  running = controller.run(stop.signal)
  return controller
}

/** Gives orders, waits for the last result and answers what each returned. */
async function returns(...texts: string[]): Promise<(string | undefined)[]> {
  const ids = texts.map(text => port.command(serial, text))
  await until(() => ids.every(id => port.result(id) !== undefined))
  return ids.map(id => /Return=(-?\d+)/.exec(port.result(id) ?? '')?.[1])
}

const answers = () => port.seen.filter(({ path }) => path.endsWith('querydata'))

describe('a controller', () => {
  it('registers where nobody knows it, then says who it is and what its doors do', async () => {
    switchOn({ sendUsers: true })
    await until(() => port.lines('rtstate').length === 1)
    const paths = port.seen.map(({ path, query }) => `${path.slice(8)} ${query.get('table') ?? ''}`.trim())
    expect(paths.slice(0, 5)).toEqual(['cdata', 'registry', 'push', 'cdata options', 'cdata tabledata'])
    expect(port.seen[1]?.body).toContain('LockCount=4,')
    expect(port.lines('tabledata')[1]).toMatch(
      /^user uid=2\tcardno=900302\tpin=00302\t.*\tname=Inês Of 00302\t/,
    )
    expect(port.lines('rtstate')[0]).toMatch(/\tsensor=55\trelay=00\talarm=0{16}$/)
    const token = createHash('md5').update(`c0de${serial}5e55`).digest('hex')
    expect(port.seen.at(-1)?.cookie).toBe(`token=${token}`)
  })

  it('needs no more than the handshake where it is known, and registers anew where it was forgotten', async () => {
    const known = { status: 200, body: 'registry=ok\nRegistryCode=c0de\nRequestDelay=2\nSessionID=5e55\n' }
    let isForgotten = false
    port.answer(({ query, path }) => {
      if (query.get('options') === 'all' && !isForgotten) return known
      if (!isForgotten && path.endsWith('getrequest')) {
        isForgotten = true
        return { status: 200, body: 'UNKNOWN DEVICE' }
      }
      return undefined
    })
    switchOn()
    await until(() => isForgotten)
    expect(port.seen.some(({ path }) => path.endsWith('registry'))).toBe(false)
    await until(() => port.seen.some(({ path }) => path.endsWith('push')))
  })

  it('sends rows again until they are acknowledged by their number', async () => {
    let times = 0
    port.answer(({ query }) => {
      if (query.get('tablename') !== 'user') return undefined
      times += 1
      return times < 3 ? { status: 200, body: 'OK' } : undefined
    })
    switchOn({ sendUsers: true })
    await until(() => port.lines('rtstate').length > 0)
    expect(times).toBe(3)
  })

  it('keeps people and rights it is told about, and says what it has in packets', async () => {
    switchOn({ packetRows: 2 })
    const rest = 'Password=\tGroup=0\tStartTime=0\tEndTime=0\tName=Rui\tPrivilege=0'
    expect(
      await returns(
        `DATA UPDATE user CardNo=5\tPin=0077\t${rest}`,
        'DATA UPDATE userauthorize Pin=0077\tAuthorizeTimezoneId=1\tAuthorizeDoorId=8',
        'DATA UPDATE timezone TimezoneId=2\tSunTime1=2359',
        'DATA DELETE user Pin=1001',
        'DATA COUNT user',
        'DATA COUNT timezone',
        'DATA QUERY tablename=user,fielddesc=*,filter=Pin=0077',
        'DATA QUERY tablename=user,fielddesc=*,filter=Pin=1001',
        'DATA QUERY tablename=userauthorize,fielddesc=*,filter=*',
        'DATA UPDATE USERINFO PIN=1',
        'DATA DELETE user',
      ),
    ).toEqual(['0', '0', '0', '0', '2', '2', '1', '0', '3', '-100', '-11'])
    const about = answers().map(({ query, body }) => [
      query.get('type'),
      `${query.get('packidx')}/${query.get('packcnt')} of ${query.get('count')}`,
      body.split('\n').filter(Boolean).length,
    ])
    expect(about).toEqual([
      ['count', '1/1 of 1', 1],
      ['count', '1/1 of 1', 1],
      ['tabledata', '1/1 of 1', 1],
      ['tabledata', '1/2 of 3', 2],
      ['tabledata', '2/2 of 3', 1],
    ])
    expect(answers()[2]?.body).toMatch(/^user uid=\d+\tcardno=5\tpin=0077\t.*\tname=Rui\tprivilege=0\n$/)
    expect(answers()[4]?.body).toContain('authorizedoorid=8')
    expect(await returns('DATA DELETE user *', 'DATA COUNT user')).toEqual(['0', '0'])
  })

  it('reads and sets options, its clock among them', async () => {
    const controller = switchOn()
    expect(
      await returns(
        'GET OPTIONS ~SerialNumber,LockCount,Nothing',
        'SET OPTIONS Door1Drivertime=5,Door1SensorType=1',
        'GET OPTIONS Door1Drivertime',
        `SET OPTIONS DateTime=${encodeTime('2031-02-03 04:05:06')}`,
        'SET OPTIONS nonsense',
      ),
    ).toEqual(['2', '0', '1', '0', '-11'])
    expect(answers().map(({ body }) => body)).toEqual([
      `~SerialNumber=${serial},LockCount=4`,
      'Door1Drivertime=5',
    ])
    await until(() => controller.localAt(Date.now()).startsWith('2031-02-03'))
  })

  it('does not know every command, and says so in its own numbers', async () => {
    switchOn()
    const given = await returns(
      'SELF DESTRUCT',
      'UPGRADE checksum=1,url=x,size=1',
      'CONTROL DEVICE 0B010000',
      'CONTROL DEVICE 01050105',
      'CONTROL DEVICE what',
      'ENROLL_BIO type=9\tno=0\tpin=5\tcardno=\tretry=3\toverwrite=1',
      'ENROLL_BIO type=9\tno=0\tpin=1001\tcardno=\tretry=3\toverwrite=1',
    )
    expect(given).toEqual(['-13', '-708', '-708', '-11', '-11', '-27', '0'])
  })

  it('holds doors open, locks them down, and gives way again', async () => {
    const controller = switchOn()
    const last = () => port.lines('rtstate').at(-1) ?? ''
    expect(await returns('CONTROL DEVICE 010201FF')).toEqual(['0'])
    await until(() => last().includes('relay=02'))
    expect(await returns('CONTROL DEVICE 01020100', 'CONTROL DEVICE 06000100')).toEqual(['0', '0'])
    await until(() => last().includes('relay=00'))
    expect(await returns('CONTROL DEVICE 01010105')).toEqual(['-12'])
    controller.pass({ pin: '1001', door: 1, direction: 0, verify: 4, heldMs: 3000 })
    expect(await returns('CONTROL DEVICE 06010000', 'CONTROL DEVICE 0101010507')).toEqual(['0', '0'])
    await until(() => port.lines('rtlog').some(line => line.includes('\tevent=201\t')))
    const events = port
      .lines('rtlog')
      .map(line => /eventaddr=(\d)\tevent=(\d+)/.exec(line)?.slice(1).join(' '))
    expect(events).toEqual([
      '2 205',
      '2 9',
      '1 233',
      '2 233',
      '3 233',
      '4 233',
      '1 63',
      '1 234',
      '1 8',
      '1 200',
      '1 201',
    ])
    const numbers = port.lines('rtlog').map(line => Number(/index=(\d+)/.exec(line)?.[1]))
    expect(numbers).toEqual(numbers.map((_, at) => at + 1))
  })

  it('keeps events through a broken line, and hands out what it never got rid of', async () => {
    let isDown = true
    port.answer(({ query }) =>
      isDown && query.get('table') === 'rtlog' ? { status: 503, body: 'ERROR' } : undefined,
    )
    const controller = switchOn()
    controller.pass({ pin: '1001', door: 1, direction: 0, verify: 4, heldMs: 3000 })
    await until(() => port.seen.some(({ query }) => query.get('table') === 'rtlog'))
    expect(await returns('DATA QUERY tablename=transaction,fielddesc=*,filter=NewRecord')).not.toEqual(['0'])
    expect(answers()[0]?.body).toMatch(
      /^transaction cardno=91001\tpin=1001\tverified=4\tdoorid=1\teventtype=0\t/,
    )
    isDown = false
    await until(() => controller.waiting() === 0)
    expect(port.lines('rtlog')[0]).toContain('\tpin=1001\tcardno=91001\teventaddr=1\tevent=0\t')
  })
})

describe('doors', () => {
  it('stay open as long as the last one through holds them, and have their bits in order', () => {
    const agenda = createAgenda()
    const seen: string[] = []
    const bank = createDoorBank({
      doors: 6,
      agenda,
      onEvent: (event, door, atMs) => seen.push(`${atMs} door ${door}: ${event}`),
      onChange: () => {},
    })
    bank.walk(6, 0, 3000)
    agenda.run(2000)
    bank.walk(6, 2000, 3000)
    bank.energise(5, 4000, 2000)
    expect(bank.stateAt(2000)).toEqual({ sensor: '5509', relay: '10', alarm: '0000000000000000' })
    bank.force(2, 2500, 20_000)
    agenda.run(60_000)
    expect(seen).toEqual([
      '0 door 6: 200',
      '2500 door 2: 102',
      '5000 door 6: 201',
      '17500 door 2: 28',
      '22500 door 2: 201',
    ])
    expect(bank.stateAt(60_000)).toEqual({ sensor: '5505', relay: '00', alarm: '0001000000000000' })
  })

  it('are named by an order one by one or all at once', () => {
    expect(readControlOrder('01030105', 4)).toEqual({ kind: 'open', doors: [3], forMs: 5000 })
    expect(readControlOrder('010001FF', 2)).toEqual({ kind: 'hold', doors: [1, 2] })
    expect(readControlOrder('01020205', 4)).toEqual({ kind: 'output', output: 2, isOn: true })
    expect(readControlOrder('04000000', 1)).toEqual({ kind: 'schedule-off', doors: [1] })
    expect(readControlOrder('01030105', 2)).toBe(-11)
  })
})
