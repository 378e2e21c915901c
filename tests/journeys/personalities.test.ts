import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { flakyUntil } from '../../bin/simulator/flaky.ts'
import { chineseNames } from '../../bin/simulator/gbk.ts'
import { learnFacts } from '../../gateway/store/profiles.ts'
import { openSimulatorBench, type SwitchOn } from '../support/simulator-bench.ts'

type Bench = Awaited<ReturnType<typeof openSimulatorBench>>

const minute = 60_000
let bench: Bench
beforeAll(async () => {
  bench = await openSimulatorBench()
})
afterAll(() => bench.stop())

const people = ['1001', '00302'].map(code => ({ code, firstName: `Asha ${code}` }))

/** Switches a terminal on, and off again whatever comes of the test. */
async function withTerminal(
  serial: string,
  how: SwitchOn,
  play: (on: ReturnType<Bench['switchOn']>) => Promise<void>,
): Promise<void> {
  const on = bench.switchOn(serial, { people, ...how })
  try {
    await bench.wait('its first handshake', on.terminal.greeted)
    await play(on)
  } finally {
    await on.stop()
  }
}

const allSent = (on: ReturnType<Bench['switchOn']>) =>
  bench.wait('all punches to be acknowledged', () => on.terminal.waiting() === 0)
const codesOf = async (serial: string) =>
  (await bench.punchesOf(serial)).map(({ EmployeeCode }) => EmployeeCode).sort()
/** Lets so much time pass. */
const later = (ms: number) => {
  const end = bench.clock.now() + ms
  return bench.wait(`${ms / 1000} s to pass`, () => bench.clock.now() >= end)
}
const namesOf = async (DeviceSN: string) =>
  (await bench.client.call('users.list', { DeviceSN })).body.Users.map(({ FirstName }) => FirstName)

describe('a terminal of old firmware', () => {
  it('loses and doubles nothing, and reads every reply of ours', async () => {
    await withTerminal('OLDFW001', { personalities: ['old-firmware'] }, async on => {
      on.punch('1001')
      on.punch('00302', 1)
      await allSent(on)
      // A restart is fetched, answered and followed by a handshake: all three replies were to its taste.
      const { body: restart } = await bench.client.call('devices.restart', { DeviceSN: 'OLDFW001' })
      const restarted = () =>
        bench.client
          .call('devices.commandStatus', { CommandID: restart.CommandID })
          .then(({ body }) => body.State)
      await bench.wait('the restart to be done', async () => (await restarted()) === 'Done')
      await later(30_000)
      on.punch('1001', 1)
      await allSent(on)
      expect(await codesOf('OLDFW001')).toEqual(['00302', '1001', '1001'])
      expect((await bench.infoOf('OLDFW001')).Online).toBe(true)
    })
  })

  it('sends again what is newer than the stamp it is told, and that changes nothing', async () => {
    await withTerminal('OLDFW002', { personalities: ['old-firmware'] }, async on => {
      for (const status of [0, 1, 2]) {
        on.punch('1001', status)
        await allSent(on)
        await later(2000)
      }
      const stamps = () =>
        bench.running.store.read.selectFrom('device_stamp').selectAll().where('sn', '=', 'OLDFW002').execute()
      const before = (await stamps()).find(({ table_name }) => table_name === 'attlog')?.stamp
      await bench.running.store.write(write =>
        write
          .updateTable('device_stamp')
          .set({ stamp: String(Number(before) - 3600) })
          .where('sn', '=', 'OLDFW002')
          .where('table_name', '=', 'attlog')
          .execute(),
      )
      await bench.client.call('devices.restart', { DeviceSN: 'OLDFW002' })
      await bench.wait('the stamp to be back', async () =>
        (await stamps()).some(({ table_name, stamp }) => table_name === 'attlog' && stamp === before),
      )
      expect(await bench.punchesOf('OLDFW002')).toHaveLength(3)
    })
  })

  it('takes zone and time from the handshake', async () => {
    const wrong = { zone: 'Europe/Lisbon', aheadSeconds: 7200 }
    await withTerminal('OLDFW003', { personalities: ['old-firmware'], ...wrong }, async on => {
      on.punch('1001')
      await allSent(on)
      const [punch] = await bench.punchesOf('OLDFW003')
      expect(punch?.LogTime).toMatch(/ GMT \+0530$/)
      const local = Date.parse(`${punch?.AttendanceLog.replace(' ', 'T')}+05:30`)
      expect(Math.abs(local - Date.now())).toBeLessThan(30_000)
    })
  })
})

describe('a terminal with a taste of its own in acknowledgements', () => {
  it.each([
    { taste: 'bare-ok', style: 'count', other: 'bare' },
    { taste: 'counted-ok', style: 'bare', other: 'count' },
  ] as const)('gets $taste within three repeats, and the incident ends', async ({ taste, style, other }) => {
    const DeviceSN = `TASTE-${taste}`
    await bench.client.call('devices.adopt', { DeviceSN })
    // As learned and not as said: a person's word would not be overruled.
    const learned = { name: 'Acknowledgement', value: style, evidence: 'a test' } as const
    await bench.running.store.write(write => learnFacts(write, DeviceSN, [learned], bench.clock.now()))
    await withTerminal(DeviceSN, { personalities: [taste] }, async on => {
      on.punch('1001')
      on.punch('00302')
      await allSent(on)
      expect(await codesOf(DeviceSN)).toEqual(['00302', '1001'])
      const open = await bench.incidentsOf(DeviceSN)
      expect(open.map(({ Kind, Subject }) => `${Kind} ${Subject}`).sort()).toEqual([
        'RepeatedUpload attlog',
        'RepeatedUpload operlog',
      ])
      const { Settings } = (await bench.client.call('devices.profile', { DeviceSN })).body
      expect(Settings.find(({ Table }) => Table === 'attlog')).toMatchObject({
        Value: other,
        Source: 'Learned',
      })
      for (const status of [1, 2, 3]) {
        await later(4 * minute)
        on.punch('1001', status)
        await allSent(on)
      }
      await bench.wait('the incidents to end', async () =>
        (await bench.incidentsOf(DeviceSN)).every(({ EndedAt }) => EndedAt !== null),
      )
      expect(await bench.incidentsOf(DeviceSN)).toHaveLength(2)
      expect(await bench.punchesOf(DeviceSN)).toHaveLength(5)
    })
  })
})

