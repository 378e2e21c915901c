import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { errorDetail, errorTextKey } from '../../../../api/error-text.ts'
import { operationMutation, operationQuery } from '../../../../api/query.ts'
import { Button } from '../../../../components/button/button.tsx'
import { Check, Field, FormGrid } from '../../../../components/field/field.tsx'
import { TerminalPicker } from '../../../../components/people/terminal-picker.tsx'
import { Segmented } from '../../../../components/segmented/segmented.tsx'
import { SideSheet } from '../../../../components/side-sheet/side-sheet.tsx'
import { count } from '../../../../format/number.ts'
import { words } from '../../../../words/index.ts'
import { peopleWords } from '../../../../words/people.ts'
import { ForecastSection, useForecast } from '../-push/forecast-section.tsx'
import styles from './jobs-page.module.css'

/** People and their templates from one terminal to others, after a look at what that fills. */
export function CopySheet({
  onClose,
  onStarted,
}: {
  readonly onClose: () => void
  readonly onStarted: (jobId: string) => void
}) {
  const w = peopleWords.jobs
  const [source, setSource] = useState('')
  const [who, setWho] = useState<'everybody' | 'named'>('everybody')
  const [codes, setCodes] = useState('')
  const [targets, setTargets] = useState<ReadonlySet<string>>(new Set())
  const [fault, setFault] = useState<string>()
  const copy = useMutation(operationMutation('users.copy'))
  const named = [...new Set(codes.split(/[\n,;]/).map(code => code.trim()))].filter(code => code !== '')
  const people = who === 'named' ? { EmployeeCode: named } : {}
  const isAsked = source !== '' && (who === 'everybody' || named.length > 0)
  const forecast = useForecast(isAsked ? { SourceDeviceSN: source, ...people } : null, targets)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const found =
      source === ''
        ? w.sourceMissing
        : who === 'named' && named.length === 0
          ? w.codesMissing
          : targets.size === 0
            ? w.targetsMissing
            : undefined
    setFault(found)
    if (found !== undefined) return
    const IncludeTemplates = new FormData(event.currentTarget).has('templates')
    copy.mutate(
      {
        input: { SourceDeviceSN: source, TargetDeviceSN: [...targets], IncludeTemplates, ...people },
      },
      { onSuccess: ({ body }) => onStarted(body.JobID) },
    )
  }
  const failed = copy.error && words.errors[errorTextKey(copy.error)]
  return (
    <SideSheet title={w.copyTitle} lead={w.copyLead} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <FormGrid
          actions={
            <>
              <Button type="submit" look="primary" busy={copy.isPending}>
                {copy.isPending
                  ? peopleWords.push.starting
                  : forecast.fits
                    ? peopleWords.push.start
                    : peopleWords.push.startAnyway}
              </Button>
              <Button look="quiet" onClick={onClose}>
                {words.states.form.cancel}
              </Button>
            </>
          }
        >
          <SourceChoice
            value={source}
            onChange={sn => {
              setSource(sn)
              setTargets(old => new Set([...old].filter(each => each !== sn)))
            }}
          />
          <Segmented
            label={w.who}
            value={who}
            options={[
              { value: 'everybody', label: w.everybodyPlain },
              { value: 'named', label: w.named },
            ]}
            onChange={setWho}
          />
          {who === 'named' && (
            <Field label={w.codes} hint={w.codesHint}>
              {control => (
                <textarea
                  {...control}
                  className={`gh-input ${styles.codes}`}
                  spellCheck={false}
                  value={codes}
                  onChange={event => setCodes(event.target.value)}
                />
              )}
            </Field>
          )}
          <Check name="templates" defaultChecked>
            {w.templates}
          </Check>
          <TerminalPicker
            label={w.to}
            chosen={targets}
            only={terminal => terminal.DeviceSN !== source}
            onChange={setTargets}
          />
          <ForecastSection forecast={forecast} isReady={isAsked && targets.size > 0} />
          {!forecast.fits && <p className={styles.note}>{peopleWords.push.anyway}</p>}
          {(fault ?? failed) && (
            <p className={styles.failed} role="alert">
              {fault ?? `${failed?.title}. ${errorDetail(copy.error) ?? failed?.advice}`}
            </p>
          )}
        </FormGrid>
      </form>
    </SideSheet>
  )
}

function SourceChoice({
  value,
  onChange,
}: {
  readonly value: string
  readonly onChange: (sn: string) => void
}) {
  const w = peopleWords.jobs
  const { data } = useQuery(operationQuery('users.terminals', {}))
  return (
    <Field label={w.from}>
      {control => (
        <select
          {...control}
          className="gh-select"
          value={value}
          onChange={event => onChange(event.target.value)}
        >
          <option value="">{w.chooseFrom}</option>
          {data?.Terminals.map(({ DeviceSN, LabelName, Site, Users }) => (
            <option key={DeviceSN} value={DeviceSN}>
              {`${LabelName}, ${Site} (${count(Users)})`}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
