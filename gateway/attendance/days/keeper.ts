import { randomUUID } from 'node:crypto'
import type { Clock } from '#platform/clock.ts'
import { replaceRows } from '#platform/database/dialect.ts'
import type { Logger } from '#platform/logger.ts'
import { dayResults, dropDays, nextJudged } from '../../store/day-results.ts'
import { firstKnownDay } from '../../store/first-day.ts'
import type { Store } from '../../store/index.ts'
import { countStale, daysState, forgetStale, holdDays, isEveryoneDue } from '../../store/stale-log.ts'
import { localAt, shiftDay } from '../../time/zone.ts'
import type { PeopleRequest } from '../read-people.ts'
import type { DateRange } from '../rules/types.ts'
import { everyoneMark, markDaysStale } from '../stale-days.ts'
import { createBreath } from './breath.ts'
import type { PersonDayFacts, Standing } from './day-source.ts'
import type { JudgedText } from './judge.worker.ts'
import { createJudgeThread } from './judge-thread.ts'
import type { Reading, Readings } from './readings.ts'
import { staleIn } from './stale-in.ts'
import type { CountRange, KeptCounts, PersonSums, SumsRequest } from './sum-days.ts'

export interface DayKeeper {
  /** Judges what has to be judged again; one round at a time, whoever asks. */
  turn(): Promise<void>
  /**
   * True when what is kept is what a recount would say, for dates up to `toDate`; it judges first what little is due.
   * False while much is due, or where another process judges and is behind.
   */
  isCurrent(toDate: string): Promise<boolean>
  /** The same of a range, and of whom it is not true. */
  standing(range: DateRange): Promise<Standing>
  /** Days of some people as the rules make them now, on the other thread. */
  judge(codes: readonly string[], request: PeopleRequest): Promise<PersonDayFacts[]>
  /** What is made of the days of everybody, read and added up on the other thread; `standing` says whose are kept. */
  read<W extends Reading['what']>(
    reading: Extract<Reading, { readonly what: W }>,
    standing: Standing,
  ): Promise<Readings[W]>
  /** Sums of kept days, added up on the other thread. */
  sum(request: SumsRequest): Promise<PersonSums[]>
  /** What is kept in a range, counted there too. */
  count(range: CountRange): Promise<KeptCounts>
  /** Begins nothing more; what is under way ends with its piece. */
  rest(): void
  close(): Promise<void>
}

interface KeeperDeps {
  readonly store: Store
  readonly clock: Pick<Clock, 'now'>
  readonly log: Pick<Logger, 'warn'>
}

/** Days ahead that are judged too: a month's view ends in the future. */
const aheadDays = 40
/** Days that time alone can change are looked at again this often, a person: two in a hundred of the other thread. */
const openEveryMsPerPerson = 30
const openEveryMaxMs = 60_000
/** So few are looked at again for whoever asks. */
const openFewPeople = 50
/** What a round took does not make its result old. */
const openGraceMs = 5_000
/** While punches keep coming there is always something due; the next round goes on. */
const passesMax = 5
/** How long somebody who asks waits for what is due; then those it is about are judged as asked. */
const waitMs = 5_000
/** Entries of the log somebody who asks waits for. */
const waitEntriesMax = 400
const holdMs = 15_000

