import { useState } from 'react'
import { SideSheet } from '../../../../components/side-sheet/side-sheet.tsx'
import { peopleWords } from '../../../../words/people.ts'
import { PushForm } from '../-push/push-form.tsx'

/** Puts people on terminals, after a look at what that fills. */
export function PushPeople({
  codes,
  onClose,
}: {
  readonly codes: readonly string[]
  readonly onClose: () => void
}) {
  const w = peopleWords.push
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  return (
    <SideSheet title={w.title(codes.length)} lead={w.lead} onClose={onClose}>
      <PushForm codes={codes} chosen={chosen} onChoose={setChosen} onCancel={onClose} />
    </SideSheet>
  )
}
