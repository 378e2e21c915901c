import { type Random, randomFor } from './random.ts'
import type { Shift, SimulatedPerson, SimulatedPlace, SimulatedTerminal } from './site.ts'
import { isWorking } from './workdays.ts'

export type PlannedPunch = {
  code: string
  /** Serial of the terminal. */
  terminal: string
  /** True wall clock of the site, `YYYY-MM-DD HH:MM:SS`; the terminal's own clock may be off. */
  local: string
  /** Key pressed (iclock-push 11.1); 255 is none. */
  status: number
  verify: number
}

/** A press not yet bound to a calendar: seconds since midnight of the planned date, which may pass 24 h. */
type Press = { second: number; terminal: SimulatedTerminal; status: number }

type Habit = {
  entrance: SimulatedTerminal
  secondEntrance: SimulatedTerminal
  verify: number
  /** Usual minutes before (negative) or after the start of the shift. */
  arriveMinutes: number
  stayMinutes: number
  late: number
  lunchOut: number
}

const minute = 60
const hour = 60 * minute
const shiftStart: Record<Shift, number> = { day: 9, early: 6, late: 14, night: 22, office: 9 }
const shiftLength: Record<Shift, number> = { day: 9, early: 8, late: 8, night: 8, office: 8.75 }

/**
 * What one person punches on one working date. Depends on its arguments only, so history, live running and every
 * restart tell the same day. A night shift belongs to the date of its evening.
 */
export function planDay(
  site: SimulatedPlace,
  person: SimulatedPerson,
  date: string,
  seed: number,
): PlannedPunch[] {
  if (!isWorking(site, person, date, seed)) return []
  const random = randomFor(seed, person.code, date)
  const habit = habitOf(site, person, seed)
  const start = shiftStart[person.shift] * hour + habit.arriveMinutes * minute
  const arrival = start + arrivalDelay(random, person, habit)
  const due = shiftStart[person.shift] * hour + shiftLength[person.shift] * hour
  // In the office the day has a length, on shift it has an end: late arrival does not move the bell.
  const leave =
    person.shift === 'office'
      ? arrival + (shiftLength.office * hour + random.normal(habit.stayMinutes, 18) * minute)
      : due + Math.abs(random.normal(3, 5)) * minute + habit.stayMinutes * minute

  const presses = [
    ...clockPresses(random, habit, person, arrival, leave),
    ...mealPresses(random, site, habit, person, arrival, leave),
    ...roomPresses(random, site, person, arrival, leave),
  ].sort((one, other) => one.second - other.second)

  let previous = -10
  return presses.map(press => {
    // Nobody is at two terminals in one second, and terminals refuse a repeat within a moment.
    previous = Math.max(Math.round(press.second), previous + 4)
    return {
      code: person.code,
      terminal: press.terminal.serial,
      local: wallClock(date, previous),
      status: press.terminal.keys ? press.status : 255,
      verify: verifyAt(random, press.terminal, habit),
    }
  })
}

/** Date and seconds since its midnight as a wall clock; seconds may pass the end of the day. */
export function wallClock(date: string, second: number): string {
  const at = new Date(Date.parse(`${date}T00:00:00Z`) + second * 1000).toISOString()
  return `${at.slice(0, 10)} ${at.slice(11, 19)}`
}

function arrivalDelay(random: Random, person: SimulatedPerson, habit: Habit): number {
  if (person.shift === 'office') return random.normal(0, 14) * minute
  if (random.chance(habit.late)) return (6 - habit.arriveMinutes + Math.min(random.tail(14), 150)) * minute
  return random.normal(0, 4) * minute
}

function clockPresses(
  random: Random,
  habit: Habit,
  person: SimulatedPerson,
  arrival: number,
  leave: number,
): Press[] {
  const presses: Press[] = []
  const press = (second: number, status: 0 | 1) => {
    const terminal = random.chance(0.88) ? habit.entrance : habit.secondEntrance
    const pressed = random.chance(0.02) ? 1 - status : status
    presses.push({ second, terminal, status: pressed })
    if (random.chance(0.01))
      presses.push({ second: second + random.between(4, 25), terminal, status: pressed })
  }
  press(arrival, 0)
  if (random.chance(0.015)) return presses
  if (person.shift !== 'office' && random.chance(0.03)) {
    // Overtime is booked with its own keys: out of the shift, into overtime, out of overtime.
    press(leave, 1)
    const end = leave + random.between(60, 150) * minute
    const turn = { terminal: habit.entrance, status: 4, second: leave + random.between(40, 90) }
    presses.push(turn, { terminal: habit.entrance, status: 5, second: end })
    return presses
  }
  press(random.chance(0.04) ? leave - random.between(20, 140) * minute : leave, 1)
  return presses
}

