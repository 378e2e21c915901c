import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { errorDetail, errorTextKey } from '../../../../api/error-text.ts'
import { operationMutation, operationQuery } from '../../../../api/query.ts'
import { Dot } from '../../../../components/badge/badge.tsx'
import { Button } from '../../../../components/button/button.tsx'
import { Check, Field, FormGrid } from '../../../../components/field/field.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import type { UserTerminal } from '../../../../components/people/terminal-picker.tsx'
import { SideSheet } from '../../../../components/side-sheet/side-sheet.tsx'
import { words } from '../../../../words/index.ts'
import { peopleWords } from '../../../../words/people.ts'
import type { PersonRecord } from '../-person/use-person.ts'
import styles from './enrol.module.css'
import { EnrolSteps } from './enrol-steps.tsx'

export type EnrolKind = 'Fingerprint' | 'Face' | 'Palm' | 'Card'

/** The right index finger: what most people offer first. */
const usualFinger = 6

/** Lets a terminal ask the person before it, and follows how far that has come. */
export function EnrolSheet({
  kind,
  person,
  onClose,
}: {
  readonly kind: EnrolKind
  readonly person: PersonRecord
  readonly onClose: () => void
}) {
  const w = peopleWords.person.enrol
  const [commandId, setCommandId] = useState<string | null>(null)
  return (
    <SideSheet title={w.title[kind]} lead={w.lead} onClose={onClose}>
      {commandId === null ? (
        <EnrolForm kind={kind} person={person} onStarted={setCommandId} onCancel={onClose} />
      ) : (
        <EnrolSteps commandId={commandId} kind={kind} onAgain={() => setCommandId(null)} onClose={onClose} />
      )}
    </SideSheet>
  )
}

function EnrolForm({
  kind,
  person,
  onStarted,
  onCancel,
}: {
  readonly kind: EnrolKind
  readonly person: PersonRecord
  readonly onStarted: (commandId: string) => void
  readonly onCancel: () => void
}) {
  const w = peopleWords.person.enrol
  const query = useQuery(operationQuery('users.terminals', {}))
  const [sn, setSn] = useState('')
  const start = useMutation(operationMutation('users.enrol'))
  const terminal = query.data?.Terminals.find(each => each.DeviceSN === sn)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    if (sn === '') return
    start.mutate(
      {
        input: {
          EmployeeCode: person.EmployeeCode,
          DeviceSN: sn,
          Kind: kind,
          ...(kind === 'Fingerprint'
            ? { Finger: Number(form.get('finger')), Duress: form.has('duress') }
            : {}),
          Overwrite: kind === 'Card' || form.has('overwrite'),
        },
      },
      { onSuccess: ({ body }) => onStarted(body.CommandID) },
    )
  }
  const failed = start.error && words.errors[errorTextKey(start.error)]
  return (
    <form onSubmit={submit}>
      <FormGrid
        actions={
          <>
            <Button type="submit" look="primary" busy={start.isPending} disabled={sn === ''}>
              {start.isPending ? w.starting : w.start}
            </Button>
            <Button look="quiet" onClick={onCancel}>
              {words.states.form.cancel}
            </Button>
          </>
        }
      >
        <QueryBlock query={query}>
          {({ Terminals }) => (
            <TerminalChoice
              terminals={Terminals.filter(each => each.Kinds.includes(kind))}
              value={sn}
              onChoose={setSn}
            />
          )}
        </QueryBlock>
        {terminal && !terminal.Online && <p className={styles.note}>{w.away}</p>}
        {terminal && !terminal.KindsKnown && <p className={styles.note}>{w.unsure}</p>}
        {kind === 'Fingerprint' && (
          <>
            <Field label={w.finger}>
              {control => (
                <select {...control} className="gh-select" name="finger" defaultValue={usualFinger}>
                  {peopleWords.person.credentials.finger.map((name, at) => (
                    <option key={name} value={at}>
                      {name}
                    </option>
                  ))}
                </select>
              )}
            </Field>
            <Check name="duress">{w.duress}</Check>
          </>
        )}
        {kind !== 'Card' && (
          <Check name="overwrite" defaultChecked>
            {w.overwrite}
          </Check>
        )}
        {failed && (
          <p className={styles.failed} role="alert">
            {`${failed.title}. ${errorDetail(start.error) ?? failed.advice}`}
          </p>
        )}
      </FormGrid>
    </form>
  )
}

function TerminalChoice({
  terminals,
  value,
  onChoose,
}: {
  readonly terminals: readonly UserTerminal[]
  readonly value: string
  readonly onChoose: (sn: string) => void
}) {
  const w = peopleWords.person.enrol
  // Those in contact first: the person stands before one of them.
  const sorted = [...terminals].sort((a, b) => Number(b.Online) - Number(a.Online))
  return (
    <fieldset className={styles.plain}>
      <legend className={styles.legend}>{w.terminal}</legend>
      <div className={styles.options}>
        {sorted.map(terminal => (
          <label key={terminal.DeviceSN}>
            <input
              type="radio"
              name="terminal"
              checked={terminal.DeviceSN === value}
              onChange={() => onChoose(terminal.DeviceSN)}
            />
            {terminal.LabelName} <span className={styles.note}>{terminal.Site}</span>
            <span className={`${styles.note} ${styles.end}`}>
              <Dot tone={terminal.Online ? 'ok' : 'neutral'} ring={!terminal.Online} />{' '}
              {terminal.Online ? peopleWords.picker.online : peopleWords.picker.offline}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
