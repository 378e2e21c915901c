import { pino } from 'pino'
import type { Logger } from '#platform/logger.ts'

export interface CollectedLog {
  readonly log: Logger
  /** Every line since the last `clear`, as it would stand on standard error. */
  lines(): readonly string[]
  clear(): void
}

/** A log that remembers what was said at `info` and above. */
export function collectLog(): CollectedLog {
  let lines: string[] = []
  return {
    log: pino({ level: 'info', base: null }, { write: (line: string) => void lines.push(line) }),
    lines: () => lines,
    clear() {
      lines = []
    },
  }
}
