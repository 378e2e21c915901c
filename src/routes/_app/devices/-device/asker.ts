import { words } from '../../../../words/index.ts'
import { terminalWords } from '../../../../words/terminal.ts'

/** Who asked for an order: an account, Gatehouse itself with what for, or a dash for a program that gave no name. */
export function askerOf(actor: string | null): string {
  if (actor === null) return words.parts.none
  return terminalWords.orders.askers[actor] ?? actor
}
