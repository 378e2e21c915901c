import type { Agent } from 'undici'
import { createController } from './controller/controller.ts'
import { wayThrough } from './controller/way-through.ts'
import { chineseNames } from './gbk.ts'
import { randomFor } from './random.ts'
import type { SimulatedTime } from './simulated-time.ts'
import { createTerminal, type PostReport } from './terminal.ts'
import { attlogLine, type TerminalIdentity, userRowOf } from './terminal-lines.ts'
import { type PersonalityName, traitsOf, wireFor } from './traits.ts'
import { wireOf } from './wire.ts'

export type MemberPerson = { code: string; firstName: string; lastName: string; card: string }

/** One of a fleet, as a crowd meets it. */
export type FleetMember = {
  /** Whether a server has ever answered, and so told it its zone. */
  greeted: () => boolean
  localNow: () => string
  punch: (code: string, arrival: { status: number; verify: number }) => void
  run: (signal: AbortSignal) => Promise<void>
}

export type MemberDeps = {
  identity: TerminalIdentity
  people: readonly MemberPerson[]
  devicesUrl: string
  agent: Agent
  signal: AbortSignal
  time: SimulatedTime
  log: (line: string) => void
  onPost: (report: PostReport) => void
}

const fastPollMs = 500
const controllerModel = { model: 'C3-400', firmware: 'AC Ver 5.7.8.3033', doors: 4 }
const card = 4

/** An attendance terminal with these personalities. */
export function terminalMember(deps: MemberDeps, names: readonly PersonalityName[]): FleetMember {
  const { identity, people, devicesUrl, agent, signal, time } = deps
  const { serial } = identity
  const traits = traitsOf(names, time.speed)
  const { silentUntil } = traits
  const isChinese = traits.charset === 'gbk'
  const named = people.map((person, index) =>
    isChinese
      ? { ...person, firstName: chineseNames[index % chineseNames.length] ?? '', lastName: '' }
      : person,
  )
  const terminal = createTerminal({
    ...deps,
    users: new Map(named.map(person => [person.code, userRowOf(person)])),
    wire: wireFor(traits, { devicesUrl, agent, serial, signal }),
    traits,
    sendUsers: true,
    pollMinMs: time.speed === 1 ? 0 : fastPollMs,
    zoneFromServer: true,
    ...(silentUntil ? { silentUntil: at => silentUntil(serial, at) } : {}),
  })
  const localNow = () => terminal.localAt(time.now())
  return {
    greeted: terminal.greeted,
    localNow,
    punch: (code, arrival) =>
      terminal.punch(code, attlogLine(identity, { code, local: localNow(), ...arrival })),
    run: terminal.run,
  }
}

/** A door controller; everybody may pass all doors but the last, some that one too. */
export function controllerMember(deps: MemberDeps): FleetMember {
  const { identity, devicesUrl, agent, signal, time } = deps
  const { serial } = identity
  const { doors } = controllerModel
  const all = Array.from({ length: doors }, (_, index) => index + 1)
  const people = deps.people.map((person, index) => ({
    ...person,
    doors: index % 4 === 0 ? all : all.slice(0, -1),
  }))
  const controller = createController({
    ...deps,
    identity: { ...identity, ...controllerModel },
    people,
    wire: cookie => wireOf({ devicesUrl, agent, serial, signal, cookie }),
    sendUsers: true,
    pollMinMs: time.speed === 1 ? 0 : fastPollMs,
    zoneFromServer: true,
  })
  const doorsOfPerson = new Map(people.map(person => [person.code, person.doors]))
  const random = randomFor('doors', serial)

  function punch(code: string, { status }: { status: number }): void {
    const { door, heldMs, triedDoor, strangeCard, forcedDoor } = wayThrough(
      random,
      doorsOfPerson.get(code) ?? [],
      doors,
    )
    const pass = { pin: code, door, direction: status === 1 ? 1 : 0, verify: card, heldMs } as const
    if (triedDoor !== undefined) controller.pass({ ...pass, door: triedDoor })
    if (strangeCard !== undefined) controller.pass({ ...pass, pin: undefined, card: strangeCard })
    controller.pass(pass)
    if (forcedDoor !== undefined) controller.force(forcedDoor, heldMs)
  }

  return {
    greeted: controller.greeted,
    localNow: () => controller.localAt(time.now()),
    punch,
    run: controller.run,
  }
}
