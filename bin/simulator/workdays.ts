import { randomFor } from './random.ts'
import type { SimulatedPerson, SimulatedPlace } from './site.ts'

/** Why somebody does not come in on a date. */
export type Away = 'rest' | 'closed' | 'weekend' | 'home' | 'vacation' | 'sick'

/** Whether this person comes in on this date: weekends, holidays, leave, sickness, days at home. */
export function isWorking(
  site: SimulatedPlace,
  person: SimulatedPerson,
  date: string,
  seed: number,
): boolean {
  return awayFor(site, person, date, seed) === null
}

/** What keeps this person away on this date, or null where nothing does. */
export function awayFor(
  site: SimulatedPlace,
  person: SimulatedPerson,
  date: string,
  seed: number,
): Away | null {
  const day = dayNumber(date)
  const weekday = (day + 3) % 7
  if (person.department === 'Security') {
    // A gate is never left alone: four days on, two off, holidays or not.
    return (day + securityRest(person, seed)) % 6 < 4 ? illOrOnLeave(person, day, seed) : 'rest'
  }
  if (site.holidays.includes(date.slice(5))) return 'closed'
  if (weekday === 6) return 'weekend'
  if (weekday === 5 && !worksSaturday(person, day, seed)) return 'weekend'
  if (person.shift === 'office' && worksAtHome(person, day, weekday, seed)) return 'home'
  return illOrOnLeave(person, day, seed)
}

/** Days by which somebody of security is ahead in the cycle of four on, two off. */
export function securityRest(person: SimulatedPerson, seed: number): number {
  return randomFor(seed, 'rest', person.code).between(0, 5)
}

/** Which half of production works on the Saturdays of even weeks. */
export function productionHalf(person: SimulatedPerson, seed: number): number {
  return randomFor(seed, 'half', person.code).between(0, 1)
}

/** Day of the week on which somebody of an office usually stays at home, 0 Monday. */
export function homeWeekday(person: SimulatedPerson, seed: number): number {
  return randomFor(seed, 'home', person.code).between(0, 4)
}

/** Days since 1970-01-01, which was a Thursday; hence the 3 wherever a week begins on Monday. */
export function dayNumber(date: string): number {
  return Math.floor(Date.parse(`${date}T00:00:00Z`) / 86_400_000)
}

function worksSaturday(person: SimulatedPerson, day: number, seed: number): boolean {
  if (person.shift === 'office') return randomFor(seed, 'saturday', person.code, day).chance(0.03)
  if (person.shift === 'day') return randomFor(seed, 'saturday', person.code, day).chance(0.12)
  // Production works every other Saturday, half of it at a time.
  return (Math.floor((day + 3) / 7) + productionHalf(person, seed)) % 2 === 0
}

function worksAtHome(person: SimulatedPerson, day: number, weekday: number, seed: number): boolean {
  const usual = homeWeekday(person, seed)
  return weekday === usual || randomFor(seed, 'home', person.code, day).chance(weekday === 4 ? 0.22 : 0.08)
}

function illOrOnLeave(person: SimulatedPerson, day: number, seed: number): 'vacation' | 'sick' | null {
  const week = Math.floor((day + 3) / 7)
  if (randomFor(seed, 'leave', person.code, week).chance(0.045)) return 'vacation'
  // Sickness lasts one to four days, so each day has to look back for its beginning.
  for (let back = 0; back < 4; back += 1) {
    const random = randomFor(seed, 'sick', person.code, day - back)
    if (random.chance(0.01) && random.between(1, 4) > back) return 'sick'
  }
  return null
}
