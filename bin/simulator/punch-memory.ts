export type PunchMemory = {
  /** Punches from before the run; uploaded only when asked. */
  load: (lines: readonly string[], upload: boolean) => void
  add: (line: string) => void
  /** Remembers a punch that is uploaded only when asked for. */
  keep: (line: string) => void
  /** Lines whose time, as the terminal's clock had it, lies in the range; both ends included. */
  recall: (startLocal: string, endLocal: string) => string[]
  forget: () => void
  count: () => number
  /** Punches not yet acknowledged. */
  waiting: () => number
  /** What this run has uploaded and is newer than a wall clock, oldest first. */
  sentAfter: (local: string) => string[]
  /** The batch to send; the same one, whatever has been added, until it is acknowledged. */
  batch: (linesMax: number) => { lines: readonly string[]; repeated: boolean }
  acknowledge: () => void
}

const rememberedMax = 100_000

/** A terminal's flash: all punches it remembers, and those the server has not taken yet. */
export function createPunchMemory(): PunchMemory {
  let remembered: string[] = []
  let unsent: string[] = []
  let inFlight: readonly string[] | undefined
  let sent: string[] = []

  function remember(line: string): void {
    if (remembered.length >= rememberedMax) remembered.splice(0, rememberedMax / 10)
    remembered.push(line)
  }

  return {
    load: (lines, upload) => {
      remembered = [...remembered, ...lines]
      if (upload) unsent = [...unsent, ...lines]
    },
    add: line => {
      remember(line)
      unsent.push(line)
    },
    keep: remember,
    recall: (startLocal, endLocal) =>
      remembered.filter(line => timeOf(line) >= startLocal && timeOf(line) <= endLocal),
    forget: () => {
      remembered = []
      sent = []
    },
    count: () => remembered.length,
    waiting: () => unsent.length + (inFlight?.length ?? 0),
    batch: linesMax => {
      const repeated = inFlight !== undefined
      inFlight ??= unsent.splice(0, linesMax)
      return { lines: inFlight, repeated }
    },
    sentAfter: local => sent.filter(line => timeOf(line) > local),
    acknowledge: () => {
      if (sent.length >= rememberedMax) sent.splice(0, rememberedMax / 10)
      sent.push(...(inFlight ?? []))
      inFlight = undefined
    },
  }
}

/** The wall clock a punch was made at, second column of its line. */
export function timeOf(line: string): string {
  return line.split('\t', 2)[1] ?? ''
}
