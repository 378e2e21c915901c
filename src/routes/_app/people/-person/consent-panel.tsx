import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { serverNow } from '../../../../api/clock.ts'
import { errorDetail, errorTextKey } from '../../../../api/error-text.ts'
import { operationMutation, operationQuery } from '../../../../api/query.ts'
import { useCan, useSession } from '../../../../api/session.ts'
import { Button } from '../../../../components/button/button.tsx'
import { HoldButton } from '../../../../components/confirm-action/hold-button.tsx'
import { Facts } from '../../../../components/facts/facts.tsx'
import { Field, FormGrid } from '../../../../components/field/field.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { SideSheet } from '../../../../components/side-sheet/side-sheet.tsx'
import { today, wallDay } from '../../../../format/time.ts'
import { words } from '../../../../words/index.ts'
import { peopleWords } from '../../../../words/people.ts'
import styles from './status-panel.module.css'
import type { PersonRecord } from './use-person.ts'

/** Whether the person agreed to templates being kept, and until when they are. */
export function ConsentPanel({ person }: { readonly person: PersonRecord }) {
  const w = peopleWords.person.consent
  const mayWrite = useCan('people:write')
  const day = today(useSession()?.TimeZone ?? 'UTC', serverNow())
  const { data: rules } = useQuery(operationQuery('users.rules', {}))
  const [isOpen, setOpen] = useState(false)
  const record = useMutation(operationMutation('users.consent'))
  const { Consent, EmployeeCode, RetainUntil } = person
  const failed = record.error && words.errors[errorTextKey(record.error)]
  const state =
    Consent === null
      ? rules?.ConsentNeeded
        ? w.missingNeeded
        : w.missing
      : Consent.Given
        ? w.given(wallDay(Consent.On.slice(0, 10)))
        : w.withdrawn(wallDay(Consent.On.slice(0, 10)))
  return (
    <Panel
      title={w.title}
      actions={
        mayWrite && (
          <Button size="small" icon="edit" onClick={() => setOpen(true)}>
            {w.record}
          </Button>
        )
      }
    >
      <Facts
        facts={[
          {
            label: w.title.split(' ')[0] ?? w.title,
            value: mayWrite ? state : w.hidden,
            note: [Consent?.RecordedBy ? w.by(Consent.RecordedBy) : '', Consent?.Note ?? '']
              .filter(Boolean)
              .join(' · '),
          },
          {
            label: w.retain,
            value: RetainUntil ? wallDay(RetainUntil.slice(0, 10)) : w.retainNone,
            note: RetainUntil ? w.retainWhy : undefined,
          },
        ]}
      />
      {mayWrite && Consent?.Given && (
        <div className={styles.form}>
          <div className={styles.act}>
            <HoldButton
              icon="cross"
              look="danger"
              label={w.withdraw}
              action={w.withdrawAction}
              busy={record.isPending}
              onConfirm={() => record.mutate({ input: { EmployeeCode, Given: false, On: day } })}
            />
            <span className={styles.why}>{w.withdrawWhy}</span>
          </div>
          {failed && (
            <p className={styles.failed} role="alert">
              {`${failed.title}. ${errorDetail(record.error) ?? failed.advice}`}
            </p>
          )}
        </div>
      )}
      {isOpen && <ConsentSheet person={person} day={day} onClose={() => setOpen(false)} />}
    </Panel>
  )
}

function ConsentSheet({
  person,
  day,
  onClose,
}: {
  readonly person: PersonRecord
  readonly day: string
  readonly onClose: () => void
}) {
  const w = peopleWords.person.consent
  const record = useMutation(operationMutation('users.consent'))
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '').trim()
    record.mutate(
      {
        input: {
          EmployeeCode: person.EmployeeCode,
          Given: true,
          On: text('on'),
          Note: text('note'),
          RetainUntil: text('until'),
        },
      },
      { onSuccess: onClose },
    )
  }
  const failed = record.error && words.errors[errorTextKey(record.error)]
  return (
    <SideSheet title={w.sheetTitle} lead={w.sheetLead} onClose={onClose}>
      <form onSubmit={submit}>
        <FormGrid
          actions={
            <>
              <Button type="submit" look="primary" busy={record.isPending}>
                {record.isPending ? w.busy : w.submit}
              </Button>
              <Button look="quiet" onClick={onClose}>
                {words.states.form.cancel}
              </Button>
            </>
          }
        >
          <Field label={w.on}>
            {control => (
              <input {...control} className="gh-input" name="on" type="date" required defaultValue={day} />
            )}
          </Field>
          <Field label={w.note}>
            {control => <input {...control} className="gh-input" name="note" maxLength={300} />}
          </Field>
          <Field label={w.until} hint={w.retainWhy}>
            {control => (
              <input
                {...control}
                className="gh-input"
                name="until"
                type="date"
                min={day}
                defaultValue={person.RetainUntil?.slice(0, 10) ?? ''}
              />
            )}
          </Field>
          {failed && (
            <p className={styles.failed} role="alert">
              {`${failed.title}. ${errorDetail(record.error) ?? failed.advice}`}
            </p>
          )}
        </FormGrid>
      </form>
    </SideSheet>
  )
}
