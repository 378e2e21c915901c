import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import type { OperationAnswer } from '#contract/types.ts'
import { errorTextKey } from '../../../../api/error-text.ts'
import { operationMutation, operationQuery } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { Age, useAge } from '../../../../components/age/age.tsx'
import { Button } from '../../../../components/button/button.tsx'
import { Field } from '../../../../components/field/field.tsx'
import { incidentText } from '../../../../components/health/alert-text.ts'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { RepairLink } from '../../../../components/repairs/repair-link.tsx'
import { RepairsDone } from '../../../../components/repairs/repairs-done.tsx'
import { SideSheet } from '../../../../components/side-sheet/side-sheet.tsx'
import { count } from '../../../../format/number.ts'
import { instantFull, lasting } from '../../../../format/time.ts'
import { fleetWords } from '../../../../words/fleet.ts'
import { words } from '../../../../words/index.ts'
import { repairsWords } from '../../../../words/repairs.ts'
import styles from './fleet-page.module.css'
import { IncidentBadge, incidentTitle } from './incident-title.tsx'

type Detail = OperationAnswer<'devices.incident'>

const membersShown = 30

/** One incident: its terminals, whom it touched, who sees to it and what was said. */
export function IncidentSheet({
  incidentId,
  onClose,
}: {
  readonly incidentId: string
  readonly onClose: () => void
}) {
  const query = useQuery(operationQuery('devices.incident', { IncidentID: incidentId }))
  const incident = query.data?.Incident
  return (
    <SideSheet
      title={incident ? incidentTitle(incident) : fleetWords.incidents.title}
      lead={incident && <IncidentBadge incident={incident} />}
      onClose={onClose}
    >
      <QueryBlock query={query}>
        {detail => (
          <div className={styles.column}>
            <section className={styles.section}>
              <h3>{fleetWords.incidents.detail}</h3>
              <p>{incidentText(detail.Incident)}</p>
              <p className={styles.quiet}>
                {instantFull(detail.Incident.StartedAt)}
                {detail.Incident.EndedAt &&
                  ` · ${lasting(Date.parse(detail.Incident.EndedAt) - Date.parse(detail.Incident.StartedAt))}`}
              </p>
            </section>
            <Impact detail={detail} />
            <Repairs detail={detail} />
            <Members detail={detail} />
            <Care detail={detail} />
          </div>
        )}
      </QueryBlock>
    </SideSheet>
  )
}

function Impact({ detail: { Impact: impact } }: { readonly detail: Detail }) {
  const w = fleetWords.incidents
  if (impact === null) return null
  return (
    <section className={styles.section}>
      <h3>{w.impact}</h3>
      {impact.UsualLow === null || impact.UsualHigh === null ? (
        <p className={styles.quiet}>{w.impactUnknown}</p>
      ) : (
        <>
          <p>{w.impactPeople(impact.People)}</p>
          <p>{w.impactUsual(count(impact.UsualLow), count(impact.UsualHigh), count(impact.Came))}</p>
          <p>{impact.Missing === 0 ? w.impactNone : w.impactMissing(impact.Missing)}</p>
        </>
      )}
    </section>
  )
}

/** What was estimated for it, and the way to do so. */
function Repairs({ detail: { Incident: incident, Repairs: repairs } }: { readonly detail: Detail }) {
  if (incident.Kind !== 'Offline') return null
  return (
    <section className={styles.section}>
      <h3>{repairsWords.title}</h3>
      {repairs.length === 0 ? (
        <p className={styles.quiet}>{repairsWords.none}</p>
      ) : (
        <RepairsDone repairs={repairs} named={incident.Devices > 1} />
      )}
      <RepairLink incidentId={incident.IncidentID} />
    </section>
  )
}

function Members({ detail }: { readonly detail: Detail }) {
  const w = fleetWords.incidents
  if (detail.MemberCount === 0)
    return (
      <Link to="/devices/$deviceSN" params={{ deviceSN: detail.Incident.DeviceSN }}>
        {detail.Incident.LabelName}
      </Link>
    )
  const hidden = detail.MemberCount - Math.min(membersShown, detail.Members.length)
  return (
    <section className={styles.section}>
      <h3>{w.members}</h3>
      <ul className={styles.list}>
        {detail.Members.slice(0, membersShown).map(member => (
          <li key={`${member.DeviceSN} ${member.StartedAt}`} className={styles.item}>
            <Link to="/devices/$deviceSN" params={{ deviceSN: member.DeviceSN }} search={{ tab: 'health' }}>
              {member.LabelName}
            </Link>
            <span className={styles.quiet}>
              {member.EndedAt === null
                ? w.notBack
                : lasting(Date.parse(member.EndedAt) - Date.parse(member.StartedAt))}
            </span>
          </li>
        ))}
      </ul>
      {hidden > 0 && <p className={styles.quiet}>{w.membersMore(hidden)}</p>}
    </section>
  )
}

function Care({ detail }: { readonly detail: Detail }) {
  const w = fleetWords.incidents
  const may = useCan('devices:operate')
  const { Incident: incident } = detail
  const update = useMutation(operationMutation('devices.updateIncident'))
  const [comment, setComment] = useState('')
  const acknowledged = useAge(incident.AcknowledgedAt)
  const isAcknowledged = incident.AcknowledgedAt !== null
  const IncidentID = incident.IncidentID
  const assign = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const Assignee = String(new FormData(event.currentTarget).get('assignee') ?? '')
    update.mutate({ input: { IncidentID, Assignee } })
  }
  const say = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (comment.trim() === '') return
    update.mutate({ input: { IncidentID, Comment: comment } }, { onSuccess: () => setComment('') })
  }
  return (
    <section className={styles.section}>
      <h3>{w.comments}</h3>
      {detail.Comments.map(one => (
        <p key={one.At}>
          {one.Text} <span className={styles.quiet}>{one.Actor ?? words.parts.none}</span>{' '}
          <span className={styles.quiet}>
            <Age at={one.At} />
          </span>
        </p>
      ))}
      {isAcknowledged && <p className={styles.quiet}>{w.acknowledged(acknowledged)}</p>}
      {incident.Assignee && (
        <p className={styles.quiet}>
          {w.assignee}: {incident.Assignee}
        </p>
      )}
      {update.isError && (
        <p className={styles.failed} role="alert">
          {words.errors[errorTextKey(update.error)].title}
        </p>
      )}
      {may && (
        <>
          <div>
            <Button
              look={isAcknowledged ? 'quiet' : 'primary'}
              busy={update.isPending}
              onClick={() => update.mutate({ input: { IncidentID, Acknowledge: !isAcknowledged } })}
            >
              {isAcknowledged ? w.unacknowledge : w.acknowledge}
            </Button>
          </div>
          <form onSubmit={assign} className={styles.row}>
            <Field label={w.assignee} hint={w.assigneeHint}>
              {control => (
                <input
                  {...control}
                  className="gh-input"
                  name="assignee"
                  maxLength={100}
                  defaultValue={incident.Assignee ?? ''}
                />
              )}
            </Field>
            <Button type="submit">{w.assign}</Button>
          </form>
          <form onSubmit={say} className={styles.section}>
            <Field label={w.comment}>
              {control => (
                <textarea
                  {...control}
                  className="gh-input"
                  rows={2}
                  maxLength={2000}
                  value={comment}
                  onChange={event => setComment(event.target.value)}
                />
              )}
            </Field>
            <div>
              <Button type="submit">{w.addComment}</Button>
            </div>
          </form>
        </>
      )}
    </section>
  )
}
