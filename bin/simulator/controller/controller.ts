import { createAttempts, type Outcome } from '../attempts.ts'
import type { KeptChanges } from '../kept-rows.ts'
import { bodyOf } from '../outbox.ts'
import { readCommands } from '../poll-reply.ts'
import { randomFor } from '../random.ts'
import { type SimulatedTime, waitUntil } from '../simulated-time.ts'
import type { PostReport } from '../terminal.ts'
import { createTerminalClock } from '../terminal-clock.ts'
import { optionsBody } from '../terminal-lines.ts'
import { isForgotten, type Reply, type Wire } from '../wire.ts'
import { type AccessRecord, createAccessLog } from './access-log.ts'
import { createAccessTables } from './access-tables.ts'
import { createAgenda } from './agenda.ts'
import { carryOutOrder } from './carry-out-order.ts'
import {
  type ControllerMemory,
  type ControllerOutcome,
  controllerResult,
  executeOnController,
} from './controller-commands.ts'
import {
  type ControllerIdentity,
  type ControllerPerson,
  configurationOf,
  doorMask,
  personFields,
  registryOf,
  serverZone,
  tokenCookie,
} from './controller-lines.ts'
import { answerMessages, type ControllerMessage, tableMessages, takesOk } from './controller-outbox.ts'
import { createDoorBank, eventCodes } from './door-bank.ts'

/** Somebody at a reader. */
export type Pass = {
  /** Undefined for a card the controller has never seen. */
  pin: string | undefined
  card?: string
  door: number
  direction: AccessRecord['direction']
  verify: number
  /** How long the door stays open once it gives way. */
  heldMs: number
}

export type ControllerDeps = {
  identity: ControllerIdentity
  /** People it knows at birth, with what opens for them. */
  people: readonly ControllerPerson[]
  /** The line it speaks over, which has to send the cookie of its registration. */
  wire: (cookie: () => string | undefined) => Wire
  time: SimulatedTime
  log: (line: string) => void
  /** People it has room for; no end by default. */
  usersMax?: number
  /** Upload the people after the first registration. */
  sendUsers?: boolean
  /** Events in one post. */
  batchLines?: number
  /** Rows in one packet of an answer. */
  packetRows?: number
  /** Real milliseconds between two polls at the least, so that a fast clock does not become a flood. */
  pollMinMs?: number
  /** Ask the server for its zone and go by it, as a controller nobody has set up does. */
  zoneFromServer?: boolean
  onPost?: (report: PostReport) => void
  /** What commands have changed in an earlier life. */
  kept?: KeptChanges
  /** Called when a command may have changed what it keeps. */
  onChange?: () => void
}

export type Controller = {
  serial: string
  /** Events from before the run: remembered, and uploaded when asked. */
  load: (records: readonly AccessRecord[], upload: boolean) => void
  /** Somebody comes to a reader, now or a moment ago. */
  pass: (pass: Pass, atMs?: number) => void
  /** Somebody breaks a door open. */
  force: (door: number, heldMs: number, atMs?: number) => void
  /** Rows of one of its tables. */
  rows: (table: string) => readonly string[]
  /** What commands have changed of the tables it was born with. */
  changes: () => KeptChanges
  /** Events not yet acknowledged. */
  waiting: () => number
  /** Whether a server has ever registered it. */
  greeted: () => boolean
  localAt: (atMs: number) => string
  /** Runs until aborted, leaving no timer and no request behind. */
  run: (signal: AbortSignal) => Promise<void>
}

type Session = { delayMs: number }

const hello = { options: 'all', pushver: '3.1.2', language: '69', DeviceType: 'acc' }
const optionsQuery = { table: 'options' }
const stateQuery = { table: 'rtstate' }
const rebootMs = 8000
const driveMs = 5000
/** A guard has come, looked, and cancelled the alarm. */
const guardMs = { min: 40_000, max: 80_000 }
const otherVerify = 200
const nobody = '0'

/**
 * A door controller of the access flavour: registers, states its doors, reports what happens at them and does what it
 * is told (iclock-push 9 to 12). Like a terminal it does one thing after the other and sends again what was not taken.
 */
