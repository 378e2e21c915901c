import { spanExact } from '../../format/span.ts'
import { terminalWords } from '../../words/terminal.ts'

/** How far a clock is off, in words: "12 s ahead", "Exact to the second". */
export function skewText(seconds: number): string {
  const w = terminalWords.clock
  if (Math.abs(seconds) < 1) return w.exact
  return (seconds > 0 ? w.ahead : w.behind)(spanExact(seconds))
}
