import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { OperationAnswer } from '#contract/types.ts'
import { errorDetail, errorTextKey } from '../../../../api/error-text.ts'
import { operationInfiniteQuery, operationMutation } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { Age } from '../../../../components/age/age.tsx'
import { Badge } from '../../../../components/badge/badge.tsx'
import { Button } from '../../../../components/button/button.tsx'
import { HoldButton } from '../../../../components/confirm-action/hold-button.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { ErrorBlock } from '../../../../components/page-states/error-state.tsx'
import { SkeletonPanel } from '../../../../components/page-states/skeleton-panel.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { words } from '../../../../words/index.ts'
import { peopleWords } from '../../../../words/people.ts'
import styles from './lists.module.css'
import { PersonChoice } from './person-choice.tsx'

type Orphan = OperationAnswer<'users.orphans'>['Orphans'][number]
type Action = 'Import' | 'Map' | 'Remove'

/** Whom terminals know although nobody has ordered them there: take in, say who it is, or take off. */
export function OrphansList() {
  const w = peopleWords.lists.orphans
  const mayWrite = useCan('people:write')
  const [said, setSaid] = useState('')
  const [mapped, setMapped] = useState<Orphan | null>(null)
  const query = useInfiniteQuery(operationInfiniteQuery('users.orphans', { Limit: 100 }))
  const resolve = useMutation(operationMutation('users.resolveOrphan'))
  if (query.isPending) return <SkeletonPanel rows={8} />
  if (query.data === undefined) return <ErrorBlock error={query.error} onRetry={() => void query.refetch()} />
  const orphans = query.data.pages.flatMap(page => page.Orphans)
  const failed = resolve.error && words.errors[errorTextKey(resolve.error)]
  const act = (orphan: Orphan, Action: Action, MapTo?: string) =>
    resolve.mutate(
      {
        input: {
          DeviceSN: orphan.DeviceSN,
          EmployeeCode: [orphan.EmployeeCode],
          Action,
          ...(MapTo === undefined ? {} : { MapTo }),
        },
      },
      {
        onSuccess: ({ body }) => {
          setSaid(w.done[Action](body.Resolved))
          setMapped(null)
        },
      },
    )
  const failure = failed ? `${failed.title}. ${errorDetail(resolve.error) ?? failed.advice}` : null
  if (orphans.length === 0)
    return (
      <>
        <p className="visually-hidden" role="status">
          {said}
        </p>
        <EmptyState icon="check" title={w.none}>
          {w.noneBody}
        </EmptyState>
      </>
    )
  return (
    <Panel
      title={w.title}
      updatedAt={query.dataUpdatedAt}
      flush
      note={<span role="status">{said}</span>}
      actions={mayWrite && <ImportShown orphans={orphans} onSaid={setSaid} />}
    >
      {failure !== null && mapped === null && (
        <p className={`${styles.more} ${styles.failed}`} role="alert">
          {failure}
        </p>
      )}
      <ul className={styles.list}>
        {orphans.map(orphan => (
          <li key={`${orphan.DeviceSN} ${orphan.EmployeeCode}`} className={styles.item}>
            <span className={styles.cell}>
              <span>
                <span className={styles.name}>{orphan.Name || peopleWords.directory.unnamed}</span>{' '}
                <span className={styles.note}>{orphan.EmployeeCode}</span>{' '}
                {orphan.UserType === 'Admin' && (
                  <Badge tone="warn">{peopleWords.directory.roles.Admin}</Badge>
                )}
              </span>
              <span className={styles.note}>
                {w.known}: {orphan.KnownAs ?? w.nobody}{' '}
                {isOtherName(orphan) && <Badge tone="warn">{w.otherName}</Badge>}
              </span>
            </span>
            <span className={styles.cell}>
              <span>{orphan.LabelName}</span>
              <span className={styles.note}>
                {orphan.Site} · {w.reported} <Age at={orphan.ReportedAt} />
              </span>
            </span>
            {mayWrite && (
              <span className={styles.acts}>
                <Button
                  size="small"
                  title={w.importWhy}
                  busy={resolve.isPending}
                  onClick={() => act(orphan, 'Import')}
                >
                  {w.import}
                </Button>
                <Button size="small" busy={resolve.isPending} onClick={() => setMapped(orphan)}>
                  {w.map}
                </Button>
                <HoldButton
                  size="small"
                  look="danger"
                  icon="trash"
                  label={w.remove}
                  action={w.removeAction(orphan.Name || orphan.EmployeeCode, orphan.LabelName)}
                  busy={resolve.isPending}
                  onConfirm={() => act(orphan, 'Remove')}
                />
              </span>
            )}
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <div className={styles.more}>
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {words.states.table.loadMore}
          </Button>
        </div>
      )}
      {mapped && (
        <PersonChoice
          title={w.mapTitle(mapped.Name || mapped.EmployeeCode)}
          lead={w.mapLead}
          submit={w.mapDo}
          missing={w.mapMissing}
          busy={resolve.isPending}
          error={failure}
          onChoose={code => act(mapped, 'Map', code)}
          onClose={() => setMapped(null)}
        />
      )}
    </Panel>
  )
}

/** Whether the terminal has a name that is not that of whom the code belongs to: most likely another person. */
function isOtherName({ KnownAs, Name }: Orphan): boolean {
  return KnownAs !== null && Name !== '' && !KnownAs.toLowerCase().startsWith(Name.toLowerCase())
}

/** Takes everybody in the list in, one call per terminal. */
function ImportShown({
  orphans,
  onSaid,
}: {
  readonly orphans: readonly Orphan[]
  readonly onSaid: (text: string) => void
}) {
  const w = peopleWords.lists.orphans
  const take = useMutation(operationMutation('users.resolveOrphan'))
  const [busy, setBusy] = useState(false)
  const all = async () => {
    setBusy(true)
    let taken = 0
    try {
      for (const [DeviceSN, held] of Map.groupBy(orphans, orphan => orphan.DeviceSN)) {
        const { body } = await take.mutateAsync({
          input: { DeviceSN, EmployeeCode: held.map(each => each.EmployeeCode), Action: 'Import' },
        })
        taken += body.Resolved
      }
    } catch {
      // Said by the line below; those before it are taken in.
    }
    onSaid(w.done.Import(taken))
    setBusy(false)
  }
  const failed = take.error && words.errors[errorTextKey(take.error)]
  return (
    <>
      {failed && (
        <span className={styles.failed} role="alert">
          {failed.title}
        </span>
      )}
      <Button size="small" busy={busy} onClick={() => void all()}>
        {w.importAll(orphans.length)}
      </Button>
    </>
  )
}
