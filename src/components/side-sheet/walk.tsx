import { words } from '../../words/index.ts'
import { Button } from '../button/button.tsx'

/** Previous and next of a list, for what was opened from it; J and K do the same (SideSheet's `onStep`). */
export function Walk({
  index,
  length,
  labels = words.parts.walk,
  onStep,
}: {
  /** Place in the list; negative while it is not known. */
  readonly index: number
  readonly length: number
  readonly labels?: { readonly previous: string; readonly next: string }
  readonly onStep: (step: 1 | -1) => void
}) {
  const w = words.parts.walk
  return (
    <>
      <Button
        look="quiet"
        icon="chevronUp"
        aria-label={labels.previous}
        aria-keyshortcuts="k"
        title={w.previousKey}
        disabled={index <= 0}
        onClick={() => onStep(-1)}
      />
      <Button
        look="quiet"
        icon="chevronDown"
        aria-label={labels.next}
        aria-keyshortcuts="j"
        title={w.nextKey}
        disabled={index < 0 || index >= length - 1}
        onClick={() => onStep(1)}
      />
    </>
  )
}
