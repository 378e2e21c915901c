export type PunchMemory = {
  /** Punches from before the run; uploaded only when asked. */
  load: (lines: readonly string[], upload: boolean) => void
  add: (line: string) => void
  /** Lines whose time, as the terminal's clock had it, lies in the range; both ends included. */
  recall: (startLocal: string, endLocal: string) => string[]
  forget: () => void
  count: () => number
  /** Punches not yet acknowledged. */
  waiting: () => number
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

  return {
    load: (lines, upload) => {
      remembered = [...remembered, ...lines]
      if (upload) unsent = [...unsent, ...lines]
    },
    add: line => {
      if (remembered.length >= rememberedMax) remembered.splice(0, rememberedMax / 10)
      remembered.push(line)
      unsent.push(line)
    },
    recall: (startLocal, endLocal) =>
      remembered.filter(line => {
        const at = line.split('\t', 2)[1] ?? ''
        return at >= startLocal && at <= endLocal
      }),
    forget: () => {
      remembered = []
    },
    count: () => remembered.length,
    waiting: () => unsent.length + (inFlight?.length ?? 0),
    batch: linesMax => {
      const repeated = inFlight !== undefined
      inFlight ??= unsent.splice(0, linesMax)
      return { lines: inFlight, repeated }
    },
    acknowledge: () => {
      inFlight = undefined
    },
  }
}
