import { words } from '../../words/index.ts'
import { Button } from '../button/button.tsx'

/** Previous and next of the list a sheet was opened from; J and K do the same (SideSheet's `onStep`). */
export function Walk({
  index,
  length,
  onStep,
}: {
  /** Place in the list; negative while it is not known. */
  readonly index: number
  readonly length: number
  readonly onStep: (step: 1 | -1) => void
}) {
  const w = words.parts.walk
  return (
    <>
      <Button
        look="quiet"
        icon="chevronUp"
        aria-label={w.previous}
        aria-keyshortcuts="k"
        title={w.previousKey}
        disabled={index <= 0}
        onClick={() => onStep(-1)}
      />
      <Button
        look="quiet"
        icon="chevronDown"
        aria-label={w.next}
        aria-keyshortcuts="j"
        title={w.nextKey}
        disabled={index < 0 || index >= length - 1}
        onClick={() => onStep(1)}
      />
    </>
  )
}
