import type { Agent } from 'undici'
import type { AccessRecord } from './controller/access-log.ts'
import { createController } from './controller/controller.ts'
import { eventCodes } from './controller/door-bank.ts'
import { doorsOf, wayThrough } from './controller/way-through.ts'
import { roomsOf } from './day-plan.ts'
import type { KeptChanges } from './kept-rows.ts'
import { randomFor } from './random.ts'
import { type DuePunch, shiftLocal } from './schedule.ts'
import type { SimulatedTime } from './simulated-time.ts'
import type { SimulatedPerson, SimulatedPlace, SimulatedTerminal } from './site.ts'
import { createTerminal, type PostReport } from './terminal.ts'
import { attlogLine, userRowOf } from './terminal-lines.ts'
import { traitsOf, wireFor } from './traits.ts'
import { wireOf } from './wire.ts'

/** A terminal or controller as the plan of a site plays it. */
export type Player = {
  /** Punches from before the run; `fresh` ones are uploaded, `old` ones only when asked for. */
  load: (old: readonly DuePunch[], fresh: readonly DuePunch[]) => void
  /** One that is due. */
  punch: (punch: DuePunch) => void
  run: (signal: AbortSignal) => Promise<void>
  /** What commands have changed of what it was born with. */
  changes: () => KeptChanges
}

export type PlayerDeps = {
  site: SimulatedPlace
  planned: SimulatedTerminal
  people: readonly SimulatedPerson[]
  devicesUrl: string
  agent: Agent
  signal: AbortSignal
  time: SimulatedTime
  log: (line: string) => void
  sendUsers: boolean
  batchLines: number
  pollMinMs: number
  onPost: (report: PostReport) => void
  kept?: KeptChanges
  onChange: () => void
  /** History is not held up by a bad network: the silences begin with life. */
  isLive: () => boolean
}

const newerContent = { contentType: 'application/push;charset=UTF-8' }
/** A Monday. What a drifting clock shows is then the same in the next run, and no punch comes as two. */
const clocksSetAtMs = Date.UTC(2026, 0, 5)
/** From the wrong door to the right one. */
const nextDoorMs = 7000

/** Whoever stands at this place of the plan. */
export function createPlayer(deps: PlayerDeps): Player {
  return deps.planned.doors > 0 ? controllerPlayer(deps) : terminalPlayer(deps)
}

function terminalPlayer(deps: PlayerDeps): Player {
  const { site, planned, people, devicesUrl, agent, signal, isLive } = deps
  const { serial, keys } = planned
  const identity = { ...planned, zone: site.zone, newer: !keys }
  const traits = traitsOf(planned.personalities, deps.time.speed)
  const { silentUntil } = traits
  const terminal = createTerminal({
    ...deps,
    identity,
    users: new Map(people.map(person => [person.code, userRowOf(person)])),
    wire: wireFor(traits, { devicesUrl, agent, serial, signal, ...(identity.newer ? newerContent : {}) }),
    traits,
    // The keypad model has a finger reader only.
    knowsBy: planned.model === 'F22' ? 1 : 9,
    statesDoor: true,
    clockSetAtMs: clocksSetAtMs,
    ...(silentUntil ? { silentUntil: at => (isLive() ? silentUntil(serial, at) : undefined) } : {}),
  })
  const lineOf = (punch: DuePunch) => {
    const local = shiftLocal(punch.local, Math.floor(terminal.aheadMs(punch.atMs) / 1000))
    return attlogLine(identity, { ...punch, local })
  }
  return {
    load: (old, fresh) => {
      terminal.load(old.map(lineOf), false)
      terminal.load(fresh.map(lineOf), true)
    },
    punch: punch => terminal.punch(punch.code, lineOf(punch)),
    run: terminal.run,
    changes: terminal.changes,
  }
}

function controllerPlayer(deps: PlayerDeps): Player {
  const { site, planned, devicesUrl, agent, signal } = deps
  const { serial, doors, label, clockOffsetSeconds } = planned
  const people = new Map(
    deps.people
      .filter(({ department }) => roomsOf(department).includes(label))
      .map(person => [person.code, { ...person, doors: doorsOf(person.department, doors) }]),
  )
  const controller = createController({
    ...deps,
    identity: { ...planned, zone: site.zone },
    people: [...people.values()],
    wire: cookie => wireOf({ devicesUrl, agent, serial, signal, cookie, ...newerContent }),
  })
  // By person and moment, so that a pass of the last run is known again by its door.
  const wayOf = ({ code, local }: DuePunch) =>
    wayThrough(randomFor('way', serial, code, local), people.get(code)?.doors ?? [], doors)
  const recordOf = (punch: DuePunch): AccessRecord => ({
    local: shiftLocal(punch.local, clockOffsetSeconds),
    pin: punch.code,
    card: people.get(punch.code)?.card ?? '0',
    door: wayOf(punch).door,
    event: eventCodes.verified,
    direction: 2,
    verify: punch.verify,
  })

  function punch(due: DuePunch): void {
    const { door, heldMs, triedDoor, strangeCard, forcedDoor } = wayOf(due)
    // One reader for both ways in: whether somebody comes or goes, the controller cannot say.
    const pass = { pin: due.code, door, direction: 2, verify: due.verify, heldMs } as const
    if (triedDoor !== undefined) controller.pass({ ...pass, door: triedDoor }, due.atMs - nextDoorMs)
    if (strangeCard !== undefined)
      controller.pass({ ...pass, pin: undefined, card: strangeCard, verify: 4 }, due.atMs - nextDoorMs)
    controller.pass(pass, due.atMs)
    if (forcedDoor !== undefined) controller.force(forcedDoor, heldMs, due.atMs)
  }

  return {
    load: (old, fresh) => {
      controller.load(old.map(recordOf), false)
      controller.load(fresh.map(recordOf), true)
    },
    punch,
    run: controller.run,
    changes: controller.changes,
  }
}
