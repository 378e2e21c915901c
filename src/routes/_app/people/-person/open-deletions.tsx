import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { makeStale, operationQuery } from '../../../../api/query.ts'
import { Panel } from '../../../../components/panel/panel.tsx'
import { peopleWords } from '../../../../words/people.ts'
import { DeletionCard } from '../-deletion/deletion-card.tsx'

/** While a terminal has not confirmed yet. */
const lookAgainMs = 3000

/** Removals of this person, newest first; nothing at all where there were none. */
export function OpenDeletions({ code }: { readonly code: string }) {
  const query = useQuery({
    ...operationQuery('users.deletions', { EmployeeCode: code, Limit: 10 }),
    refetchInterval: found =>
      found.state.data?.Deletions.some(deletion => deletion.State === 'Open') ? lookAgainMs : false,
  })
  const queryClient = useQueryClient()
  const deletions = query.data?.Deletions ?? []
  const open = deletions.filter(deletion => deletion.State === 'Open').length
  const wasOpen = useRef(0)
  useEffect(() => {
    // With the last tick the person has left, or is no longer known here.
    if (open < wasOpen.current) void makeStale(queryClient, ['users'])
    wasOpen.current = open
  }, [open, queryClient])
  if (deletions.length === 0) return null
  return (
    <Panel title={peopleWords.person.deletion.title} updatedAt={query.dataUpdatedAt} flush>
      {deletions.map(deletion => (
        <DeletionCard key={deletion.DeletionID} deletion={deletion} />
      ))}
    </Panel>
  )
}
