import { randomUUID } from 'node:crypto'
import type { Clock } from '#platform/clock.ts'
import type { Logger } from '#platform/logger.ts'
import { firstOpenDays, nextJudged, openPeople, saveDays } from '../../store/day-results.ts'
import { firstKnownDay } from '../../store/first-day.ts'
import type { Store } from '../../store/index.ts'
import {
  countStale,
  daysState,
  everyone,
  forgetStale,
  holdDays,
  isEveryoneDue,
  type StaleEntry,
  staleEntries,
} from '../../store/stale-log.ts'
import { localAt, shiftDay } from '../../time/zone.ts'
import type { PeopleRequest } from '../read-people.ts'
import type { DateRange } from '../rules/types.ts'
import { everyoneMark, markDaysStale } from '../stale-days.ts'
import { createBreath } from './breath.ts'
import type { PersonDayFacts, Standing } from './day-source.ts'
import { around, type Judged, type Work } from './judge.ts'
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
const entriesMax = 5_000
/** Person-days a message: some 50 ms of the other thread. */
const daysPerMessage = 2_000
/** Rows a transaction, so that no punch waits long behind them. */
const rowsPerWrite = 100
/** What a round took does not make its result old. */
const openGraceMs = 5_000
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
  /** People with open days, when they were looked at last. */
  let openCount = 0
  const openEvery = () => Math.min(openEveryMaxMs, openEveryMsPerPerson * openCount)
  /** What is older was missed. Of few people nothing is old enough to be shown. */
  const openOld = () => (openCount <= openFewPeople ? 0 : 3 * openEvery())

  const lastDay = () => shiftDay(localAt(clock.now(), 'UTC').local.slice(0, 10), aheadDays)
  const round = async (isAsked: boolean) => {
    const now = clock.now()
    if (isShared && !(await store.write(write => holdDays(write, holder, now, holdMs)))) return
    for (;;) {
      // Each time: a punch that came meanwhile may be older than all that was known.
      await advance()
      const entries = await staleEntries(store.read, entriesMax)
      if (entries.length === 0 || closing) break
      await settle(await workOf(store, entries, lastDay()), entries)
      if (isShared && !(await store.write(write => holdDays(write, holder, clock.now(), holdMs)))) return
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
    const open = await openPeople(store.read, shiftDay(localAt(now, 'UTC').local.slice(0, 10), 1))
    const today = shiftDay(localAt(now, 'UTC').local.slice(0, 10), 1)
    const work = open.map(({ employee_code, from_day }) => ({
      code: employee_code,
      fromDay: from_day,
      toDay: today,
    }))
    openCount = work.length
    await settle(work, [])
    if (closing) return
    await store.write(write =>
      write.updateTable('days_state').set({ open_judged_at: now }).where('id', '=', 1).execute(),
    )
  }

  const settle = async (work: readonly Work[], entries: readonly StaleEntry[]) => {
    for (const message of messages(work)) {
      const started = performance.now()
      await save(await thread.judge(message, clock.now()))
      await breath.take(performance.now() - started)
      // What is left stays in the log for the next start.
      if (closing) return
    }
    if (entries.length > 0) await store.write(write => forgetStale(write, store.dialect, entries))
  }

  const save = async ({ rows, gone }: Judged) => {
    if (gone.length > 0) await store.write(write => saveDays(write, store.dialect, { rows: [], gone }))
    for (let from = 0; from < rows.length; from += rowsPerWrite) {
      const some = rows.slice(from, from + rowsPerWrite)
      await store.write(write => saveDays(write, store.dialect, { rows: some, gone: [] }))
    }
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
    await breath.without(async () => {
      await running?.catch(() => undefined)
      await turn(true).catch(error =>
        log.warn({ err: error }, 'judging days failed; they are judged as asked'),
      )
    })
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
    async close() {
      closing = true
      await breath.without(async () => running?.catch(() => undefined))
      await thread.close()
    },
  }
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

/** The days of each person that entries speak of; ranges that touch become one. */
async function workOf(store: Store, entries: readonly StaleEntry[], lastDay: string): Promise<Work[]> {
  const forAll = entries.filter(({ employee_code }) => employee_code === everyoneMark)
  const all = forAll.length > 0 ? await everyone(store.read) : []
  const ranges = [
    ...forAll.flatMap(entry => all.map(code => ({ ...entry, employee_code: code }))),
    ...(await withStart(
      store,
      entries.filter(({ employee_code }) => employee_code !== everyoneMark),
    )),
  ]
    .map(({ employee_code, from_day, to_day }) =>
      around({ code: employee_code, fromDay: from_day, toDay: to_day }, lastDay),
    )
    .filter(work => work.fromDay <= work.toDay)
  return [...Map.groupBy(ranges, ({ code }) => code).values()].flatMap(joined)
}

/** Entries about open days begin with the first of them; without one there is nothing to judge again. */
async function withStart(store: Store, entries: readonly StaleEntry[]): Promise<StaleEntry[]> {
  const codes = entries.flatMap(({ from_day, employee_code }) => (from_day === '' ? [employee_code] : []))
  const firsts = await firstOpenDays(store.read, [...new Set(codes)])
  return entries.flatMap(entry => {
    const from_day = entry.from_day === '' ? firsts.get(entry.employee_code) : entry.from_day
    return from_day === undefined ? [] : [{ ...entry, from_day }]
  })
}

function joined(ranges: readonly Work[]): Work[] {
  const result: Work[] = []
  for (const next of [...ranges].sort((a, b) => (a.fromDay < b.fromDay ? -1 : 1))) {
    const last = result.at(-1)
    if (!last || last.toDay < next.fromDay) result.push(next)
    else if (next.toDay > last.toDay) result[result.length - 1] = { ...last, toDay: next.toDay }
  }
  return result
}

/** People with the same range beside each other, as many as fill a message; a long range is cut. */
function* messages(work: readonly Work[]): Generator<Work[]> {
  const sorted = work
    .flatMap(cut)
    .sort((a, b) =>
      a.fromDay + a.toDay < b.fromDay + b.toDay ? -1 : a.fromDay + a.toDay > b.fromDay + b.toDay ? 1 : 0,
    )
  let message: Work[] = []
  let held = 0
  for (const piece of sorted) {
    const length = daysBetween(piece)
    if (held > 0 && held + length > daysPerMessage) {
      yield message
      message = []
      held = 0
    }
    message.push(piece)
    held += length
  }
  if (message.length > 0) yield message
}

const cutDays = 366

function cut({ code, fromDay, toDay }: Work): Work[] {
  const pieces: Work[] = []
  for (let from = fromDay; from <= toDay; from = shiftDay(from, cutDays)) {
    const end = shiftDay(from, cutDays - 1)
    pieces.push({ code, fromDay: from, toDay: end < toDay ? end : toDay })
  }
  return pieces
}

function daysBetween({ fromDay, toDay }: Work): number {
  return Math.round((Date.parse(toDay) - Date.parse(fromDay)) / 86_400_000) + 1
}
