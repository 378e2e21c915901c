import { describe, expect, it } from 'vitest'
import { planDay, wallClock } from './day-plan.ts'
import { type SimulatedPerson, type SimulatedPlace, simulatedSite } from './site.ts'

const seed = 7
const { sites, people } = simulatedSite()

function placeOf(person: SimulatedPerson): SimulatedPlace {
  const site = sites.find(({ name }) => name === person.site)
  if (!site) throw new Error(`no site for ${person.code}`)
  return site
}

/** Four weeks from a Monday without holidays at either site. */
const dates = Array.from({ length: 28 }, (_, day) =>
  new Date(Date.UTC(2026, 8, 7 + day)).toISOString().slice(0, 10),
)

const days = people.flatMap(person =>
  dates.map(date => ({ person, date, punches: planDay(placeOf(person), person, date, seed) })),
)
const worked = days.filter(({ punches }) => punches.length > 0)

describe('the site', () => {
  it('has twelve terminals in two zones and 220 people with codes of their own', () => {
    const terminals = sites.flatMap(site => site.terminals)
    expect(terminals).toHaveLength(12)
    expect(new Set(terminals.map(({ serial }) => serial)).size).toBe(12)
    expect(terminals.every(({ serial }) => /^[A-Za-z0-9_-]{1,64}$/.test(serial))).toBe(true)
    expect(terminals.filter(({ hasDoor }) => hasDoor)).toHaveLength(6)
    expect(terminals.filter(({ doors }) => doors === 4).map(({ label }) => label)).toEqual([
      'Warehouse doors',
    ])
    expect(new Set(terminals.flatMap(({ personalities }) => personalities)).size).toBe(7)
    expect(people).toHaveLength(220)
    expect(new Set(people.map(({ code }) => code)).size).toBe(220)
    expect(new Set(people.map(({ card }) => card)).size).toBe(220)
    expect(
      new Set(people.map(({ firstName, lastName, site }) => `${firstName} ${lastName} ${site}`)).size,
    ).toBe(220)
    expect(people.some(({ code }) => code.startsWith('0'))).toBe(true)
  })

  it('is the same on every call', () => {
    expect(simulatedSite()).toEqual(simulatedSite())
  })
})

describe('a planned day', () => {
  it('is told the same way every time', () => {
    for (const { person, date, punches } of days.slice(0, 500)) {
      expect(planDay(placeOf(person), person, date, seed)).toEqual(punches)
    }
  })

  it('differs with the seed', () => {
    const other = worked.filter(
      ({ person, date, punches }) =>
        JSON.stringify(planDay(placeOf(person), person, date, seed + 1)) !== JSON.stringify(punches),
    )
    expect(other.length).toBeGreaterThan(worked.length * 0.9)
  })

  it('is in order, at terminals of the site, with known keys and verify codes', () => {
    for (const { person, punches } of worked) {
      const terminals = new Map(placeOf(person).terminals.map(terminal => [terminal.serial, terminal]))
      const times = punches.map(({ local }) => local)
      expect(times).toEqual([...times].sort())
      expect(new Set(times).size).toBe(times.length)
      for (const { terminal, status, verify, local } of punches) {
        expect(local).toMatch(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/)
        expect(terminals.get(terminal)?.verify).toContain(verify)
        if (terminals.get(terminal)?.keys) expect([0, 1, 2, 3, 4, 5]).toContain(status)
        else expect(status).toBe(255)
      }
    }
  })

  it('of a night shift begins in the evening of its date and ends in the next morning', () => {
    const nights = worked.filter(({ person }) => person.shift === 'night')
    expect(nights.length).toBeGreaterThan(300)
    for (const { date, punches } of nights) {
      expect(punches[0]?.local.startsWith(date)).toBe(true)
      expect(Number(punches[0]?.local.slice(11, 13))).toBeGreaterThanOrEqual(21)
    }
    const crossing = nights.filter(({ date, punches }) =>
      punches.at(-1)?.local.startsWith(wallClock(date, 86_400).slice(0, 10)),
    )
    expect(crossing.length).toBeGreaterThan(nights.length * 0.9)
  })

  it('of a day shift peaks shortly before nine', () => {
    const arrivals = worked
      .filter(({ person }) => person.shift === 'day')
      .map(({ punches }) => punches[0]?.local.slice(11, 15) ?? '')
    const perTenMinutes = new Map<string, number>()
    for (const slice of arrivals) perTenMinutes.set(slice, (perTenMinutes.get(slice) ?? 0) + 1)
    const [peak] = [...perTenMinutes].sort((one, other) => other[1] - one[1])
    expect(['08:4', '08:5']).toContain(peak?.[0])
    const late = arrivals.filter(slice => slice >= '09:1').length / arrivals.length
    expect(late).toBeGreaterThan(0.01)
    expect(late).toBeLessThan(0.12)
  })

  it('leaves most people at home at weekends, some away, and nobody forgotten', () => {
    const of = (wanted: (weekday: number) => boolean) => {
      const some = days.filter(({ date }) => wanted(new Date(`${date}T00:00:00Z`).getUTCDay()))
      return some.filter(({ punches }) => punches.length > 0).length / some.length
    }
    expect(of(weekday => weekday === 0)).toBeLessThan(0.05)
    expect(of(weekday => weekday === 6)).toBeLessThan(0.35)
    const midweek = of(weekday => weekday > 0 && weekday < 6)
    expect(midweek).toBeGreaterThan(0.75)
    expect(midweek).toBeLessThan(0.97)
    expect(new Set(worked.map(({ person }) => person.code)).size).toBe(220)
  })

  it('now and then lacks its check-out, repeats a punch, or has the wrong key', () => {
    const keyed = worked.map(({ punches }) => punches.filter(({ status }) => status !== 255))
    const share = (odd: (punches: (typeof keyed)[number]) => boolean) =>
      keyed.filter(odd).length / keyed.length
    const noOut = share(punches => !punches.some(({ status }) => status === 1))
    expect(noOut).toBeGreaterThan(0.01)
    expect(noOut).toBeLessThan(0.06)
    const startsWithOut = share(([first]) => first?.status === 1)
    expect(startsWithOut).toBeGreaterThan(0.01)
    expect(startsWithOut).toBeLessThan(0.035)
  })

  it('is empty on a holiday, but the gate is watched', () => {
    const onHoliday = people.filter(person => planDay(placeOf(person), person, '2026-10-02', seed).length > 0)
    const pune = onHoliday.filter(({ site }) => site === 'Pune plant')
    expect(pune.length).toBeGreaterThan(0)
    expect(new Set(pune.map(({ department }) => department))).toEqual(new Set(['Security']))
    expect(onHoliday.length).toBeGreaterThan(pune.length)
  })
})
