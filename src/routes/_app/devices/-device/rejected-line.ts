import type { OperationAnswer } from '#contract/types.ts'
import { count } from '../../../../format/number.ts'
import { terminalWords } from '../../../../words/terminal.ts'

export type QuarantinedLine = OperationAnswer<'devices.quarantine'>['Lines'][number]

const keptMark = 'kept:'

/** True for what was understood and is kept sealed on purpose: no fault. */
export function isKept({ Reason }: Pick<QuarantinedLine, 'Reason'>): boolean {
  return Reason.startsWith(keptMark)
}

/** Why a line became no record, or what is kept, in plain words; a mark of a newer gateway is shown as it is. */
export function reasonText(line: Pick<QuarantinedLine, 'Reason'>): string {
  const w = terminalWords.rejects
  if (!isKept(line)) return w.reasons[line.Reason] ?? w.otherReason(line.Reason)
  const what = line.Reason.slice(keptMark.length)
  return w.kept[what] ?? w.keptOther(what)
}

/** Where in an upload it stood. */
export function placeText({ Line }: Pick<QuarantinedLine, 'Line'>): string {
  const w = terminalWords.rejects
  return Line === 0 ? w.wholeBody : w.lineOf(count(Line))
}

/** What was sent, or why it is not shown. */
export function shownRaw(
  line: Pick<QuarantinedLine, 'Raw' | 'Reason'>,
  maySee: boolean,
): { readonly text: string } | { readonly hidden: string } {
  const w = terminalWords.rejects
  if (isKept(line)) return { hidden: w.hiddenKept }
  // Without the right the text is dots (proxy/access/mask.ts) or missing; dots would look like what was sent.
  if (!maySee) return { hidden: w.hiddenRight }
  return line.Raw === null ? { hidden: w.hiddenLong } : { text: line.Raw }
}

/** What became of reading again, in words. */
export function reparseText(result: OperationAnswer<'devices.reparse'>): string {
  const w = terminalWords.rejects
  if (result.Read === 0) return w.resultNothing
  return [
    w.result(result.Read, result.Understood),
    result.NewPunches > 0 && w.newPunches(result.NewPunches),
    result.Understood > 0 && (result.Remaining > 0 ? w.remaining(result.Remaining) : w.noneLeft),
  ]
    .filter(Boolean)
    .join(' ')
}
