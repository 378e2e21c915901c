import { attlogQuery, bodyOf } from './outbox.ts'
import type { Random } from './random.ts'
import { localAt } from './schedule.ts'
import type { SimulatedTime } from './simulated-time.ts'
import type { PostReport } from './terminal.ts'
import { attlogLine, handshakeOptions, offsetZone, type TerminalIdentity } from './terminal-lines.ts'
import { isAcknowledged, isForgotten, type Wire } from './wire.ts'

type StormDeps = {
  identity: TerminalIdentity
  wire: Wire
  time: SimulatedTime
  codes: readonly string[]
  random: Random
  onPost: (report: PostReport) => void
}

const burstLines = 50
const burstChance = 0.05
const retryMs = 100
const retryMaxMs = 3000

/** One terminal that posts the next punch as soon as the last one is answered, and bursts now and then. */
export async function storm(deps: StormDeps, signal: AbortSignal): Promise<void> {
  const { identity, wire, time, random, onPost } = deps
  const nextLines = lineSource(deps)
  let zone: string | undefined
  let lines: readonly string[] = []
  let repeated = false
  let failures = 0
  while (!signal.aborted) {
    const began = performance.now()
    let acknowledged = false
    try {
      if (zone === undefined) {
        zone = await zoneOf(wire, identity)
        acknowledged = zone !== undefined
      } else {
        if (!repeated) lines = nextLines(random.chance(burstChance) ? burstLines : 1, zone)
        const reply = await wire.post('cdata', attlogQuery(), bodyOf(lines))
        acknowledged = isAcknowledged(reply)
        if (isForgotten(reply)) zone = undefined
        onPost({ lines: lines.length, acknowledged, repeated, tookMs: performance.now() - began })
        repeated = !acknowledged
      }
    } catch {
      if (zone !== undefined) {
        onPost({ lines: lines.length, acknowledged: false, repeated, tookMs: performance.now() - began })
        repeated = true
      }
    }
    failures = acknowledged ? 0 : failures + 1
    // Real time on purpose: a fast clock is no reason to hammer a server that asks for air.
    if (failures > 0) await time.wait(Math.min(retryMs * failures, retryMaxMs) * time.speed, signal)
  }
}

async function zoneOf(wire: Wire, identity: TerminalIdentity): Promise<string | undefined> {
  const reply = await wire.get('cdata', {
    options: 'all',
    pushver: '2.4.1',
    language: '69',
    DeviceType: 'att',
  })
  if (reply.status !== 200 || reply.body === '' || isForgotten(reply)) return undefined
  return offsetZone(handshakeOptions(reply.body).timeZone) ?? identity.zone
}

/** Lines that never repeat: the server may drop equal ones, and then nobody could count. */
function lineSource({ identity, time, codes }: StormDeps): (count: number, zone: string) => string[] {
  let turn = 0
  let secondMs = 0
  let local = ''
  return (count, zone) => {
    // After a full round of people and keys the clock has to have moved on, or is pushed.
    const nowMs = Math.floor(time.now() / 1000) * 1000
    if (nowMs > secondMs) {
      secondMs = nowMs
      turn = 0
    }
    local = localAt(secondMs, zone)
    return Array.from({ length: count }, () => {
      if (turn >= codes.length * 6) {
        turn = 0
        secondMs += 1000
        local = localAt(secondMs, zone)
      }
      const code = codes[turn % codes.length] ?? ''
      const status = Math.floor(turn / codes.length)
      turn += 1
      return attlogLine(identity, { code, local, status, verify: 15 })
    })
  }
}
