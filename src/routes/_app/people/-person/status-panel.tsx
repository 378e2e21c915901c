import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { serverNow } from '../../../../api/clock.ts'
import { errorDetail, errorTextKey } from '../../../../api/error-text.ts'
import { operationMutation, operationQuery } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { Button } from '../../../../components/button/button.tsx'
import { HoldButton } from '../../../../components/confirm-action/hold-button.tsx'
import { Field } from '../../../../components/field/field.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { fullName } from '../../../../components/people/full-name.ts'
import { words } from '../../../../words/index.ts'
import { peopleWords } from '../../../../words/people.ts'
import { StatusBadge } from '../-people/status-badge.tsx'
import { offerUndo } from '../-undo/undo-store.ts'
import styles from './status-panel.module.css'
import type { PersonRecord } from './use-person.ts'

/** Suspending can be taken back for as long as any change. */
const undoMs = 10_000

/** Where the person is let in, and the three ways to change that: suspend, resume, delete everywhere. */
export function StatusPanel({ person }: { readonly person: PersonRecord }) {
  const w = peopleWords.person.status
  const mayWrite = useCan('people:write')
  const { Status, SuspendedAt } = person
  const text =
    Status === 'Suspended' && SuspendedAt.length > 0
      ? w.suspendedAt(SuspendedAt.join(', '))
      : w.explain[Status]
  return (
    <Panel title={w.title}>
      <div className={styles.state}>
        <StatusBadge person={person} />
        {text}
      </div>
      {mayWrite && Status !== 'Leaving' && Status !== 'Left' && <Acts person={person} />}
    </Panel>
  )
}

function Acts({ person }: { readonly person: PersonRecord }) {
  const w = peopleWords.person.status
  const [reason, setReason] = useState('')
  const [site, setSite] = useState('')
  const suspend = useMutation(operationMutation('users.suspend'))
  const resume = useMutation(operationMutation('users.resume'))
  const offboard = useMutation(operationMutation('users.offboard'))
  const name = fullName(person) || person.EmployeeCode
  const { EmployeeCode } = person
  const about = reason.trim() === '' ? {} : { Reason: reason.trim() }
  const place = site === '' ? {} : { Site: site }
  const isEverywhere = person.Status === 'Suspended' && person.SuspendedAt.length === 0
  const busy = suspend.isPending || resume.isPending || offboard.isPending
  const error = suspend.error ?? resume.error ?? offboard.error
  const failed = error && words.errors[errorTextKey(error)]
  const told = suspend.data?.body.Terminals ?? resume.data?.body.Terminals
  return (
    <div className={styles.form}>
      <div className={styles.fields}>
        <SiteChoice value={site} onChange={setSite} />
        <Field label={w.reason}>
          {control => (
            <input
              {...control}
              className="gh-input"
              maxLength={200}
              value={reason}
              onChange={event => setReason(event.target.value)}
            />
          )}
        </Field>
      </div>
      <div className={styles.acts}>
        {!isEverywhere && (
          <div className={styles.act}>
            <HoldButton
              icon="pause"
              label={w.suspend}
              action={w.suspendAction(name)}
              busy={busy}
              onConfirm={() => {
                resume.reset()
                suspend.mutate(
                  { input: { EmployeeCode, ...about, ...place } },
                  {
                    onSuccess: () =>
                      site === '' &&
                      offerUndo({
                        text: peopleWords.undo.suspended(1),
                        undo: { by: 'resume', codes: [EmployeeCode] },
                        until: serverNow() + undoMs,
                      }),
                  },
                )
              }}
            />
            <span className={styles.why}>{w.suspendWhy}</span>
          </div>
        )}
        {person.Status === 'Suspended' && (
          <div className={styles.act}>
            <Button
              icon="play"
              busy={busy}
              onClick={() => {
                suspend.reset()
                resume.mutate({ input: { EmployeeCode, ...place } })
              }}
            >
              {w.resume}
            </Button>
          </div>
        )}
        <div className={styles.act}>
          <HoldButton
            icon="trash"
            look="danger"
            label={w.offboard}
            action={w.offboardAction(name)}
            busy={busy}
            onConfirm={() => offboard.mutate({ input: { EmployeeCode, ...about } })}
          />
          <span className={styles.why}>{w.offboardWhy}</span>
        </div>
      </div>
      <p className={styles.said} role="status">
        {told !== undefined && w.told(told)}
      </p>
      {failed && (
        <p className={styles.failed} role="alert">
          {`${failed.title}. ${errorDetail(error) ?? failed.advice}`}
        </p>
      )}
    </div>
  )
}

function SiteChoice({
  value,
  onChange,
}: {
  readonly value: string
  readonly onChange: (site: string) => void
}) {
  const w = peopleWords.person.status
  const { data } = useQuery(operationQuery('users.terminals', {}))
  const sites = [...new Set(data?.Terminals.map(terminal => terminal.Site))].sort()
  if (sites.length < 2) return null
  return (
    <Field label={w.site}>
      {control => (
        <select
          {...control}
          className="gh-select"
          value={value}
          onChange={event => onChange(event.target.value)}
        >
          <option value="">{w.everywhere}</option>
          {sites.map(site => (
            <option key={site} value={site}>
              {site}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