export function createController(deps: ControllerDeps): Controller {
  const { identity, time } = deps
  const { serial, doors } = identity
  const agenda = createAgenda()
  const events = createAccessLog()
  const attempts = createAttempts({ serial, time, log: deps.log })
  const clock = createTerminalClock({
    zone: identity.zone,
    aheadMs: identity.clockOffsetSeconds * 1000,
    gainsPerDay: 0,
    atMs: time.now(),
  })
  const tables = createAccessTables(deps.usersMax)
  for (const person of deps.people) {
    tables.update('user', personFields(person))
    const right = { authorizetimezoneid: '1', authorizedoorid: String(doorMask(person.doors)), devid: '1' }
    tables.update('userauthorize', { pin: person.code, ...right })
  }
  tables.update('timezone', { timezoneid: '1', suntime1: '2359' })
  const changes = tables.born(deps.kept)
  const onEvent = (event: number, door: number, atMs: number) => record({ event, door }, atMs)
  const bank = createDoorBank({ doors, agenda, onEvent, onChange: tellState })
  const memory: ControllerMemory = {
    doors,
    isLocked: bank.isLocked,
    tables,
    log: events,
    options: registryOf(identity),
  }
  const outbox: ControllerMessage[] = []
  let states: string[] = []
  let session: Session | undefined
  let cookie: string | undefined
  let usersDue = deps.sendUsers ?? false
  let pollAt = 0
  let offUntil = 0
  let greeted = false
  let passes = 0
  let nap = new AbortController()
  const wire = deps.wire(() => cookie)

  function record(what: Pick<AccessRecord, 'event' | 'door'> & Partial<AccessRecord>, atMs: number): void {
    const blank = { pin: nobody, card: '0', direction: 2, verify: otherVerify } as const
    events.add({ ...blank, local: clock.localAt(atMs), ...what })
  }

  /** A state is news only now: without a session it is told when there is one again. */
  function tellState(atMs: number): void {
    if (!session) return
    const { sensor, relay, alarm } = bank.stateAt(atMs)
    states.push(`time=${clock.localAt(atMs)}\tsensor=${sensor}\trelay=${relay}\talarm=${alarm}`)
  }

  function loseSession(): void {
    session = undefined
    states = []
  }

  async function run(signal: AbortSignal): Promise<void> {
    const wake = () => nap.abort()
    signal.addEventListener('abort', wake)
    try {
      while (!signal.aborted) await turn(signal)
    } finally {
      signal.removeEventListener('abort', wake)
    }
  }

  async function turn(signal: AbortSignal): Promise<void> {
    const now = time.now()
    agenda.run(now)
    const quietUntil = Math.max(offUntil, attempts.retryAt())
    if (now < quietUntil) return waitUntil(time, Math.min(quietUntil, agenda.nextAt()), signal)
    if (!session) return attempt(greet, signal)
    if (outbox.length > 0) return attempt(sendFirst, signal)
    if (now >= pollAt) return attempt(() => poll(session), signal)
    if (events.waiting() > 0) return attempt(sendEvents, signal)
    if (states.length > 0) return attempt(sendState, signal)
    if (signal.aborted) return
    nap = new AbortController()
    await time.wait(Math.max(0, Math.min(pollAt, agenda.nextAt()) - now), nap.signal)
  }

  async function attempt(exchange: () => Promise<Outcome>, signal: AbortSignal): Promise<void> {
    if (await attempts.run(exchange, signal)) loseSession()
  }

  /** Handshake; whoever is not known registers and asks for its configuration (iclock-push 9.1). */
  async function greet(): Promise<Outcome> {
    const reply = await wire.get('cdata', hello)
    if (reply.status !== 200 || reply.body === '' || isForgotten(reply)) return 'refused'
    let configuration = configurationOf(reply.body)
    let code = configuration.get('RegistryCode')
    if (code === undefined) {
      const registered = await wire.post('registry', {}, optionsBody(memory.options))
      code = registered.status === 200 ? configurationOf(registered.body).get('RegistryCode') : undefined
      if (code === undefined) return 'refused'
      const told = await wire.post('push', {}, '')
      if (told.status !== 200) return 'refused'
      configuration = configurationOf(told.body)
    }
    if (deps.zoneFromServer) {
      const zone = serverZone((await wire.get('rtdata', { type: 'time' })).body)
      if (zone !== undefined) clock.setZone(zone)
    }
    const seconds = (name: string) => Math.max(1, Number(configuration.get(name)) || 30) * 1000
    session = { delayMs: seconds('RequestDelay') }
    attempts.setErrorDelay(seconds('ErrorDelay'))
    cookie = tokenCookie(code, serial, configuration.get('SessionID') ?? '')
    greeted = true
    pollAt = time.now()
    begin()
    return 'done'
  }

  function begin(): void {
    // One of these is enough, however often the line broke before it went through.
    if (outbox[0]?.query === optionsQuery) outbox.shift()
    outbox.unshift({ path: 'cdata', query: optionsQuery, body: optionsBody(memory.options), takes: takesOk })
    if (usersDue) outbox.push(...tableMessages('user', tables.lines('user', {}) ?? [], 500))
    usersDue = false
    tellState(time.now())
  }

  async function sendFirst(): Promise<Outcome> {
    const [message] = outbox
    if (!message) return 'done'
    const outcome = outcomeOf(await wire.post(message.path, message.query, message.body), message.takes)
    if (outcome !== 'done') return outcome
    outbox.splice(outbox.indexOf(message), 1)
    if (message.afterwards === 'reboot') reboot()
    return 'done'
  }

  async function sendEvents(): Promise<Outcome> {
    const { lines, repeated } = events.batch(deps.batchLines ?? 100)
    const began = performance.now()
    let acknowledged = false
    try {
      const outcome = outcomeOf(await wire.post('cdata', { table: 'rtlog' }, bodyOf(lines)), takesOk)
      acknowledged = outcome === 'done'
      if (acknowledged) events.acknowledge()
      return outcome
    } finally {
      deps.onPost?.({ lines: lines.length, acknowledged, repeated, tookMs: performance.now() - began })
    }
  }

  async function sendState(): Promise<Outcome> {
    const [state = ''] = states
    const outcome = outcomeOf(await wire.post('cdata', stateQuery, bodyOf([state])), takesOk)
    if (outcome === 'done') states = states.filter(other => other !== state)
    return outcome
  }

  async function poll(current: Session | undefined): Promise<Outcome> {
    const reply = await wire.get('getrequest', {})
    if (reply.status !== 200 || reply.body === '' || isForgotten(reply)) {
      if (isForgotten(reply)) loseSession()
      return 'refused'
    }
    const commands = readCommands(reply.body)
    for (const { id, text } of commands) carryOut(id, executeOnController(text, memory))
    if (commands.length > 0) deps.onChange?.()
    const delayMs = commands.length > 0 ? 1000 : (current?.delayMs ?? 0)
    pollAt = time.now() + Math.max(delayMs, (deps.pollMinMs ?? 0) * time.speed)
    return 'done'
  }

  function carryOut(id: string, outcome: ControllerOutcome): void {
    const now = time.now()
    if (outcome.clock !== undefined) clock.setTo(outcome.clock, now)
    if (outcome.answer) outbox.push(...answerMessages(id, outcome.answer, deps.packetRows ?? 100))
    const result: ControllerMessage = {
      path: 'devicecmd',
      query: {},
      body: controllerResult(id, outcome),
      takes: takesOk,
      ...(outcome.afterwards ? { afterwards: outcome.afterwards } : {}),
    }
    if (outcome.answerAfterMs === undefined) outbox.push(result)
    else
      agenda.add(now + outcome.answerAfterMs, () => {
        if (outcome.enrolled !== undefined)
          outbox.push(...tableMessages('templatev10', [outcome.enrolled], 1))
        outbox.push(result)
      })
    const random = randomFor('order', serial, id)
    if (outcome.order) carryOutOrder(outcome.order, { bank, agenda, random, onEvent }, now)
  }

  function reboot(): void {
    deps.log(`${serial} restarts`)
    loseSession()
    offUntil = time.now() + rebootMs
    bank.powerOff(time.now())
    agenda.add(offUntil, atMs => record({ event: eventCodes.started, door: 0 }, atMs))
  }

  function outcomeOf(reply: Reply, takes: (reply: Reply) => boolean): Outcome {
    if (isForgotten(reply)) loseSession()
    if (takes(reply)) return 'done'
    return reply.status === 200 && !isForgotten(reply) ? 'again' : 'refused'
  }

  function pass({ pin, card, door, direction, verify, heldMs }: Pass, atMs = time.now()): void {
    const known = pin !== undefined && tables.knows(pin) ? pin : undefined
    const who = { pin: known ?? nobody, card: card ?? tables.cardOf(known ?? ''), direction, verify, door }
    const event = verdictOn(known, door)
    record({ ...who, event }, atMs)
    if (event === eventCodes.verified) {
      passes += 1
      bank.energise(door, driveMs, atMs)
      const after = randomFor('pass', serial, passes).between(700, 1400)
      agenda.add(atMs + after, at => bank.walk(door, at, heldMs))
    }
    nap.abort()
  }

  function verdictOn(pin: string | undefined, door: number): number {
    if (pin === undefined) return eventCodes.unknownPerson
    if (bank.isLocked(door)) return eventCodes.doorLocked
    return tables.mayOpen(pin, door) ? eventCodes.verified : eventCodes.notAuthorised
  }

  function force(door: number, heldMs: number, atMs = time.now()): void {
    bank.force(door, atMs, heldMs)
    const guardAfter = randomFor('guard', serial, atMs).between(guardMs.min, guardMs.max)
    agenda.add(atMs + guardAfter, at => bank.cancelAlarm(door, at))
    nap.abort()
  }

  return {
    serial,
    load: events.load,
    pass,
    force,
    rows: table => tables.lines(table, {}) ?? [],
    changes,
    waiting: events.waiting,
    greeted: () => greeted,
    localAt: clock.localAt,
    run,
  }
}
