import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openAppendLog } from '#platform/append-log.ts'
import { silentLogger } from '#platform/logger.ts'
import { insertDevice, newDevice } from '../store/devices.ts'
import { createStore, type Store } from '../store/index.ts'
import { createIntake, decodeIntake, encodeIntake } from './intake.ts'
import { interpretPunch } from './interpret.ts'
import type { PunchBatch, Recorded } from './record-punches.ts'

let dataDir: string
let store: Store
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-intake-'))
  store = await createStore({ file: join(dataDir, 'gateway.db'), url: undefined })
  for (const sn of ['A', 'B', 'C']) await store.write(write => insertDevice(write, device(sn)))
})
afterEach(async () => {
  await store.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const device = (sn: string) =>
  newDevice(sn, { zone: 'Asia/Kolkata', site: 'Main site', state: 'adopted', now: 0 })
const punch = (sn: string, pin: string) =>
  interpretPunch(
    {
      line: 1,
      raw: `${pin}\t2026-03-02 08:00:00`,
      pin,
      time: { local: '2026-03-02 08:00:00' },
      status: 0,
      verify: null,
      workCode: null,
      mask: null,
      temperature: 36.5,
      offsetSeconds: null,
      extra: null,
      door: null,
      event: null,
      index: null,
    },
    { sn, zone: 'Asia/Kolkata' },
    Date.parse('2026-03-02T02:30:00Z'),
    false,
  )
const batch = (sn: string, ...pins: string[]): PunchBatch => ({
  device: device(sn),
  punches: pins.map(pin => punch(sn, pin)),
})
const allNew = ({ punches }: PunchBatch): Recorded => ({ fresh: punches, events: [] })

/** An intake whose store takes what `takes` says. */
function bench(takes: (batch: PunchBatch) => boolean) {
  const filed: string[] = []
  const groups: number[] = []
  const folder = join(dataDir, 'intake')
  const intake = createIntake({
    folder,
    store,
    log: silentLogger,
    file: async batches => {
      groups.push(batches.length)
      return batches.map(each => {
        if (!takes(each)) return { status: 'rejected', reason: new Error('no room') }
        filed.push(...each.punches.map(({ employee_code }) => employee_code))
        return { status: 'fulfilled', value: allNew(each) }
      })
    },
  })
  if (intake === null) throw new Error('somebody else has the folder')
  return { intake, filed, groups, files: () => readdirSync(folder).filter(name => name.endsWith('.log')) }
}

describe('the intake', () => {
  it('keeps an upload at once, files it, and says so to who sent it', async () => {
    const { intake, filed } = bench(() => true)
    const heard: Recorded[] = []
    await intake.keep([{ batch: batch('A', '1', '2'), filed: recorded => void heard.push(recorded) }])
    expect(intake.punchesKept()).toBe(2)
    await intake.filed(10_000)
    expect(filed).toEqual(['1', '2'])
    expect(heard.map(({ fresh }) => fresh.length)).toEqual([2])
    expect(intake.punchesKept()).toBe(0)
    await intake.close()
  })

  it('files together what came close together', async () => {
    const { intake, groups, filed } = bench(() => true)
    for (const pin of ['1', '2', '3']) await intake.keep([{ batch: batch('A', pin), filed: () => {} }])
    await intake.filed(10_000)
    expect(filed).toEqual(['1', '2', '3'])
    expect(groups).toEqual([3])
    await intake.close()
  })

  it('tries again what the store refuses, and only that', async () => {
    let isWilling = false
    const refused = Promise.withResolvers<void>()
    const { intake, filed, files } = bench(({ device: { sn } }) => {
      if (sn === 'C') refused.resolve()
      return sn !== 'B' || isWilling
    })
    await intake.keep(['A', 'B', 'C'].map(sn => ({ batch: batch(sn, sn), filed: () => {} })))
    await refused.promise
    expect(filed).toEqual(['A', 'C'])
    expect(intake.punchesKept()).toBeGreaterThan(0)
    isWilling = true
    await intake.filed(10_000)
    expect(filed).toEqual(['A', 'C', 'B'])
    await intake.close()
    expect(files()).toEqual([])
  })

  it('leaves what the store refuses for the next start', async () => {
    const first = bench(({ device: { sn } }) => sn !== 'B')
    await first.intake.keep(['A', 'B', 'GONE'].map(sn => ({ batch: batch(sn, `of ${sn}`), filed: () => {} })))
    await first.intake.close()
    expect(first.files()).toHaveLength(1)

    const unwilling = bench(() => false)
    await unwilling.intake.recover()
    expect(unwilling.files()).toHaveLength(1)
    await unwilling.intake.close()

    const next = bench(() => true)
    await next.intake.recover()
    // A terminal that is not there any more took its punches with it; what was filed before is known to the store.
    expect(next.filed).toEqual(['of A', 'of B'])
    expect(next.files()).toEqual([])
    await next.intake.close()
  })

  it('files nothing of a terminal that was removed meanwhile, and keeps nothing of it', async () => {
    const { intake, filed, files } = bench(() => true)
    await intake.keep(['A', 'GONE'].map(sn => ({ batch: batch(sn, sn), filed: () => {} })))
    expect([intake.holds('A'), intake.holds('GONE'), intake.holds('B')]).toEqual([true, true, false])
    await intake.filed(10_000)
    expect(filed).toEqual(['A'])
    expect([intake.holds('A'), intake.holds('GONE'), intake.punchesKept()]).toEqual([false, false, 0])
    await intake.close()
    expect(files()).toEqual([])
  })

  it('says when there is room again, long before everything is filed', async () => {
    const { intake } = bench(({ device: { sn } }) => sn !== 'B')
    await intake.keep(['A', 'B'].map(sn => ({ batch: batch(sn, sn), filed: () => {} })))
    await intake.progress(10_000)
    expect([intake.punchesKept(), intake.holds('A'), intake.holds('B')]).toEqual([1, false, true])
    await intake.close()
  })

  it('lets nobody wait for ever for what the store refuses', async () => {
    const { intake } = bench(() => false)
    await intake.keep([{ batch: batch('A', '1'), filed: () => {} }])
    await intake.filed(50)
    expect(intake.punchesKept()).toBe(1)
    await intake.close()
  })

  it('files what an earlier process left even where a line of it cannot be read, and keeps that', async () => {
    const { log } = openAppendLog(join(dataDir, 'intake'))
    for (const line of ['{"of another":"release"}', encodeIntake([batch('A', 'readable')])])
      await log.append(line)
    await log.close()
    const { intake, filed, files } = bench(() => true)
    await intake.recover()
    expect(filed).toEqual(['readable'])
    expect(files()).toHaveLength(1)
    await intake.close()
  })

  it('leaves the folder of another one alone', async () => {
    const { intake } = bench(() => true)
    expect(() => bench(() => true)).toThrow('somebody else')
    await intake.close()
    await bench(() => true).intake.close()
  })

  it('refuses what the disk does not take, so that it can be kept elsewhere', async () => {
    const { intake } = bench(() => true)
    rmSync(join(dataDir, 'intake'), { recursive: true })
    await expect(intake.keep([{ batch: batch('A', '1'), filed: () => {} }])).rejects.toMatchObject({
      code: 'ENOENT',
    })
    expect(intake.punchesKept()).toBe(0)
    await intake.close()
  })
})

describe('a line of the intake', () => {
  it('reads back as it was written', () => {
    const batches = [batch('A', '1', '2'), batch('B\n"', 'Émile')]
    const line = encodeIntake(batches)
    expect(line).not.toContain('\n')
    expect(decodeIntake(line)).toEqual(batches.map(({ device: { sn }, punches }) => ({ sn, punches })))
  })

  it('of another release is read as far as it is one of punches: nothing acknowledged lies there for ever', () => {
    const [first] = batch('A', '1').punches
    const older = JSON.parse(encodeIntake([batch('A', '1')]))
    const mask = older.columns.indexOf('mask')
    older.columns.splice(mask, 1, 'mood')
    older.batches[0].rows[0].splice(mask, 1, 'cheerful')
    expect(decodeIntake(JSON.stringify(older))).toEqual([{ sn: 'A', punches: [{ ...first, mask: null }] }])
  })

  it('is refused where it lacks what every punch has', () => {
    const line = encodeIntake([batch('A', '1')]).replace('local_minute', 'minute')
    expect(() => decodeIntake(line)).toThrow('columns')
  })
})
