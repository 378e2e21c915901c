import { createAttempts, type Outcome } from './attempts.ts'
import { decodeTime, encodeTime } from './encoded-time.ts'
import { applyChanges, type KeptChanges, watchTables } from './kept-rows.ts'
import {
  attlogMessage,
  attlogQuery,
  bodyOf,
  type Message,
  operlogMessage,
  stampOfNow,
  uploadMessages,
} from './outbox.ts'
import { createPunchMemory, timeOf } from './punch-memory.ts'
import { randomFor } from './random.ts'
import { repetitionsOf } from './repeat-habit.ts'
import { type SimulatedTime, waitUntil } from './simulated-time.ts'
import { createTerminalClock } from './terminal-clock.ts'
import {
  type CommandOutcome,
  currentOptions,
  doorClosed,
  doorPassage,
  executeCommand,
  resultText,
  type TerminalMemory,
} from './terminal-commands.ts'
import {
  type HandshakeOptions,
  handshakeOptions,
  infoOf,
  offsetZone,
  optionsBody,
  type TerminalIdentity,
  type UserRow,
  userLine,
} from './terminal-lines.ts'
import { bornWith, peopleMemory, peopleTables, templateLines } from './terminal-people.ts'
import { plainTraits, type Traits } from './traits.ts'
import { isAcknowledged, isForgotten, type Reply, type Wire } from './wire.ts'

/** One ATTLOG post and how it ended. */
export type PostReport = { lines: number; acknowledged: boolean; repeated: boolean; tookMs: number }

export type TerminalDeps = {
  identity: TerminalIdentity
  /** People the terminal knows at birth, by PIN. */
  users: ReadonlyMap<string, UserRow>
  wire: Wire
  time: SimulatedTime
  log: (line: string) => void
  /** In what it differs from the documents; `wire` has to suit (wireFor). */
  traits?: Traits
  /** People it has room for; 3000 by default. */
  usersMax?: number
  /** Type of the template everybody was enrolled with at birth (iclock-push 11.5); nobody by default. */
  knowsBy?: number
  /** Upload the names after the first handshake. */
  sendUsers?: boolean
  /** State the door at every handshake, as firmware with a sensor does. */
  statesDoor?: boolean
  /** Punch lines in one post; firmware of old stops at 200. */
  batchLines?: number
  /** Real milliseconds between two polls at the least, so that a fast clock does not become a flood. */
  pollMinMs?: number
  /** End of the silence the terminal is in at this moment, if it is in one. */
  silentUntil?: (atMs: number) => number | undefined
  /** Take the wall clock from the server's TimeZone, as a terminal nobody has set up does. */
  zoneFromServer?: boolean
  /** When its clock was as the identity says; now by default. */
  clockSetAtMs?: number
  onPost?: (report: PostReport) => void
  /** What commands have changed in an earlier life, which is in its flash. */
  kept?: KeptChanges
  /** Called when a command may have changed what it keeps. */
  onChange?: () => void
}

export type Terminal = {
  serial: string
  /** Punches from before the run: remembered, and uploaded when asked. */
  load: (lines: readonly string[], upload: boolean) => void
  /** Someone punches now. A PIN deleted at the terminal is refused. */
  punch: (code: string, line: string) => void
  /** Whom it knows at the moment, as their rows say. */
  users: () => ReadonlyMap<string, UserRow>
  /** What commands have changed of the people it was born with. */
  changes: () => KeptChanges
  /** Templates it holds, of everybody. */
  templates: () => number
  /** Punches not yet acknowledged. */
  waiting: () => number
  /** Whether a server has ever answered the handshake, and so told the terminal its zone. */
  greeted: () => boolean
  /** How far its clock is ahead of the truth at a moment. */
  aheadMs: (atMs: number) => number
  /** What the terminal's clock shows at a moment. */
  localAt: (atMs: number) => string
  /** Runs until aborted, leaving no timer and no request behind. */
  run: (signal: AbortSignal) => Promise<void>
}

const optionsQuery = { table: 'options' }
const rebootMs = 8000
const resentLines = 200

/**
 * One attendance terminal. As in firmware there is a single thread: it shakes hands, reports, polls and uploads one
 * request at a time, and everything not acknowledged is sent again, unchanged (iclock-push 14).
 */
