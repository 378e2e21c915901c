import { attlogQuery, bodyOf, type Message, operlogMessage, uploadMessages } from './outbox.ts'
import { createPunchMemory } from './punch-memory.ts'
import { localAt } from './schedule.ts'
import { type SimulatedTime, waitUntil } from './simulated-time.ts'
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
  onPost?: (report: PostReport) => void
}

export type Terminal = {
  serial: string
  /** Punches from before the run: remembered, and uploaded when asked. */
  load: (lines: readonly string[], upload: boolean) => void
  /** Someone punches now. A PIN deleted at the terminal is refused. */
  punch: (code: string, line: string) => void
  /** Punches not yet acknowledged. */
  waiting: () => number
  /** Whether a server has ever answered the handshake, and so told the terminal its zone. */
  greeted: () => boolean
  /** The wall clock as this terminal shows it. */
  localNow: () => string
  /** Runs until aborted, leaving no timer and no request behind. */
  run: (signal: AbortSignal) => Promise<void>
}

const optionsQuery = { table: 'options' }
const rebootMs = 8000
const quickRetryMs = 300
const quickRetries = 3

/**
 * One attendance terminal. As in firmware there is a single thread: it shakes hands, reports, polls and uploads one
 * request at a time, and everything not acknowledged is sent again, unchanged (iclock-push 14).
 */
