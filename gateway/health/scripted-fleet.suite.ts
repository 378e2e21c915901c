import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Store } from '../store/index.ts'
import { createScriptedFleet, minute, type ScriptedTerminal } from './testing/scripted-fleet.ts'
import { uptimeOf } from './uptime.ts'

/** A Monday morning; times of the script are minutes after it. */
const start = Date.parse('2026-03-02T06:00:00Z')
const at = (minutes: number) => start + minutes * minute
const sites = ['North', 'East', 'South', 'West', 'Lab']
const rhythms = [20_000, 30_000, 40_000]

/** Terminals at five sites; eight networks a site, firmware by number. */
const fleetOf = (length: number) =>
  Array.from({ length }, (_, index): ScriptedTerminal => {
    const site = index % sites.length
    return {
      sn: `FLEET${String(index).padStart(4, '0')}`,
      site: sites[site] ?? '',
      address: `10.${site}.${Math.floor(index / sites.length) % 8}.${(index % 250) + 1}`,
      firmware: `8.0.${index % 7}`,
      rhythm: rhythms[index % rhythms.length] ?? 30_000,
      nextPoll: start + (index % 40) * 1000,
      dead: [],
      refused: [],
    }
  })
/** What is promised of watching over many terminals; run against both databases. */
export function scriptedFleetSuite(open: () => Promise<Store>, terminals: number): void {
  const fleet = fleetOf(terminals)
  const member = (index: number) => {
    const terminal = fleet[index]
    if (!terminal) throw new Error(`no terminal ${index}`)
    return terminal
  }
  const of = (count: number, choose: (terminal: ScriptedTerminal, index: number) => boolean) =>
    fleet.filter(choose).slice(0, count)

  let run: Awaited<ReturnType<typeof createScriptedFleet>>
  beforeAll(async () => {
    run = await createScriptedFleet(open, fleet, start)
  })
  afterAll(() => run.close())

  const incidents = async () =>
    (await run.store.read.selectFrom('incident').selectAll().orderBy('id').execute()).map(row => ({
      sn: row.sn,
      kind: row.kind,
      cause: row.cause,
      devices: row.devices,
      times: row.times,
      /** Minutes after the start, to half a minute: a last poll may be a rhythm before the trouble. */
      began: Math.round((row.started_at - start) / 30_000) / 2,
      ended: row.ended_at === null ? null : Math.round((row.ended_at - start) / 30_000) / 2,
      shared: row.shared === null ? null : JSON.parse(row.shared),
    }))

  it('the incidents are those of the script, through a kill, a restart and a standstill', async () => {
    // One alone, from 5 to 15.
    member(0).dead.push([at(5), at(15)])
    // One that misses two polls: nothing.
    member(1).dead.push([at(6), at(6) + 45_000])
    // Twelve behind one switch, from 8 to 14; they come back one after the other.
    const twelve = of(12, ({ address }) => address.startsWith('10.1.3.'))
    for (const [index, { dead }] of twelve.entries()) dead.push([at(8), at(14) + index * 5000])
    // Six with one firmware at four sites, from 20 to 24.
    const six = [7, 14, 21, 28, 42, 63].map(member)
    for (const { dead } of six) dead.push([at(20), at(24)])
    // One that flaps: four absences of three minutes.
    const flapping = member(103)
    for (const minutes of [26, 31, 36, 41]) flapping.dead.push([at(minutes), at(minutes + 3)])
    // One that floods and is refused, and one with a wrong key.
    member(202).refused.push([at(10), at(16), 'Refused'])
    member(303).refused.push([at(17), at(22), 'WrongKey'])
    // Reboots we ordered: one is back after 100 s, one does not come back before 40.
    const rebooted = member(404)
    const hung = member(406)
    rebooted.dead.push([at(30), at(30) + 100_000])
    hung.dead.push([at(30), at(40)])
    // Planned work at the lab from 32 to 38: all of it is away, and one stays away until 44.
    const lab = fleet.filter(({ site, sn }) => site === 'Lab' && sn !== flapping.sn)
    for (const { dead } of lab) dead.push([at(33), at(36)])
    member(499).dead.push([at(36), at(44)])
    // Around the kill from 50 to 54: away before and after; gone just before; gone and back within.
    const before = member(600)
    const just = member(701)
    before.dead.push([at(45), at(58)])
    just.dead.push([at(50) - 30_000, at(60)])
    member(802).dead.push([at(51), at(53)])
    await run.store.write(write =>
      write
        .insertInto('maintenance')
        .values({
          name: 'New switches',
          sites: '["Lab"]',
          starts_at: at(32),
          ends_at: at(38),
          actor: null,
          created_at: start,
        })
        .execute(),
    )

    await run.runUntil(at(9))
    // A clock drifts away and is set right.
    run.measured(member(505).sn, 95_000)
    await run.runUntil(at(19))
    run.measured(member(505).sn, 400)
    await run.runUntil(at(30))
    for (const { sn } of [rebooted, hung]) await restart(sn)
    await run.runUntil(at(50))
    await run.killFor(4 * minute)
    await run.runUntil(at(64))
    await run.standStillFor(5 * minute)
    await run.runUntil(at(75))

    expect(await incidents()).toEqual([
      { ...alone(0), began: 4.5, ended: 15 },
      expect.objectContaining({ kind: 'Clock', sn: member(505).sn, began: 9, ended: 19 }),
      {
        ...alone(twelve[0]),
        sn: expect.any(String),
        cause: 'NetworkShared',
        devices: 12,
        shared: { site: 'East', prefix: '10.1.3.0/24', firmware: null },
        began: expect.closeTo(7.5, 0),
        ended: 15,
      },
      expect.objectContaining({ kind: 'Flood', sn: member(202).sn }),
      { ...alone(202), cause: 'Refused', began: 9.5, ended: 16 },
      { ...alone(303), cause: 'WrongKey', began: 16.5, ended: 22 },
      {
        ...alone(7),
        sn: expect.any(String),
        devices: 6,
        shared: { site: null, prefix: null, firmware: '8.0.0' },
        began: expect.closeTo(19.5, 0),
        ended: expect.closeTo(24.25, 0),
      },
      { ...alone(103), times: 4, began: expect.closeTo(25.75, 0), ended: expect.closeTo(44.25, 0) },
      { ...alone(406), cause: 'Restart', began: expect.closeTo(29.75, 0), ended: expect.closeTo(40.25, 0) },
      // Away with the rest of the lab from 33; an incident only because it still is when the work is over.
      { ...alone(499), began: expect.closeTo(32.75, 0), ended: expect.closeTo(44.25, 0) },
      { ...alone(600), began: expect.closeTo(44.75, 0), ended: expect.closeTo(58.25, 0) },
      { ...alone(701), began: expect.closeTo(49.25, 0), ended: expect.closeTo(60.25, 0) },
    ])
  }, 120_000)

  it('nobody is away once all are back, and no absence is open', async () => {
    const open = await run.store.read
      .selectFrom('outage')
      .select('sn')
      .where('ended_at', 'is', null)
      .execute()
    const away = await run.store.read
      .selectFrom('device_contact')
      .select('sn')
      .where('online', '=', 0)
      .execute()
    expect({ open, away }).toEqual({ open: [], away: [] })
  })

  it('what nobody watched is not known, planned work does not count, and the rest is counted to the second', async () => {
    const of = (index: number) =>
      uptimeOf(run.store.read, {
        devices: [{ sn: member(index).sn, site: member(index).site, tags: [], knownSince: start }],
        from: start,
        to: at(75),
      })
    const always = (await of(1111)).get(member(1111).sn)
    // Four minutes down and five at a standstill, each from the last look before it.
    expect((always?.unknownMs ?? 0) / minute).toBeCloseTo(9, 0)
    expect(always).toMatchObject({ awayMs: 0, upShare: 1 })
    const once = (await of(0)).get(member(0).sn)
    expect((once?.awayMs ?? 0) / minute).toBeCloseTo(10.25, 0)
    const lab = (await of(4)).get(member(4).sn)
    expect(lab).toMatchObject({ awayMs: 0, plannedMs: 6 * minute })
  })

  function alone(which: number | ScriptedTerminal | undefined) {
    const terminal = typeof which === 'number' ? member(which) : which
    return {
      sn: terminal?.sn,
      kind: 'Offline',
      cause: 'NoPoll',
      devices: 1,
      times: 1,
      shared: null,
    }
  }

  async function restart(sn: string): Promise<void> {
    await run.store.write(write =>
      write
        .insertInto('command')
        .values({
          sn,
          kind: 'device.restart',
          operation: 'RestartDevice',
          payload: '{}',
          state: 'sent',
          created_at: run.now(),
          expires_at: run.now() + 10 * minute,
          sent_at: run.now(),
          attempts: 1,
        })
        .execute(),
    )
  }
}
