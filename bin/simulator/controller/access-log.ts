import { encodeTime } from '../encoded-time.ts'

/** One event as the controller keeps it. */
export type AccessRecord = {
  /** What its clock showed. */
  local: string
  /** `0` is nobody. */
  pin: string
  card: string
  door: number
  event: number
  /** 0 in, 1 out, 2 neither. */
  direction: 0 | 1 | 2
  verify: number
}

type Kept = AccessRecord & { index: number }

export type AccessLog = {
  /** Events from before the run; uploaded only when asked. */
  load: (records: readonly AccessRecord[], upload: boolean) => void
  add: (record: AccessRecord) => void
  /** Rows of the transaction table of a time, both ends included; without one, those never acknowledged. */
  rows: (range?: { from: string; to: string }) => string[]
  count: () => number
  waiting: () => number
  /** rtlog lines to send; the same ones until they are acknowledged. */
  batch: (linesMax: number) => { lines: readonly string[]; repeated: boolean }
  acknowledge: () => void
}

const keptMax = 100_000

/** A controller's memory of events, numbered from 1 (LogIDFunOn). */
export function createAccessLog(): AccessLog {
  let kept: Kept[] = []
  let unsent: Kept[] = []
  let inFlight: readonly Kept[] | undefined
  let lastIndex = 0

  function keep(record: AccessRecord): Kept {
    lastIndex += 1
    const numbered = { ...record, index: lastIndex }
    if (kept.length >= keptMax) kept = kept.slice(keptMax / 10)
    kept.push(numbered)
    return numbered
  }

  return {
    load: (records, upload) => {
      const numbered = records.map(keep)
      if (upload) unsent = [...unsent, ...numbered]
    },
    add: record => void unsent.push(keep(record)),
    rows: range => {
      const wanted = range
        ? kept.filter(({ local }) => local >= range.from && local <= range.to)
        : [...(inFlight ?? []), ...unsent]
      return wanted.map(transactionRow)
    },
    count: () => kept.length,
    waiting: () => unsent.length + (inFlight?.length ?? 0),
    batch: linesMax => {
      const repeated = inFlight !== undefined
      inFlight ??= unsent.splice(0, linesMax)
      return { lines: inFlight.map(rtlogLine), repeated }
    },
    acknowledge: () => {
      inFlight = undefined
    },
  }
}

/** iclock-push 10.1. */
function rtlogLine(record: Kept): string {
  return fieldsLine({
    time: record.local,
    pin: record.pin,
    cardno: record.card,
    eventaddr: record.door,
    event: record.event,
    inoutstatus: record.direction,
    verifytype: record.verify,
    index: record.index,
    sitecode: 0,
    linkid: 0,
    maskflag: 0,
    temperature: 0,
    convtemperature: 0,
  })
}

/** The same event in the table it is queried from (iclock-push 10.3). */
function transactionRow(record: Kept): string {
  const row = fieldsLine({
    cardno: record.card,
    pin: record.pin,
    verified: record.verify,
    doorid: record.door,
    eventtype: record.event,
    inoutstate: record.direction,
    time_second: encodeTime(record.local),
    index: record.index,
    sitecode: 0,
  })
  return `transaction ${row}`
}

/** TAB-separated `name=value` fields. */
export function fieldsLine(fields: Readonly<Record<string, string | number>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${value}`)
    .join('\t')
}