export function createTerminal(deps: TerminalDeps): Terminal {
  const { identity, wire, time } = deps
  const { serial } = identity
  const punches = createPunchMemory()
  const outbox: Message[] = []
  let later: { atMs: number; message: (atMs: number) => Message }[] = []
  let session: (HandshakeOptions & { introduced: boolean }) | undefined
  let zone = identity.zone
  let usersDue = deps.sendUsers ?? false
  let failures = 0
  // Until a server has said how patient to be, it is probably just starting.
  let errorDelayMs = 2000
  let retryAt = 0
  let pollAt = 0
  let offUntil = 0
  let silent = false
  let greeted = false
  let nap = new AbortController()

  const memory: TerminalMemory = {
    identity,
    users: new Map(deps.users),
    settings: new Map(),
    punches,
  }

  const localOf = (atMs: number) => localAt(atMs + identity.clockOffsetSeconds * 1000, zone)

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
    if (now < Math.max(offUntil, retryAt)) return waitUntil(time, Math.max(offUntil, retryAt), signal)
    releaseDue(now)
    if (!session) return attempt(handshake, signal)
    if (outbox.length > 0) return attempt(sendFirst, signal)
    if (now >= pollAt) return attempt(poll, signal)
    if (punches.waiting() > 0) return attempt(sendPunches, signal)
    if (signal.aborted) return
    nap = new AbortController()
    await time.wait(Math.max(0, Math.min(pollAt, later[0]?.atMs ?? pollAt) - now), nap.signal)
  }

  /** Runs one exchange and decides when to try again; nothing is given up, whatever the reply. */
  async function attempt(exchange: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
    let offline = false
    let done = false
    try {
      done = await exchange()
    } catch (error) {
      if (signal.aborted) return
      offline = true
      if (failures === quickRetries - 1)
        deps.log(`${serial} cannot reach the device port: ${reasonOf(error)}`)
    }
    if (done) {
      if (failures >= quickRetries) deps.log(`${serial} reaches the device port again`)
      failures = 0
      return
    }
    failures += 1
    if (offline && failures < quickRetries) {
      retryAt = time.now() + quickRetryMs * failures
      return
    }
    if (offline) session = undefined
    const doublings = Math.min(2, Math.max(0, failures - (offline ? quickRetries : 1)))
    retryAt = time.now() + errorDelayMs * 2 ** doublings
  }

  async function handshake(): Promise<boolean> {
    const query = {
      options: 'all',
      pushver: '2.4.1',
      language: '69',
      DeviceType: 'att',
      PushOptionsFlag: '1',
    }
    const reply = await wire.get('cdata', query)
    if (reply.status !== 200 || reply.body === '' || isForgotten(reply)) return false
    session = { ...handshakeOptions(reply.body), introduced: false }
    greeted = true
    errorDelayMs = session.errorDelayMs
    if (deps.zoneFromServer) zone = offsetZone(session.timeZone) ?? zone
    pollAt = time.now()
    // One of these is enough, however often the line broke before it went through.
    if (outbox[0]?.query === optionsQuery) outbox.shift()
    outbox.unshift({ path: 'cdata', query: optionsQuery, body: optionsBody(currentOptions(memory)) })
    if (identity.hasDoor && deps.statesDoor) outbox.push(operlogMessage([doorClosed(localOf(time.now()))]))
    if (usersDue) outbox.push(...uploadMessages('OPERLOG', [...memory.users.values()].map(userLine)))
    usersDue = false
    return true
  }

  async function sendFirst(): Promise<boolean> {
    const [message] = outbox
    if (!message) return true
    const reply = await wire.post(message.path, message.query, message.body)
    if (!accepted(reply)) return false
    outbox.splice(outbox.indexOf(message), 1)
    if (message.afterwards === 'handshake') session = undefined
    if (message.afterwards === 'reboot') reboot()
    return true
  }

  async function sendPunches(): Promise<boolean> {
    const { lines, repeated } = punches.batch(deps.batchLines ?? 200)
    const began = performance.now()
    let acknowledged = false
    try {
      acknowledged = accepted(await wire.post('cdata', attlogQuery, bodyOf(lines)))
      if (acknowledged) punches.acknowledge()
      return acknowledged
    } finally {
      deps.onPost?.({ lines: lines.length, acknowledged, repeated, tookMs: performance.now() - began })
    }
  }

  async function poll(): Promise<boolean> {
    const current = session
    if (!current) return true
    const introduction = current.introduced ? {} : { INFO: infoOf(currentOptions(memory)) }
    const reply = await wire.get('getrequest', introduction)
    if (isForgotten(reply)) return accepted(reply)
    // An empty reply means "server offline" to firmware.
    if (reply.status !== 200 || reply.body === '') return false
    current.introduced = true
    const commands = reply.body.split(/\r?\n/).flatMap(line => {
      const [, id, text] = /^C:([^:]+):(.*)$/.exec(line) ?? []
      return id === undefined || text === undefined ? [] : [{ id, text }]
    })
    for (const command of commands) carryOut(command.id, executeCommand(command.text, memory, command.id))
    const everyMs = Math.max(commands.length > 0 ? 1000 : current.delayMs, (deps.pollMinMs ?? 0) * time.speed)
    pollAt = time.now() + everyMs
    return true
  }

  function carryOut(id: string, outcome: CommandOutcome): void {
    const now = time.now()
    const { upload, rows, answerAfterMs, afterwards } = outcome
    if (upload && upload.lines.length > 0) outbox.push(...uploadMessages(upload.table, upload.lines))
    const result: Message = {
      path: 'devicecmd',
      query: {},
      body: resultText(id, outcome),
      ...(afterwards ? { afterwards } : {}),
    }
    if (answerAfterMs === undefined) outbox.push(result)
    else later.push({ atMs: now + answerAfterMs, message: () => result })
    schedule(rows ?? [])
  }

  function schedule(rows: NonNullable<CommandOutcome['rows']>): void {
    const now = time.now()
    for (const { afterMs, row } of rows) {
      later.push({ atMs: now + afterMs, message: atMs => operlogMessage([row(localOf(atMs))]) })
    }
    later.sort((one, other) => one.atMs - other.atMs)
  }

  function releaseDue(now: number): void {
    const due = later.filter(({ atMs }) => atMs <= now)
    if (due.length === 0) return
    later = later.filter(({ atMs }) => atMs > now)
    outbox.push(...due.map(({ atMs, message }) => message(atMs)))
  }

  function reboot(): void {
    deps.log(`${serial} restarts`)
    session = undefined
    offUntil = time.now() + rebootMs
    outbox.push(operlogMessage([`OPLOG 0\t0\t${localOf(offUntil)}\t0\t0\t0\t0`]))
  }

  function accepted(reply: Reply): boolean {
    if (isForgotten(reply)) session = undefined
    return isAcknowledged(reply)
  }

  function punch(code: string, line: string): void {
    if (memory.users.has(code)) {
      punches.add(line)
      if (identity.hasDoor) schedule(doorPassage(serial, line))
    } else {
      outbox.push(operlogMessage([`OPLOG 2\t0\t${localOf(time.now())}\t${code}\t0\t0\t0`]))
    }
    nap.abort()
  }

  return {
    serial,
    load: punches.load,
    punch,
    waiting: punches.waiting,
    greeted: () => greeted,
    localNow: () => localOf(time.now()),
    run,
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message
}
