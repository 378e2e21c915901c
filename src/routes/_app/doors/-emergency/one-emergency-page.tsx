import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { OperationAnswer } from '#contract/types.ts'
import { useActorName } from '../../../../api/actors.ts'
import { errorTextKey } from '../../../../api/error-text.ts'
import { operationQuery } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { Badge } from '../../../../components/badge/badge.tsx'
import { Button } from '../../../../components/button/button.tsx'
import { HoldButton } from '../../../../components/confirm-action/hold-button.tsx'
import { Facts } from '../../../../components/facts/facts.tsx'
import { PageHeader } from '../../../../components/page-header/page-header.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { count, seconds } from '../../../../format/number.ts'
import { instantFull, lasting } from '../../../../format/time.ts'
import { doorWords } from '../../../../words/door-pages.ts'
import { words } from '../../../../words/index.ts'
import { EmergencyDoors } from './emergency-doors.tsx'
import styles from './one-emergency-page.module.css'
import { PasswordOnceMore } from './password-once-more.tsx'
import { useEmergencyOrder } from './use-emergency-order.ts'

type Answer = OperationAnswer<'doors.emergency'>

const activeEveryMs = 2000

/** One emergency: door by door while it lasts, a report that can be printed afterwards. */
export function OneEmergencyPage() {
  const w = doorWords.emergency
  const maySee = useCan('doors:emergency')
  const { emergencyID } = useParams({ from: '/_app/doors/emergency/$emergencyID' })
  const query = useQuery({
    ...operationQuery('doors.emergency', { EmergencyID: emergencyID }),
    refetchInterval: state => (isMoving(state.state.data) ? activeEveryMs : false),
  })
  const title = query.data
    ? `${w.kinds[query.data.Emergency.Kind]}: ${query.data.Emergency.ScopeName || w.everything}`
    : w.title
  return (
    <>
      <PageHeader
        title={title}
        actions={
          <>
            <Link to="/doors/emergency" className={styles.back}>
              {w.back}
            </Link>
            {maySee && (
              <Link to="/roll-call" search={{ emergency: Number(emergencyID) }} className={styles.back}>
                {w.callRoll}
              </Link>
            )}
            <Button onClick={() => window.print()}>{w.print}</Button>
          </>
        }
      />
      <QueryBlock query={query}>{answer => <Body answer={answer} />}</QueryBlock>
    </>
  )
}

/** Under way, or ended with doors that have not returned yet. */
function isMoving(answer: Answer | undefined): boolean {
  if (!answer) return false
  return (
    answer.Emergency.EndedAt === null ||
    answer.Doors.some(({ ReturnState }) => ReturnState === 'Pending' || ReturnState === 'Overdue')
  )
}

function Body({ answer }: { readonly answer: Answer }) {
  const w = doorWords.emergency
  const { Emergency, Doors } = answer
  return (
    <div className={styles.page}>
      <p className={styles.badges}>
        {Emergency.EndedAt === null && (
          <Badge tone="danger" icon="warning">
            {w.active}
          </Badge>
        )}
        {Emergency.Drill && <Badge tone="unknown">{w.marked}</Badge>}
        {Emergency.Drill && !Emergency.MovesRelays && <span className={styles.about}>{w.drillHint}</span>}
      </p>
      <Counts emergency={Emergency} />
      <EmergencyDoors
        doors={Doors}
        isOver={Emergency.EndedAt !== null}
        between={Emergency.EndedAt === null && <EndForm emergency={Emergency} />}
      />
      <Report answer={answer} />
    </div>
  )
}

function Counts({ emergency }: { readonly emergency: Answer['Emergency'] }) {
  const w = doorWords.emergency.counts
  const isSent = emergency.MovesRelays
  // A drill that sends nothing has nothing to confirm: what it shows is whom it would have reached.
  const rows = [
    ...(isSent
      ? ([
          ['Confirmed', emergency.Confirmed, 'ok'],
          ['Pending', emergency.Pending, 'accent'],
        ] as const)
      : ([['Reached', emergency.Doors - emergency.Unreachable - emergency.Failed, 'ok']] as const)),
    ['Unreachable', emergency.Unreachable, 'danger'],
    ['Failed', emergency.Failed, 'warn'],
    ...(isSent && emergency.EndedAt ? ([['Returned', emergency.Returned, 'ok']] as const) : []),
  ] as const
  return (
    <dl className={styles.counts}>
      {rows.map(([name, value, tone]) => (
        <div key={name} data-tone={value > 0 ? tone : undefined}>
          <dt>{w[name]}</dt>
          <dd>{count(value)}</dd>
        </div>
      ))}
    </dl>
  )
}