describe('a terminal', () => {
  it('that writes GBK has its names read, beside those in plain letters', async () => {
    const [first = '', second = ''] = chineseNames
    const staff = [
      { code: '1', firstName: first },
      { code: '2', firstName: second },
      { code: '3', firstName: 'Rui' },
    ]
    await withTerminal('GBKNAME1', { personalities: ['gbk-names'], people: staff }, async on => {
      await bench.wait('its names', async () => (await namesOf('GBKNAME1')).length === 3)
      expect((await namesOf('GBKNAME1')).sort()).toEqual(['Rui', first, second].sort())
      on.punch('1')
      await allSent(on)
      expect((await bench.punchesOf('GBKNAME1'))[0]?.EmployeeName).toBe(first)
    })
  })

  it.each([
    { zone: 'Asia/Kathmandu', personalities: ['half-hour-zone'], offset: '+05:45' },
    { zone: 'Asia/Kolkata', personalities: [], offset: '+05:30' },
  ] as const)('in $zone means the right moment', async ({ zone, personalities, offset }) => {
    const DeviceSN = zone.replace('/', '-')
    await bench.client.call('devices.adopt', { DeviceSN, TimeZone: zone })
    await withTerminal(DeviceSN, { personalities }, async on => {
      on.punch('1001')
      const at = bench.clock.now()
      await allSent(on)
      const [punch] = await bench.punchesOf(DeviceSN)
      expect(punch?.LogTime.endsWith(`GMT ${offset.replace(':', '')}`)).toBe(true)
      expect(Date.parse(`${punch?.AttendanceLog.replace(' ', 'T')}${offset}`)).toBe(
        Math.floor(at / 1000) * 1000,
      )
      expect(punch?.Flags).toEqual([])
    })
  })

  it('whose clock is wrong is believed and said to be wrong', async () => {
    await withTerminal('DRIFTER1', { personalities: ['drifting-clock'], aheadSeconds: 95 }, async on => {
      on.punch('1001')
      await allSent(on)
      expect((await bench.punchesOf('DRIFTER1'))[0]?.ClockSkewSeconds).toBeCloseTo(95, -1)
    })
  })

  it('that sends everything again and again is believed once, and is no incident', async () => {
    await withTerminal('AGAIN001', { personalities: ['duplicate-sender'] }, async on => {
      for (let punch = 0; punch < 20; punch += 1) {
        on.punch(punch % 2 === 0 ? '1001' : '00302', punch % 6)
        await allSent(on)
        await later(minute)
      }
      await later(26 * minute)
      expect(await bench.punchesOf('AGAIN001')).toHaveLength(20)
      expect(await bench.incidentsOf('AGAIN001')).toEqual([])
    })
  })
})

describe('a terminal that sleeps', () => {
  /** Of some serial numbers the one that falls asleep first: silences come by the clock, and waiting costs time. */
  function sleepySerial(prefix: string): string {
    const now = bench.clock.now()
    const serials = Array.from({ length: 50 }, (_, number) => `${prefix}${number}`)
    for (let at = now + 30_000; ; at += 10_000) {
      const awake = serials.filter(serial => flakyUntil(serial, at - 30_000) === undefined)
      const sleepy = awake.find(serial => flakyUntil(serial, at) !== undefined)
      if (sleepy !== undefined) return sleepy
    }
  }

  /** Punches before and during a silence; answers once it is over. */
  async function sleepThrough(on: ReturnType<Bench['switchOn']>, serial: string): Promise<void> {
    const isOnline = async () => (await bench.infoOf(serial)).Online
    on.punch('1001')
    await allSent(on)
    await bench.wait('it to be away', async () => !(await isOnline()))
    for (const status of [1, 2, 3]) {
      on.punch('00302', status)
      bench.clock.advance(1000)
    }
    await bench.wait('it to be back', isOnline)
  }

  it('brings what it kept when it is back', async () => {
    const serial = sleepySerial('SLEEPER1-')
    await withTerminal(serial, { personalities: ['sleeper'] }, async on => {
      await sleepThrough(on, serial)
      await allSent(on)
      expect(await codesOf(serial)).toEqual(['00302', '00302', '00302', '1001'])
    })
  })

  it('and keeps quiet about what it kept is asked for it', async () => {
    const serial = sleepySerial('SLEEPER2-')
    await withTerminal(serial, { personalities: ['forgetful-sleeper'] }, async on => {
      await sleepThrough(on, serial)
      expect(on.terminal.waiting()).toBe(0)
      await bench.wait('the missing punches', async () => (await codesOf(serial)).length === 4)
      expect(await codesOf(serial)).toEqual(['00302', '00302', '00302', '1001'])
    })
  })

  it('and is of old firmware loses nothing either', async () => {
    const serial = sleepySerial('SLEEPER3-')
    await withTerminal(serial, { personalities: ['sleeper', 'old-firmware', 'bare-ok'] }, async on => {
      await sleepThrough(on, serial)
      await allSent(on)
      expect(await bench.punchesOf(serial)).toHaveLength(4)
    })
  })
})
