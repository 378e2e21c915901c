import { randomFor } from './random.ts'
import type { SimulatedPerson, SimulatedPlace } from './site.ts'

/** Whether this person comes in on this date: weekends, holidays, leave, sickness, days at home. */
export function isWorking(
  site: SimulatedPlace,
  person: SimulatedPerson,
  date: string,
  seed: number,
): boolean {
  const day = dayNumber(date)
  const weekday = (day + 3) % 7
  const closed = site.holidays.includes(date.slice(5))
  if (person.department === 'Security') {
    // A gate is never left alone: four days on, two off, holidays or not.
    const rest = randomFor(seed, 'rest', person.code).between(0, 5)
    return (day + rest) % 6 < 4 && !isAway(person, day, seed)
  }
  if (closed) return false
  if (weekday === 6) return false
  if (weekday === 5 && !worksSaturday(person, day, seed)) return false
  if (person.shift === 'office' && worksAtHome(person, day, weekday, seed)) return false
  return !isAway(person, day, seed)
}

/** Days since 1970-01-01, which was a Thursday; hence the 3 wherever a week begins on Monday. */
export function dayNumber(date: string): number {
  return Math.floor(Date.parse(`${date}T00:00:00Z`) / 86_400_000)
}

function worksSaturday(person: SimulatedPerson, day: number, seed: number): boolean {
  if (person.shift === 'office') return randomFor(seed, 'saturday', person.code, day).chance(0.03)
  if (person.shift === 'day') return randomFor(seed, 'saturday', person.code, day).chance(0.12)
  // Production works every other Saturday, half of it at a time.
  const half = randomFor(seed, 'half', person.code).between(0, 1)
  return (Math.floor((day + 3) / 7) + half) % 2 === 0
}

function worksAtHome(person: SimulatedPerson, day: number, weekday: number, seed: number): boolean {
  const usual = randomFor(seed, 'home', person.code).between(0, 4)
  return weekday === usual || randomFor(seed, 'home', person.code, day).chance(weekday === 4 ? 0.22 : 0.08)
}

function isAway(person: SimulatedPerson, day: number, seed: number): boolean {
  const week = Math.floor((day + 3) / 7)
  if (randomFor(seed, 'leave', person.code, week).chance(0.045)) return true
  // Sickness lasts one to four days, so each day has to look back for its beginning.
  for (let back = 0; back < 4; back += 1) {
    const random = randomFor(seed, 'sick', person.code, day - back)
    if (random.chance(0.01) && random.between(1, 4) > back) return true
  }
  return false
}