export function createTerminal(deps: TerminalDeps): Terminal {
  const { identity, wire, time, traits = plainTraits } = deps
  const { serial } = identity
  const punches = createPunchMemory()
  const attempts = createAttempts({ serial, time, log: deps.log })
  const clock = createTerminalClock({
    zone: traits.zone ?? identity.zone,
    aheadMs: identity.clockOffsetSeconds * 1000,
    gainsPerDay: traits.clock.gainsPerDay,
    atMs: deps.clockSetAtMs ?? time.now(),
  })
  const luck = randomFor('repeats', serial)
  const outbox: Message[] = []
  let later: { atMs: number; message: (atMs: number) => Message[] }[] = []
  let session: (HandshakeOptions & { introduced: boolean }) | undefined
  let usersDue = deps.sendUsers ?? false
  let pollAt = 0
  let syncedAt = Number.NEGATIVE_INFINITY
  let offUntil = 0
  let resetDue = false
  let silent = false
  let greeted = false
  let nap = new AbortController()

  const people = peopleMemory(deps.users, deps.usersMax)
  if (deps.knowsBy !== undefined) for (const pin of deps.users.keys()) bornWith(people, pin, deps.knowsBy)
  const changes = watchTables(peopleTables(people))
  if (deps.kept !== undefined) applyChanges(peopleTables(people), deps.kept)
  const memory: TerminalMemory = {
    identity,
    people,
    settings: new Map(),
    punches,
  }

  const stampOf = (local: string) => (traits.stamps === 'last' ? String(encodeTime(local)) : stampOfNow)
  const operlog = (atMs: number, row: (local: string) => string) => {
    const local = clock.localAt(atMs)
    return operlogMessage([row(local)], stampOf(local))
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
    const silence = deps.silentUntil?.(now)
    if (silence !== undefined) {
      if (!silent) deps.log(`${serial} drops off the network`)
      silent = true
      session = undefined
      return waitUntil(time, silence, signal)
    }
    if (silent) deps.log(`${serial} is back with ${punches.waiting()} punches`)
    silent = false
    const quietUntil = Math.max(offUntil, attempts.retryAt())
    if (now < quietUntil) return waitUntil(time, quietUntil, signal)
    releaseDue(now)
    if (!session) return attempt(handshake, signal)
    if (outbox.length > 0) return attempt(sendFirst, signal)
    if (now >= pollAt) return attempt(poll, signal)
    if (punches.waiting() > 0) return attempt(sendPunches, signal)
    if (signal.aborted) return
    nap = new AbortController()
    await time.wait(Math.max(0, Math.min(pollAt, later[0]?.atMs ?? pollAt) - now), nap.signal)
  }

  async function attempt(exchange: () => Promise<Outcome>, signal: AbortSignal): Promise<void> {
    if (await attempts.run(exchange, signal)) session = undefined
  }

  async function handshake(): Promise<Outcome> {
    const reply = await wire.get('cdata', { options: 'all', ...traits.hello })
    if (reply.status !== 200 || reply.body === '' || isForgotten(reply)) return 'refused'
    session = { ...handshakeOptions(reply.body), introduced: false }
    greeted = true
    attempts.setErrorDelay(session.errorDelayMs)
    setClock(reply, session)
    pollAt = time.now()
    // One of these is enough, however often the line broke before it went through.
    if (outbox[0]?.query === optionsQuery) outbox.shift()
    if (traits.hello.PushOptionsFlag === '1')
      outbox.unshift({ path: 'cdata', query: optionsQuery, body: optionsBody(currentOptions(memory)) })
    if (identity.hasDoor && deps.statesDoor) outbox.push(operlog(time.now(), doorClosed))
    if (usersDue)
      outbox.push(
        ...uploadMessages('OPERLOG', [...people.users.values()].map(userLine)),
        ...uploadMessages('OPERLOG', templateLines(people)),
      )
    usersDue = false
    if (traits.stamps === 'last') resendAfter(session.attlogStamp)
    return 'done'
  }

  function setClock(reply: Reply, { timeZone }: HandshakeOptions): void {
    const { setBy } = traits.clock
    const isSetByServer = deps.zoneFromServer || setBy === 'handshake'
    const zone = offsetZone(timeZone)
    if (isSetByServer && traits.zone === undefined && zone !== undefined) clock.setZone(zone)
    if (setBy === 'handshake') followDate(reply)
  }

  /** A clock that is made to run fast is another one than that of the server. */
  function followDate({ dateMs }: Reply): void {
    if (dateMs !== undefined && time.speed === 1) clock.followDate(dateMs, time.now())
  }

  /** Firmware of old trusts the server's stamp more than itself; what is newer goes out again (iclock-push 4.2). */
  function resendAfter(stamp: string | undefined): void {
    const lines = punches.sentAfter(/^\d+$/.test(stamp ?? '') ? decodeTime(Number(stamp)) : '')
    for (let from = 0; from < lines.length; from += resentLines) {
      const part = lines.slice(from, from + resentLines)
      outbox.push(attlogMessage(part, stampOf(timeOf(part.at(-1) ?? ''))))
    }
  }

  async function sendFirst(): Promise<Outcome> {
    const [message] = outbox
    if (!message) return 'done'
    const outcome = outcomeOf(await wire.post(message.path, message.query, message.body), message.query)
    if (outcome !== 'done') return outcome
    outbox.splice(outbox.indexOf(message), 1)
    if (message.afterwards === 'handshake') session = undefined
    if (message.afterwards === 'reboot') reboot()
    return 'done'
  }

  async function sendPunches(): Promise<Outcome> {
    const { lines, repeated } = punches.batch(Math.min(deps.batchLines ?? 200, traits.batchLinesMax))
    const query = attlogQuery(stampOf(timeOf(lines.at(-1) ?? '')))
    const began = performance.now()
    let acknowledged = false
    try {
      const outcome = outcomeOf(await wire.post('cdata', query, bodyOf(lines)), query)
      acknowledged = outcome === 'done'
      if (acknowledged) {
        punches.acknowledge()
        repeat(lines)
      }
      return outcome
    } finally {
      deps.onPost?.({ lines: lines.length, acknowledged, repeated, tookMs: performance.now() - began })
    }
  }

  function repeat(lines: readonly string[]): void {
    if (!traits.repeats) return
    for (const { afterMs, what } of repetitionsOf(traits.repeats, luck)) {
      // One loss at a time: several in a row would send the same body, which is a loop and no accident.
      if (what === 'everything' && resetDue) continue
      resetDue ||= what === 'everything'
      const message = () => {
        if (what === 'batch') return [attlogMessage(lines)]
        resetDue = false
        return [attlogMessage(punches.sentAfter('').slice(-resentLines), '0')]
      }
      later.push({ atMs: time.now() + afterMs, message })
    }
    later.sort((one, other) => one.atMs - other.atMs)
  }

  async function poll(): Promise<Outcome> {
    const current = session
    if (!current) return 'done'
    const introduction = current.introduced ? {} : { INFO: infoOf(currentOptions(memory)) }
    const reply = await wire.get('getrequest', introduction)
    if (isForgotten(reply)) {
      session = undefined
      return 'refused'
    }
    // An empty reply means "server offline" to firmware.
    const commands = reply.status === 200 && reply.body !== '' ? traits.readPoll(reply.body) : undefined
    if (!commands) return 'refused'
    current.introduced = true
    syncClock(reply, current)
    for (const command of commands) carryOut(command.id, executeCommand(command.text, memory, command.id))
    if (commands.length > 0) deps.onChange?.()
    const everyMs = Math.max(commands.length > 0 ? 1000 : current.delayMs, (deps.pollMinMs ?? 0) * time.speed)
    pollAt = time.now() + everyMs
    return 'done'
  }

  function syncClock(reply: Reply, { syncTimeMs }: HandshakeOptions): void {
    if (traits.clock.setBy !== 'sync' || syncTimeMs === undefined) return
    if (time.now() - syncedAt < syncTimeMs) return
    syncedAt = time.now()
    followDate(reply)
  }

  function carryOut(id: string, outcome: CommandOutcome): void {
    const now = time.now()
    const { upload, rows, answerAfterMs, afterwards } = outcome
    if (outcome.clock !== undefined) clock.setTo(outcome.clock, now)
    if (upload && upload.lines.length > 0) outbox.push(...uploadMessages(upload.table, upload.lines))
    else if (upload && traits.postsNothing) outbox.push(attlogMessage([]))
    const result: Message = {
      path: 'devicecmd',
      query: {},
      body: resultText(id, outcome),
      ...(afterwards ? { afterwards } : {}),
    }
    if (answerAfterMs === undefined) outbox.push(result)
    else later.push({ atMs: now + answerAfterMs, message: () => [result] })
    schedule(rows ?? [])
  }

  function schedule(rows: NonNullable<CommandOutcome['rows']>): void {
    const now = time.now()
    for (const { afterMs, row } of rows) {
      later.push({ atMs: now + afterMs, message: atMs => [operlog(atMs, row)] })
    }
    later.sort((one, other) => one.atMs - other.atMs)
  }

  function releaseDue(now: number): void {
    const due = later.filter(({ atMs }) => atMs <= now)
    if (due.length === 0) return
    later = later.filter(({ atMs }) => atMs > now)
    outbox.push(...due.flatMap(({ atMs, message }) => message(atMs)))
  }

  function reboot(): void {
    deps.log(`${serial} restarts`)
    session = undefined
    offUntil = time.now() + rebootMs
    outbox.push(operlog(offUntil, local => `OPLOG 0\t0\t${local}\t0\t0\t0\t0`))
  }

  function outcomeOf(reply: Reply, { table }: Readonly<Record<string, string>>): Outcome {
    if (isForgotten(reply)) session = undefined
    const takes = table === 'ATTLOG' || table === 'OPERLOG' ? traits.takes : isAcknowledged
    if (takes(reply)) return 'done'
    return isAcknowledged(reply) ? 'again' : 'refused'
  }

  function punch(code: string, line: string): void {
    if (people.users.has(code)) {
      const isCutOff = silent || attempts.isOffline() || deps.silentUntil?.(time.now()) !== undefined
      if (isCutOff && traits.keepsOfflinePunches) punches.keep(line)
      else punches.add(line)
      if (identity.hasDoor) schedule(doorPassage(serial, line))
    } else {
      outbox.push(operlog(time.now(), local => `OPLOG 2\t0\t${local}\t${code}\t0\t0\t0`))
    }
    nap.abort()
  }

  return {
    serial,
    load: punches.load,
    punch,
    users: () => people.users,
    changes,
    templates: () => people.fingers.size + people.faces.size + people.templates.size,
    waiting: punches.waiting,
    greeted: () => greeted,
    aheadMs: clock.aheadMs,
    localAt: clock.localAt,
    run,
  }
}
