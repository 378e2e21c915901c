import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../../../../api/client.ts'
import { serverNow } from '../../../../api/clock.ts'
import { errorTextKey } from '../../../../api/error-text.ts'
import { makeStale, operationQuery } from '../../../../api/query.ts'
import { Button } from '../../../../components/button/button.tsx'
import { HoldButton } from '../../../../components/confirm-action/hold-button.tsx'
import type { Selection } from '../../../../components/row-grid/use-selection.ts'
import { count } from '../../../../format/number.ts'
import { words } from '../../../../words/index.ts'
import { peopleWords } from '../../../../words/people.ts'
import { eachPerson } from '../-undo/each-person.ts'
import { offerUndo } from '../-undo/undo-store.ts'
import styles from './bulk-bar.module.css'
import { BulkEdit } from './bulk-edit.tsx'
import { PushPeople } from './push-people.tsx'
import { type DirectoryPerson, directoryInput, type PeopleSearch, selectedMax } from './search.ts'

/** As long as a change of fields can be taken back by the server. */
const undoMs = 10_000

/** What can be done with everybody who is ticked. */
export function BulkBar({
  search,
  selection,
  total,
}: {
  readonly search: PeopleSearch
  readonly selection: Selection<DirectoryPerson>
  readonly total: number
}) {
  const w = peopleWords.bulk
  const [open, setOpen] = useState<'edit' | 'push' | null>(null)
  const { run, progress } = useEach(selection)
  const codes = selection.rows.map(person => person.EmployeeCode)
  const areSuspended = selection.rows.every(person => person.Status === 'Suspended')
  return (
    <section className={styles.bar} aria-label={w.label}>
      <span className={styles.count} role="status">
        {w.selected(selection.size)}
      </span>
      {selection.size < total && <SelectAll search={search} selection={selection} total={total} />}
      <Button icon="edit" onClick={() => setOpen('edit')}>
        {w.edit}
      </Button>
      <Button icon="devices" onClick={() => setOpen('push')}>
        {w.push}
      </Button>
      {areSuspended ? (
        <Button icon="play" busy={run.isPending} onClick={() => run.mutate({ id: 'users.resume', codes })}>
          {w.resume}
        </Button>
      ) : (
        <HoldButton
          icon="pause"
          label={w.suspend}
          action={w.suspendAction(selection.size)}
          busy={run.isPending}
          onConfirm={() => run.mutate({ id: 'users.suspend', codes })}
        />
      )}
      {run.isPending && (
        <span className={styles.note} role="status">
          {w.running(count(progress), count(codes.length))}
        </span>
      )}
      {run.data?.error != null && (
        <span className={styles.failed} role="alert">
          {w.stopped(count(run.data.done.length), count(codes.length))}
          {': '}
          {words.errors[errorTextKey(run.data.error)].title}
        </span>
      )}
      <span className={styles.end}>
        <Button look="quiet" icon="cross" onClick={selection.clear}>
          {w.clear}
        </Button>
      </span>
      {open === 'edit' && (
        <BulkEdit
          codes={codes}
          onClose={() => setOpen(null)}
          onDone={() => {
            setOpen(null)
            selection.clear()
          }}
        />
      )}
      {open === 'push' && <PushPeople codes={codes} onClose={() => setOpen(null)} />}
    </section>
  )
}

function SelectAll({
  search,
  selection,
  total,
}: {
  readonly search: PeopleSearch
  readonly selection: Selection<DirectoryPerson>
  readonly total: number
}) {
  const w = peopleWords.bulk
  const queryClient = useQueryClient()
  const all = useMutation({
    mutationFn: () =>
      queryClient.fetchQuery(
        operationQuery('users.directory', { ...directoryInput(search), Limit: selectedMax }),
      ),
    onSuccess: ({ People }) => selection.add(People),
  })
  if (total > selectedMax)
    return <span className={styles.note}>{w.selectAllTooMany(count(selectedMax))}</span>
  return (
    <Button look="quiet" busy={all.isPending} onClick={() => all.mutate()}>
      {w.selectAll(count(total))}
    </Button>
  )
}

interface EachOrder {
  readonly id: 'users.suspend' | 'users.resume'
  readonly codes: readonly string[]
}

/** Suspends or resumes everybody, and offers the opposite afterwards. */
function useEach(selection: Selection<DirectoryPerson>) {
  const w = peopleWords.undo
  const queryClient = useQueryClient()
  const [progress, setProgress] = useState(0)
  const run = useMutation({
    mutationFn: ({ id, codes }: EachOrder) => {
      setProgress(0)
      return eachPerson(codes, code => client.call(id, { EmployeeCode: code }), setProgress)
    },
    onSuccess: ({ done, error }, { id }) => {
      const suspended = id === 'users.suspend'
      if (done.length > 0)
        offerUndo({
          text: suspended ? w.suspended(done.length) : w.resumed(done.length),
          undo: { by: suspended ? 'resume' : 'suspend', codes: done },
          until: serverNow() + undoMs,
        })
      if (error === null) selection.clear()
    },
    onSettled: () => makeStale(queryClient, ['users']),
  })
  return { run, progress }
}
