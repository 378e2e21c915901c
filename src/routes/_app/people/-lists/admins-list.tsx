import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { OperationAnswer } from '#contract/types.ts'
import { errorTextKey } from '../../../../api/error-text.ts'
import { operationMutation, operationQuery } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { Age } from '../../../../components/age/age.tsx'
import { Badge } from '../../../../components/badge/badge.tsx'
import { HoldButton } from '../../../../components/confirm-action/hold-button.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { SkeletonPanel } from '../../../../components/page-states/skeleton-panel.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { words } from '../../../../words/index.ts'
import { peopleWords } from '../../../../words/people.ts'
import styles from './lists.module.css'

type Administrator = OperationAnswer<'users.admins'>['Administrators'][number]

/** Everybody with rights to the menu of a terminal, and terminals whose menu is open to whoever stands there. */
export function AdminsList() {
  const w = peopleWords.lists.admins
  const query = useQuery(operationQuery('users.admins', {}))
  return (
    <QueryBlock query={query} pending={<SkeletonPanel rows={6} />}>
      {({ Administrators, Without }) => (
        <Panel title={w.title} updatedAt={query.dataUpdatedAt} flush>
          {Without.length > 0 && (
            <p className={styles.warning}>
              {w.without(Without.length)}: {Without.map(each => each.LabelName).join(', ')}
            </p>
          )}
          {Administrators.length === 0 ? (
            <EmptyState icon={Without.length > 0 ? 'warning' : 'check'} title={w.none}>
              {w.noneBody}
            </EmptyState>
          ) : (
            <ul className={styles.list}>
              {Administrators.map(each => (
                <Row key={`${each.DeviceSN} ${each.EmployeeCode}`} administrator={each} />
              ))}
            </ul>
          )}
        </Panel>
      )}
    </QueryBlock>
  )
}

function Row({ administrator }: { readonly administrator: Administrator }) {
  const w = peopleWords.lists.admins
  const mayWrite = useCan('people:write')
  const demote = useMutation(operationMutation('users.update'))
  const { EmployeeCode, DeviceSN, Name, Privilege, Wanted } = administrator
  return (
    <li className={styles.item}>
      <span className={styles.cell}>
        <span>
          <Link
            className={styles.name}
            to="/people/$employeeCode"
            params={{ employeeCode: EmployeeCode }}
            preload={false}
          >
            {Name || EmployeeCode}
          </Link>{' '}
          <span className={styles.note}>{EmployeeCode}</span>
        </span>
        <span>
          <Badge tone={Wanted ? 'neutral' : 'warn'} icon={Wanted ? 'check' : 'warning'}>
            {w.privileges[Privilege]}
          </Badge>{' '}
          <span className={styles.note}>{Wanted ? w.wanted : w.unwanted}</span>
        </span>
      </span>
      <span className={styles.cell}>
        <span>{administrator.LabelName}</span>
        <span className={styles.note}>
          {administrator.Site}
          {administrator.ReportedAt && (
            <>
              {' · '}
              {w.reported} <Age at={administrator.ReportedAt} />
            </>
          )}
        </span>
      </span>
      {mayWrite && (
        <span className={styles.acts}>
          <span className={styles.note} role="status">
            {demote.error ? words.errors[errorTextKey(demote.error)].title : demote.data && w.demoted}
          </span>
          <HoldButton
            size="small"
            icon="people"
            label={w.demote}
            action={w.demoteAction(Name || EmployeeCode)}
            busy={demote.isPending}
            onConfirm={() =>
              demote.mutate({ input: { EmployeeCode, DeviceSN: [DeviceSN], UserType: 'User' } })
            }
          />
        </span>
      )}
    </li>
  )
}
