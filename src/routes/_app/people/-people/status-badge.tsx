import { Badge, type Tone } from '../../../../components/badge/badge.tsx'
import { peopleWords } from '../../../../words/people.ts'
import type { DirectoryPerson, PersonStatus } from './search.ts'

const tones: Record<PersonStatus, Tone> = {
  Active: 'ok',
  NotYet: 'neutral',
  Expired: 'warn',
  Suspended: 'warn',
  Leaving: 'accent',
  Left: 'neutral',
}

/** What somebody may do now, in one word; the rest of it in the tooltip. */
export function StatusBadge({
  person,
}: {
  readonly person: Pick<DirectoryPerson, 'Status' | 'SuspendedAt'>
}) {
  const w = peopleWords.directory
  const { Status, SuspendedAt } = person
  const why =
    Status === 'Suspended' && SuspendedAt.length > 0
      ? w.suspendedAt(SuspendedAt.join(', '))
      : Status === 'Leaving'
        ? w.leavingWhy
        : undefined
  return (
    <Badge tone={tones[Status]} {...(why ? { title: why } : {})}>
      {w.status[Status]}
    </Badge>
  )
}
