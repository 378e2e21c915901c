import { Link } from '@tanstack/react-router'
import { errorTextKey } from '../../../../api/error-text.ts'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { count } from '../../../../format/number.ts'
import { words } from '../../../../words/index.ts'
import { peopleWords } from '../../../../words/people.ts'
import type { Sent } from './send-rows.ts'

export type Imported = Sent

/** What was written, and where it went. */
export function DoneStep({ imported }: { readonly imported: Imported }) {
  const w = peopleWords.importing
  const [job] = imported.jobIds
  return (
    <EmptyState
      icon={imported.error === null ? 'check' : 'warning'}
      title={w.done(imported.judged.length)}
      actions={
        <>
          <Link to="/people" search={{ sort: 'LastChanged', order: 'desc' }}>
            {w.toPeople}
          </Link>
          {job !== undefined && (
            <Link to="/people/jobs" search={imported.jobIds.length === 1 ? { job } : {}}>
              {w.toJob}
            </Link>
          )}
        </>
      }
    >
      {imported.error === null
        ? w.doneBody
        : `${w.partly(count(imported.judged.length))} ${words.errors[errorTextKey(imported.error)].title}`}
    </EmptyState>
  )
}
