import { flakyUntil } from './flaky.ts'
import { encodeGbk } from './gbk.ts'
import { oldWireOf } from './old-wire.ts'
import { readCommands, readCommandsOfOld, type ServerCommand } from './poll-reply.ts'
import type { RepeatHabit } from './repeat-habit.ts'
import type { ClockHabit } from './terminal-clock.ts'
import { isAcknowledged, type Reply, type Wire, type WireDeps, wireOf } from './wire.ts'

/** In what attendance terminals differ from each other, as far as a server can tell. */
export type Traits = {
  /** What the handshake states beside `options=all`. */
  hello: Readonly<Record<string, string>>
  /** `each`: a connection for each request, and the reader of old (old-wire.ts). */
  connection: 'kept' | 'each'
  charset: 'utf-8' | 'gbk'
  /** Zone of its wall clock, whatever the server says. */
  zone?: string
  /** `last`: the packed time of the last record, and what is newer than the server's stamp is sent again. */
  stamps: 'constant' | 'last'
  batchLinesMax: number
  /** An answer without rows is an upload all the same, which then is a GET. */
  postsNothing: boolean
  /** Whether a reply acknowledges an upload of rows; of what is no table, OK always does. */
  takes: (reply: Reply) => boolean
  /** Undefined for a reply it cannot make sense of. */
  readPoll: (body: string) => ServerCommand[] | undefined
  clock: ClockHabit
  repeats?: RepeatHabit
  /** End of the silence it is in at a moment, if it is in one. */
  silentUntil?: (serial: string, atMs: number) => number | undefined
  /** Punches made while it had no server stay in it until somebody asks. */
  keepsOfflinePunches: boolean
}

/** A terminal as the documents have it. */
export const plainTraits: Traits = {
  hello: { pushver: '2.4.1', language: '69', DeviceType: 'att', PushOptionsFlag: '1' },
  connection: 'kept',
  charset: 'utf-8',
  stamps: 'constant',
  batchLinesMax: 1000,
  postsNothing: false,
  takes: isAcknowledged,
  readPoll: readCommands,
  clock: { gainsPerDay: 0, setBy: 'hand' },
  keepsOfflinePunches: false,
}

/** What one personality changes of a terminal; pure, so that several can be put together. */
export type Personality = { summary: string; change: (traits: Traits) => Traits }

const minuteMs = 60_000

export const personalities = {
  'old-firmware': {
    summary: 'generation 2.0: a connection for each request, strict about every byte of a reply, real stamps',
    change: traits => ({
      ...traits,
      hello: {},
      connection: 'each',
      stamps: 'last',
      batchLinesMax: 200,
      postsNothing: true,
      readPoll: readCommandsOfOld,
      clock: { ...traits.clock, setBy: 'handshake' },
    }),
  },
  'bare-ok': {
    summary: 'takes only a bare OK for an acknowledgement and sends the same again until it gets one',
    change: traits => ({ ...traits, takes: reply => reply.status === 200 && reply.body === 'OK' }),
  },
  'counted-ok': {
    summary: 'takes only OK with a count for an acknowledgement',
    change: traits => ({ ...traits, takes: reply => reply.status === 200 && /^OK: ?\d+$/.test(reply.body) }),
  },
  'gbk-names': {
    summary: 'its language is Chinese (83) and names are written in GBK',
    change: traits => ({ ...traits, hello: { ...traits.hello, language: '83' }, charset: 'gbk' }),
  },
  'half-hour-zone': {
    summary: 'stands in Kathmandu, 5:45 from Greenwich, whatever the server says',
    change: traits => ({ ...traits, zone: 'Asia/Kathmandu' }),
  },
  'drifting-clock': {
    summary: 'its clock gains 40 seconds a day until SyncTime or DateTime put it right',
    change: traits => ({ ...traits, clock: { gainsPerDay: 40, setBy: 'sync' } }),
  },
  'duplicate-sender': {
    summary: 'sends batches again at random, and everything of late when it loses its stamp',
    change: traits => ({
      ...traits,
      // Never the same body three times within ten minutes, which would be a loop and no accident.
      repeats: {
        againChance: 0.4,
        laterChance: 0.2,
        resetChance: 0.1,
        laterMinMs: 11 * minuteMs,
        laterMaxMs: 25 * minuteMs,
      },
    }),
  },
  sleeper: {
    summary: 'drops off the network for minutes and comes back with what it kept',
    change: traits => ({ ...traits, silentUntil: flakyUntil }),
  },
  'forgetful-sleeper': {
    summary: 'a sleeper that sends what it kept only when asked, as a SenseFace 3A does',
    change: traits => ({ ...traits, silentUntil: flakyUntil, keepsOfflinePunches: true }),
  },
} as const satisfies Readonly<Record<string, Personality>>

export type PersonalityName = keyof typeof personalities

/** A terminal with all of these personalities, each changing what the ones before it left. */
export function traitsOf(names: readonly PersonalityName[], speed = 1): Traits {
  const traits = names.reduce<Traits>((before, name) => personalities[name].change(before), plainTraits)
  // To a server on real time the silences of a fast clock are seconds: it would never notice, and never ask.
  return speed === 1 ? traits : { ...traits, keepsOfflinePunches: false }
}

/** The line such a terminal speaks over. */
export function wireFor(traits: Traits, deps: WireDeps): Wire {
  const spoken = traits.charset === 'gbk' ? { ...deps, encode: encodeGbk } : deps
  return traits.connection === 'each' ? oldWireOf(spoken) : wireOf(spoken)
}