function EndForm({ emergency }: { readonly emergency: Answer['Emergency'] }) {
  const w = doorWords.emergency
  const may = useCan('doors:emergency')
  const [note, setNote] = useState('')
  const order = useEmergencyOrder('doors.endEmergency', () => undefined)
  if (!may) return null
  const what = w.kinds[emergency.Kind].toLowerCase()
  return (
    <div className={styles.end}>
      <label className={styles.field}>
        {w.endNote}
        <input
          className="gh-input"
          value={note}
          maxLength={500}
          autoComplete="off"
          onChange={event => setNote(event.target.value)}
        />
      </label>
      {order.needsPassword ? (
        <PasswordOnceMore
          isBusy={order.isBusy}
          error={order.error}
          onConfirm={password => void order.confirm(password)}
          onGiveUp={order.giveUp}
        />
      ) : (
        <HoldButton
          full
          size="large"
          look="primary"
          icon="check"
          label={w.end}
          action={w.endAction(what)}
          busy={order.isBusy}
          onConfirm={key =>
            order.send(
              {
                EmergencyID: emergency.EmergencyID,
                ...(note.trim() === '' ? {} : { Note: note.trim() }),
              },
              key,
            )
          }
        />
      )}
      {order.error !== null && !order.needsPassword && (
        <p role="alert" className={styles.fault}>
          {words.errors[errorTextKey(order.error)].title}
        </p>
      )}
    </div>
  )
}

function Report({ answer }: { readonly answer: Answer }) {
  const w = doorWords.emergency
  const { Emergency, Doors } = answer
  const nameOf = useActorName()
  const maySee = useCan('doors:emergency')
  const roll = useQuery({
    ...operationQuery('doors.rollCall', { EmergencyID: Emergency.EmergencyID }),
    enabled: maySee,
  })
  const isAll = Doors.length > 0 && Doors.every(({ State }) => State === 'Confirmed')
  const latest = new Map((roll.data?.Ticks ?? []).map(tick => [tick.EmployeeCode, tick.State]))
  const safe = [...latest.values()].filter(state => state === 'Safe').length
  const lastedMs = Emergency.EndedAt ? Date.parse(Emergency.EndedAt) - Date.parse(Emergency.StartedAt) : null
  const facts = [
    { label: w.began, value: instantFull(Emergency.StartedAt) },
    { label: w.startedBy('').trim(), value: nameOf(Emergency.StartedBy) ?? w.unknownPerson },
    ...(Emergency.Reason ? [{ label: w.reason, value: Emergency.Reason }] : []),
    ...(Emergency.EndedAt
      ? [
          { label: w.ended, value: instantFull(Emergency.EndedAt) },
          { label: w.endedBy('').trim(), value: nameOf(Emergency.EndedBy) ?? w.unknownPerson },
        ]
      : []),
    ...(lastedMs === null ? [] : [{ label: w.lasted, value: lasting(lastedMs) }]),
    ...(Emergency.EndNote ? [{ label: w.endNote, value: Emergency.EndNote }] : []),
    ...(Emergency.MovesRelays
      ? [{ label: w.ms95, value: Emergency.Ms95 === null ? w.never95 : seconds(Emergency.Ms95 / 1000) }]
      : []),
    ...(roll.data
      ? [{ label: w.musterTitle, value: w.muster(count(safe), count(roll.data.People.length)) }]
      : []),
  ]
  return (
    <Panel title={w.report} note={Emergency.Drill && w.marked}>
      <Facts facts={facts} />
      {isAll && <p className={styles.about}>{w.noFailures}</p>}
    </Panel>
  )
}
