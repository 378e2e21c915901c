import { createHistogram } from 'node:perf_hooks'
import { Temporal } from 'temporal-polyfill'
import type { Agent } from 'undici'
import { controllerMember, type FleetMember, type MemberPerson, terminalMember } from './fleet-members.ts'
import type { FleetPersonality } from './fleet-personality.ts'
import { arrivalAt, type FleetProfile, groupSize, punchesPerMinute } from './fleet-profile.ts'
import { type Random, randomFor } from './random.ts'
import { type SimulatedTime, simulatedTime } from './simulated-time.ts'
import { storm } from './storm.ts'
import type { PostReport } from './terminal.ts'
import type { TerminalIdentity } from './terminal-lines.ts'
import { connectionsTo, wireOf } from './wire.ts'

export type FleetOptions = {
  devicesUrl: string
  /** How many terminals. */
  devices: number
  profile: FleetProfile
  /** What they are; attendance terminals by the book where it is not said. Not for a storm. */
  personality?: FleetPersonality
  speed?: number
  signal: AbortSignal
  log: (line: string) => void
  /** Wall clock of terminals whose server does not state a TimeZone; the computer's own by default. */
  zone?: string
  now?: () => number
}

export type FleetSummary = {
  /** Distinct punch lines that left a terminal. */
  sent: number
  acknowledged: number
  /** Posts that repeated lines already sent. */
  retried: number
  p50Ms: number
  p95Ms: number
}

const connectionsMax = 512
const peoplePerTerminal = 40
const firmware = { model: 'SpeedFace-V5L', firmware: 'ZAM180-NF-Ver1.1.17', hasDoor: false, newer: false }

/** Plays many generic terminals until aborted, then logs and returns one summary. */
export async function runFleet(options: FleetOptions): Promise<FleetSummary> {
  const { devices, profile, signal, log } = options
  const time = simulatedTime({ speed: options.speed ?? 1, ...(options.now ? { now: options.now } : {}) })
  const tally = createTally()
  const stop = new AbortController()
  const onAbort = () => stop.abort()
  signal.addEventListener('abort', onAbort)
  if (signal.aborted) stop.abort()
  const agent = connectionsTo(Math.min(devices, connectionsMax))
  try {
    log(`fleet: ${devices} terminals, profile ${profile}`)
    const members = Array.from({ length: devices }, (_, index) =>
      play(index, options, { agent, time, tally, stop }),
    )
    await Promise.all(members.map(work => work.finally(onAbort)))
  } finally {
    stop.abort()
    signal.removeEventListener('abort', onAbort)
    await agent.destroy()
  }
  const summary = tally.summary()
  log(
    `fleet: ${summary.sent} sent, ${summary.acknowledged} acknowledged, ${summary.retried} retried, ` +
      `p50 ${summary.p50Ms} ms, p95 ${summary.p95Ms} ms`,
  )
  return summary
}

type Shared = { agent: Agent; time: SimulatedTime; tally: Tally; stop: AbortController }

async function play(index: number, options: FleetOptions, shared: Shared): Promise<void> {
  const { agent, time, tally, stop } = shared
  const identity = identityOf(index, options.zone ?? Temporal.Now.timeZoneId())
  const { serial } = identity
  const people = Array.from({ length: peoplePerTerminal }, (_, person) =>
    personOf(index * peoplePerTerminal + person),
  )
  const random = randomFor('fleet', options.profile, serial)
  const { devicesUrl, profile, personality = { kind: 'terminals', names: [] } } = options
  if (profile === 'storm') {
    const wire = wireOf({ devicesUrl, agent, serial, signal: stop.signal })
    const codes = people.map(person => person.code)
    return storm({ identity, wire, time, codes, random, onPost: tally.count }, stop.signal)
  }
  const deps = {
    identity,
    people,
    devicesUrl,
    agent,
    signal: stop.signal,
    time,
    // A thousand terminals that lose the same server have one thing to say; the summary says it.
    log: devicesQuiet(options),
    onPost: tally.count,
  }
  const member =
    personality.kind === 'controllers' ? controllerMember(deps) : terminalMember(deps, personality.names)
  const crowd = feed({ member, people, time, random, profile }, stop.signal)
  await Promise.all([member.run(stop.signal), crowd.finally(() => stop.abort())])
}

/** People arrive at random, as often as the hour asks. */
async function feed(
  deps: {
    member: FleetMember
    people: readonly MemberPerson[]
    time: SimulatedTime
    random: Random
    profile: FleetProfile
  },
  signal: AbortSignal,
): Promise<void> {
  const { member, people, time, random, profile } = deps
  // The doors open when the clock is right; a punch by the wrong zone could not be taken back.
  while (!signal.aborted && !member.greeted()) await time.wait(50 * time.speed, signal)
  while (!signal.aborted) {
    const gapMs = random.tail(60_000 / punchesPerMinute(profile, minuteOf(member.localNow())))
    // Arrivals have no memory, so a long gap may be drawn again when the hour has moved on.
    await time.wait(Math.min(gapMs, 60_000), signal)
    if (signal.aborted || gapMs > 60_000) continue
    const group = groupSize(profile, random)
    for (let one = 0; one < group; one += 1) {
      const code = people[random.between(0, people.length - 1)]?.code ?? ''
      member.punch(code, arrivalAt(profile, minuteOf(member.localNow()), random))
    }
  }
}

function minuteOf(local: string): number {
  return Number(local.slice(11, 13)) * 60 + Number(local.slice(14, 16))
}

function devicesQuiet({ devices, log }: FleetOptions): (line: string) => void {
  return devices > 20 ? () => {} : log
}

function identityOf(index: number, zone: string): TerminalIdentity {
  const part = (shift: number) => ((index >> shift) & 255).toString(16).toUpperCase().padStart(2, '0')
  return {
    serial: `SIM-FLEET-${String(index + 1).padStart(4, '0')}`,
    ...firmware,
    zone,
    clockOffsetSeconds: 0,
    // Locally administered, so no maker's range is used up.
    mac: `02:00:5E:00:${part(8)}:${part(0)}`,
    address: `198.51.100.${(index % 254) + 1}`,
  }
}

function personOf(index: number): MemberPerson {
  const number = String(index + 1).padStart(5, '0')
  return { code: number, firstName: 'Fleet', lastName: `person ${number}`, card: String(7_000_000 + index) }
}

type Tally = ReturnType<typeof createTally>

function createTally() {
  const latency = createHistogram()
  let sent = 0
  let acknowledged = 0
  let retried = 0
  const milliseconds = (percentile: number) =>
    latency.count === 0 ? 0 : latency.percentile(percentile) / 1000
  return {
    count: (report: PostReport) => {
      if (report.repeated) retried += 1
      else sent += report.lines
      if (!report.acknowledged) return
      acknowledged += report.lines
      latency.record(Math.max(1, Math.round(report.tookMs * 1000)))
    },
    summary: (): FleetSummary => ({
      sent,
      acknowledged,
      retried,
      p50Ms: Math.round(milliseconds(50) * 10) / 10,
      p95Ms: Math.round(milliseconds(95) * 10) / 10,
    }),
  }
}
