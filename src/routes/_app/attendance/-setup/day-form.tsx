import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { operationMutation } from '../../../../api/query.ts'
import { Button } from '../../../../components/button/button.tsx'
import { Field } from '../../../../components/field/field.tsx'
import { setupWords } from '../../../../words/attendance-setup.ts'
import { useNotice } from './notice.tsx'
import { faultOf } from './save-form.tsx'
import styles from './setup-page.module.css'

const portions = ['full', 'first_half', 'second_half'] as const

/** One more holiday of a calendar. */
export function DayForm({ calendarId }: { readonly calendarId: string }) {
  const w = setupWords.calendars
  const tell = useNotice()
  const save = useMutation(operationMutation('attendance.saveCalendarDays'))
  const remove = useMutation(operationMutation('attendance.removeCalendarDays'))
  const [date, setDate] = useState('')
  const [name, setName] = useState('')
  const [portion, setPortion] = useState<(typeof portions)[number]>('full')
  const [isTried, setTried] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (date === '' || name.trim() === '') return
    save.mutate(
      { input: { CalendarID: calendarId, Days: [{ Date: date, Name: name.trim(), Portion: portion }] } },
      {
        onSuccess: () => {
          const undo = () => remove.mutateAsync({ input: { CalendarID: calendarId, Dates: [date] } })
          tell({ text: setupWords.saved(name.trim()), undo })
          setDate('')
          setName('')
          setTried(false)
        },
      },
    )
  }
  return (
    <form onSubmit={submit} noValidate className={styles.row}>
      <Field label={w.date} error={isTried && date === '' ? w.dateMissing : faultOf(save.error, 'Days')}>
        {control => (
          <input
            {...control}
            className="gh-input"
            type="date"
            value={date}
            onChange={event => setDate(event.target.value)}
          />
        )}
      </Field>
      <Field label={w.dayName} error={isTried && name.trim() === '' ? w.nameMissing : undefined}>
        {control => (
          <input
            {...control}
            className="gh-input"
            maxLength={120}
            value={name}
            onChange={event => setName(event.target.value)}
          />
        )}
      </Field>
      <Field label={setupWords.portion}>
        {control => (
          <select
            {...control}
            className="gh-select"
            value={portion}
            onChange={event => setPortion(portions.find(each => each === event.target.value) ?? 'full')}
          >
            {portions.map(each => (
              <option key={each} value={each}>
                {setupWords.portions[each]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div className={styles.submit}>
        <Button type="submit" icon="plus" busy={save.isPending}>
          {w.addDay}
        </Button>
      </div>
    </form>
  )
}
