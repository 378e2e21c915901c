import { useState } from 'react'
import type { OperationInput } from '#contract/types.ts'
import { Button } from '../../../../components/button/button.tsx'
import { Field } from '../../../../components/field/field.tsx'
import { PersonPicker } from '../../../../components/people/person-picker.tsx'
import { Segmented } from '../../../../components/segmented/segmented.tsx'
import { setupWords } from '../../../../words/attendance-setup.ts'
import type { Assignment } from './rows.ts'
import { faultOf, SaveForm } from './save-form.tsx'
import styles from './setup-page.module.css'
import { SiteField } from './site-field.tsx'

type Input = OperationInput<'attendance.saveAssignment'>

/** Whom, what, on which days, from when to when. */
export function AssignmentForm({
  assignment,
  today,
  named,
  busy,
  error,
  onSave,
  onRemove,
  onCancel,
}: {
  readonly assignment: Assignment | undefined
  readonly today: string
  readonly named: {
    readonly shifts: ReadonlyMap<string, string>
    readonly rotations: ReadonlyMap<string, string>
    readonly departments: ReadonlyMap<string, string>
  }
  readonly busy: boolean
  readonly error: Error | null
  readonly onSave: (input: Input) => void
  readonly onRemove: (() => void) | undefined
  readonly onCancel: () => void
}) {
  const w = setupWords.assignments
  const [who, setWho] = useState<'department' | 'person'>(assignment?.EmployeeCode ? 'person' : 'department')
  const [department, setDepartment] = useState(assignment?.DepartmentID ?? '')
  const [person, setPerson] = useState(assignment?.EmployeeCode ?? '')
  const [what, setWhat] = useState(() => whatOf(assignment))
  const [weekdays, setWeekdays] = useState<readonly number[]>(assignment?.Weekdays ?? [1, 2, 3, 4, 5])
  const [offset, setOffset] = useState(assignment?.OffsetDays ?? 0)
  const [from, setFrom] = useState(assignment?.FromDate ?? today)
  const [to, setTo] = useState(assignment?.ToDate ?? '')
  const [site, setSite] = useState(assignment?.Site ?? '')
  const [worksHolidays, setWorksHolidays] = useState(assignment?.WorksHolidays ?? false)
  const [isTried, setTried] = useState(false)
  const subject = who === 'department' ? department : person.trim()
  const isTurned = to !== '' && to < from
  const submit = () => {
    setTried(true)
    if (subject === '' || what === '' || weekdays.length === 0 || isTurned) return
    onSave({
      ...(assignment ? { AssignmentID: assignment.AssignmentID } : {}),
      ...(who === 'department' ? { DepartmentID: department } : { EmployeeCode: person.trim() }),
      ...(what.startsWith('s:') ? { ShiftID: what.slice(2) } : {}),
      ...(what.startsWith('r:') ? { RotationID: what.slice(2) } : {}),
      Weekdays: [...weekdays],
      OffsetDays: what.startsWith('r:') ? offset : 0,
      FromDate: from,
      ...(to === '' ? {} : { ToDate: to }),
      Site: site.trim(),
      WorksHolidays: worksHolidays,
    })
  }
  const whoFault = isTried && subject === '' ? w.whoMissing : faultOf(error, 'EmployeeCode', 'DepartmentID')
  return (
    <SaveForm
      error={error}
      fields={['EmployeeCode', 'DepartmentID', 'ShiftID', 'RotationID', 'FromDate', 'ToDate']}
      busy={busy}
      onSubmit={submit}
      onCancel={onCancel}
      more={
        onRemove && (
          <Button look="quiet" icon="trash" onClick={onRemove}>
            {setupWords.remove}
          </Button>
        )
      }
    >
      <Segmented
        label={w.who}
        value={who}
        options={[
          { value: 'department', label: w.department },
          { value: 'person', label: w.person },
        ]}
        onChange={setWho}
      />
      {who === 'department' ? (
        <Field label={w.department} error={whoFault}>
          {control => (
            <select
              {...control}
              className="gh-select"
              value={department}
              onChange={event => setDepartment(event.target.value)}
            >
              <option value="" />
              {[...named.departments].map(([id, label]) => (
                <option key={id} value={id}>
                  {label}
                </option>
              ))}
            </select>
          )}
        </Field>
      ) : (
        <Field label={w.person} error={whoFault}>
          {control => (
            <PersonPicker
              {...control}
              label={w.person}
              placeholder={setupWords.personSearch}
              value={person}
              onChoose={setPerson}
            />
          )}
        </Field>
      )}
      <Field
        label={w.what}
        error={isTried && what === '' ? w.whatMissing : faultOf(error, 'ShiftID', 'RotationID')}
      >
        {control => (
          <select
            {...control}
            className="gh-select"
            value={what}
            onChange={event => setWhat(event.target.value)}
          >
            <option value="" />
            <optgroup label={setupWords.tabs.shifts}>
              {[...named.shifts].map(([id, label]) => (
                <option key={id} value={`s:${id}`}>
                  {label}
                </option>
              ))}
            </optgroup>
            <optgroup label={setupWords.tabs.rotations}>
              {[...named.rotations].map(([id, label]) => (
                <option key={id} value={`r:${id}`}>
                  {label}
                </option>
              ))}
            </optgroup>
            <option value="off">{w.nothing}</option>
          </select>
        )}
      </Field>
      {what.startsWith('s:') && (
        <WeekdayChoice
          value={weekdays}
          error={isTried && weekdays.length === 0 ? w.weekdaysMissing : undefined}
          onChange={setWeekdays}
        />
      )}
      {what.startsWith('r:') && (
        <Field label={w.offset} hint={w.offsetHint}>
          {control => (
            <input
              {...control}
              className="gh-input"
              type="number"
              min={0}
              max={365}
              value={offset}
              onChange={event =>
                setOffset(Math.max(0, Math.min(365, Math.floor(Number(event.target.value)))))
              }
            />
          )}
        </Field>
      )}
      <div className={styles.row}>
        <Field label={setupWords.fromDate} error={faultOf(error, 'FromDate')}>
          {control => (
            <input
              {...control}
              className="gh-input"
              type="date"
              value={from}
              onChange={event => setFrom(event.target.value || today)}
            />
          )}
        </Field>
        <Field
          label={w.to}
          hint={w.toHint}
          error={isTurned ? setupWords.leave.orderWrong : faultOf(error, 'ToDate')}
        >
          {control => (
            <input
              {...control}
              className="gh-input"
              type="date"
              value={to}
              onChange={event => setTo(event.target.value)}
            />
          )}
        </Field>
      </div>
      <SiteField label={w.site} hint={w.siteHint} value={site} onChange={setSite} />
      <label className={styles.about}>
        <input
          type="checkbox"
          checked={worksHolidays}
          onChange={event => setWorksHolidays(event.target.checked)}
        />{' '}
        {w.worksHolidays}
      </label>
    </SaveForm>
  )
}

function whatOf(assignment: Assignment | undefined): string {
  if (assignment === undefined) return ''
  if (assignment.RotationID !== null) return `r:${assignment.RotationID}`
  return assignment.ShiftID === null ? 'off' : `s:${assignment.ShiftID}`
}

function WeekdayChoice({
  value,
  error,
  onChange,
}: {
  readonly value: readonly number[]
  readonly error: string | undefined
  readonly onChange: (days: readonly number[]) => void
}) {
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{setupWords.assignments.weekdays}</legend>
      <div className={styles.days}>
        {setupWords.weekdaysLong.map((name, at) => {
          const day = at + 1
          return (
            <label key={name} className={styles.about}>
              <input
                type="checkbox"
                checked={value.includes(day)}
                onChange={event =>
                  onChange(event.target.checked ? [...value, day].sort() : value.filter(each => each !== day))
                }
              />{' '}
              {name}
            </label>
          )
        })}
      </div>
      {error && (
        <p className={styles.fault} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  )
}