/** Keeps the days of everybody judged, as facts come in and time passes. */
export function createDayKeeper({ store, clock, log }: KeeperDeps): DayKeeper {
  const thread = createJudgeThread(store.location)
  const breath = createBreath()
  const holder = randomUUID()
  // Where the store counts its own changes nobody else writes to it.
  const isShared = store.changes === undefined
  let running: Promise<void> | undefined
  let closing = false
  let heldAt = 0
  /** People with open days, when they were looked at last. */
  let openCount = 0
  const openEvery = () => Math.min(openEveryMaxMs, openEveryMsPerPerson * openCount)
  /** What is older was missed. Of few people nothing is old enough to be shown. */
  const openOld = () => (openCount <= openFewPeople ? 0 : 3 * openEvery())

  const lastDay = () => shiftDay(localAt(clock.now(), 'UTC').local.slice(0, 10), aheadDays)
  /** False where another process judges. */
  const hold = async () => {
    if (!isShared) return true
    heldAt = clock.now()
    return store.write(write => holdDays(write, holder, heldAt, holdMs))
  }
  const round = async (isAsked: boolean) => {
    const now = clock.now()
    if (!(await hold())) return
    for (let pass = 0; pass < passesMax; pass++) {
      // Each time: a punch that came meanwhile may be older than all that was known.
      await advance()
      if (closing || (await countStale(store.read, 1)) === 0) break
      const { pieces, read } = await thread.plan({ logUpTo: lastDay() })
      if (!(await settle(pieces))) return
      await forgetStale(store.writer, read)
    }
    if (closing) return
    const { open_judged_at } = await daysState(store.read)
    const isDue = open_judged_at > now || now - open_judged_at >= openEvery()
    if (isDue || (isAsked && openCount <= openFewPeople)) await reopen(now)
  }

  /** A new day begins for everybody, also for those of whom nothing comes; and so does an old one that became known. */
  const advance = async () => {
    const until = lastDay()
    const [{ through, since }, known] = await Promise.all([
      daysState(store.read),
      firstKnownDay(store.read, clock.now()),
    ])
    const moved = since !== '' && since !== known
    if (through >= until && since === known) return
    const fromDay = through === '' ? shiftDay(until, -aheadDays - 1) : shiftDay(through, 1)
    await store.write(async write => {
      if (through < until) await markDaysStale(write, { employeeCodes: 'everyone', fromDay, toDay: until })
      if (moved) {
        const [from, to] = since < known ? [since, known] : [known, since]
        await markDaysStale(write, { employeeCodes: 'everyone', fromDay: from, toDay: to })
      }
      await write
        .updateTable('days_state')
        .set({ through: until, since: known })
        .where('id', '=', 1)
        .execute()
    })
  }

  const reopen = async (now: number) => {
    const today = shiftDay(localAt(now, 'UTC').local.slice(0, 10), 1)
    const { pieces, people } = await thread.plan({ openUpTo: today })
    openCount = people
    if (!(await settle(pieces))) return
    await store.write(write =>
      write.updateTable('days_state').set({ open_judged_at: now }).where('id', '=', 1).execute(),
    )
  }

  /** Judges and keeps one piece after the other; false where it was cut short, and what is left stays in the log. */
  const settle = async (pieces: number) => {
    for (let piece = 0; piece < pieces; piece++) {
      const started = performance.now()
      const judged = await thread.judge(piece, clock.now())
      // Whoever has taken over meanwhile may know better.
      if (isShared && clock.now() - heldAt > holdMs / 3 && !(await hold())) return false
      await save(judged)
      await breath.take(performance.now() - started)
      if (closing) return false
    }
    return true
  }

  const save = async ({ saves, gone }: JudgedText) => {
    // Each a transaction of its own in one message: the writer is never held while a thread has to wake.
    if (gone !== null) await dropDays(store.writer, store.dialect, gone)
    for (const rows of saves) await replaceRows(store.writer, dayResults, rows)
  }

  const turn = (isAsked = false) => {
    running ??= round(isAsked).finally(() => {
      running = undefined
    })
    return running
  }

  const isCurrent = async (toDate: string) => {
    if (toDate > lastDay()) return false
    if (await isDone(store, clock.now(), openOld())) return true
    if (await isMuchDue(store)) return false
    // The round under way may have begun before the last fact; the next one has not.
    const judged = async () => {
      await running?.catch(() => undefined)
      await turn(true).catch(error =>
        log.warn({ err: error }, 'judging days failed; they are judged as asked'),
      )
    }
    await breath.without(() => within(waitMs, judged()))
    return isDone(store, clock.now(), Math.max(openOld(), openGraceMs))
  }

  return {
    turn: () => turn(),
    isCurrent,
    async standing(range) {
      if (await isCurrent(range.toDate)) return { kind: 'current' }
      if (range.toDate > lastDay()) return { kind: 'unkept' }
      return staleIn(store, range, clock.now(), Math.max(openOld(), openGraceMs))
    },
    judge: (codes, request) => thread.people(codes, request),
    read: (reading, standing) => thread.read(reading, standing),
    sum: request => thread.sum(request),
    count: range => thread.count(range),
    rest() {
      closing = true
    },
    async close() {
      closing = true
      await breath.without(async () => running?.catch(() => undefined))
      await thread.close()
    },
  }
}

/** Ends with `work`, or after `ms` while it goes on. */
async function within(ms: number, work: Promise<void>): Promise<void> {
  const late = Promise.withResolvers<void>()
  const timer = setTimeout(late.resolve, ms)
  await Promise.race([work, late.promise])
  clearTimeout(timer)
}

async function isDone(store: Store, now: number, openOldMs: number): Promise<boolean> {
  if ((await countStale(store.read, 1)) > 0) return false
  const { open_judged_at, through } = await daysState(store.read)
  const age = now - open_judged_at
  return through !== '' && age >= 0 && age < openOldMs
}

/** More than whoever asks waits for: a long log, or a word about everybody where they are many. */
async function isMuchDue(store: Store): Promise<boolean> {
  if ((await countStale(store.read, waitEntriesMax + 1)) > waitEntriesMax) return true
  if (!(await isEveryoneDue(store.read, everyoneMark))) return false
  const some = await nextJudged(store.read, { code: '', inclusive: true }, openFewPeople + 1)
  return some.length > openFewPeople
}