function mealPresses(
  random: Random,
  site: SimulatedPlace,
  habit: Habit,
  person: SimulatedPerson,
  arrival: number,
  leave: number,
): Press[] {
  const noon = person.shift === 'day' || person.shift === 'office'
  const middle = noon ? 13 * hour : (arrival + leave) / 2
  const meal = random.normal(middle, 18 * minute)
  if (meal < arrival + hour || meal > leave - hour) return []
  const canteen = site.terminals.find(terminal => terminal.role === 'canteen')
  if (random.chance(habit.lunchOut)) {
    const back = meal + random.between(28, 58) * minute
    const terminal = habit.entrance
    const keys = random.chance(0.02) ? [3, 2] : [2, 3]
    return [
      { second: meal, terminal, status: keys[0] ?? 2 },
      ...(random.chance(0.03) ? [] : [{ second: back, terminal, status: keys[1] ?? 3 }]),
    ]
  }
  return canteen && random.chance(0.85) ? [{ second: meal, terminal: canteen, status: 255 }] : []
}

function roomPresses(
  random: Random,
  site: SimulatedPlace,
  person: SimulatedPerson,
  arrival: number,
  leave: number,
): Press[] {
  const rooms = site.terminals.filter(
    terminal => terminal.role === 'room' && roomsOf(person.department).includes(terminal.label),
  )
  const [first, ...others] = rooms
  if (!first || leave - arrival < 2 * hour) return []
  const passes = random.between(1, 4)
  return Array.from({ length: passes }, (_, pass) => {
    // The first pass is the way from the entrance to the desk, the others are spread over the day.
    const second =
      pass === 0
        ? arrival + random.between(90, 420)
        : arrival + hour + random.next() * (leave - arrival - 1.5 * hour)
    const terminal = pass === 0 || others.length === 0 ? first : random.pick([first, ...others])
    return { second, terminal, status: 255 }
  })
}

/** Labels of the rooms a department has business in. */
export function roomsOf(department: string): readonly string[] {
  return rooms[department] ?? []
}

const rooms: Readonly<Record<string, readonly string[]>> = {
  Administration: ['Administration'],
  Quality: ['Warehouse doors', 'Tool room'],
  Maintenance: ['Tool room', 'Warehouse doors'],
  Warehouse: ['Warehouse doors'],
  Assembly: ['Warehouse doors'],
  Machining: ['Tool room'],
  Security: ['Administration', 'Warehouse doors'],
  Engineering: ['Second floor', 'Server room'],
  Design: ['Second floor'],
  Sales: ['Second floor'],
  Finance: ['Second floor'],
  People: ['Second floor'],
  Facilities: ['Second floor', 'Server room'],
}

function habitOf(site: SimulatedPlace, person: SimulatedPerson, seed: number): Habit {
  const random = randomFor(seed, 'habit', person.code)
  const entrances = site.terminals.filter(terminal => terminal.role === 'entrance')
  const [front, second = front, third = second, hall = third] = entrances
  if (!front || !second || !third || !hall) throw new Error(`${site.name} has no entrance`)
  const production = person.department === 'Assembly' || person.department === 'Quality'
  const share = random.next()
  const home = production && share < 0.4 ? hall : share < 0.65 ? front : share < 0.86 ? second : third
  const office = person.shift === 'office'
  return {
    entrance: home,
    secondEntrance: home === front ? second : front,
    verify: random.next(),
    arriveMinutes: office ? random.normal(10, 28) : random.normal(-9, 5),
    stayMinutes: office ? random.normal(0, 15) : random.between(0, 6),
    late: random.chance(0.12) ? 0.22 : 0.045,
    lunchOut: office ? 0.25 + random.next() * 0.6 : random.next() * 0.25,
  }
}

/** Mostly what the person likes, when the terminal can; a password now and then, when finger and card fail. */
function verifyAt(random: Random, terminal: SimulatedTerminal, habit: Habit): number {
  if (random.chance(0.02)) return 3
  const [usual] = terminal.verify
  const liked = habit.verify < 0.55 ? 15 : habit.verify < 0.75 ? 4 : 1
  return terminal.verify.includes(liked) ? liked : usual
}
