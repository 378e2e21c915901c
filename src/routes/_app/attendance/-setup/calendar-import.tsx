import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { OperationAnswer } from '#contract/types.ts'
import { operationMutation } from '../../../../api/query.ts'
import { Badge } from '../../../../components/badge/badge.tsx'
import { Button } from '../../../../components/button/button.tsx'
import { Field } from '../../../../components/field/field.tsx'
import { wallDay } from '../../../../format/time.ts'
import { setupWords } from '../../../../words/attendance-setup.ts'
import { useNotice } from './notice.tsx'
import type { Calendar } from './rows.ts'
import { SaveForm } from './save-form.tsx'
import styles from './setup-page.module.css'

type Found = OperationAnswer<'attendance.importCalendar'>

/** Holidays from an iCal file: what it would do first, then all of it. */
export function CalendarImport({
  calendar,
  year,
  onClose,
}: {
  readonly calendar: Calendar
  readonly year: number
  readonly onClose: () => void
}) {
  const w = setupWords.calendars
  const tell = useNotice()
  const [text, setText] = useState('')
  const [found, setFound] = useState<Found | null>(null)
  const read = useMutation(operationMutation('attendance.importCalendar'))
  const remove = useMutation(operationMutation('attendance.removeCalendarDays'))
  const run = (DryRun: boolean, Text = text) =>
    read.mutate(
      {
        input: {
          CalendarID: calendar.CalendarID,
          Text,
          FromDate: `${year}-01-01`,
          ToDate: `${year + 1}-12-31`,
          DryRun,
        },
      },
      {
        onSuccess: ({ body }) => {
          if (!body.Written) return setFound(body)
          const Dates = body.Days.filter(day => day.Outcome === 'add').map(day => day.Date)
          const undo = () => remove.mutateAsync({ input: { CalendarID: calendar.CalendarID, Dates } })
          tell({ text: setupWords.saved(calendar.Name), ...(Dates.length > 0 ? { undo } : {}) })
          onClose()
        },
      },
    )
  const due = found?.Days.filter(day => day.Outcome !== 'same').length ?? 0
  const isGood = found !== null && found.Faults.length === 0
  return (
    <SaveForm
      error={read.error}
      fields={[]}
      busy={read.isPending}
      label={isGood && due > 0 ? w.accept(due) : setupWords.import.check}
      onSubmit={() => text !== '' && run(!(isGood && due > 0))}
      onCancel={onClose}
    >
      <Field label={w.file} hint={w.fileHint}>
        {control => (
          <input
            {...control}
            className="gh-input"
            type="file"
            accept=".ics,text/calendar"
            onChange={async event => {
              const chosen = await event.target.files?.[0]?.text()
              if (chosen === undefined || chosen === '') return
              setText(chosen)
              setFound(null)
              run(true, chosen)
            }}
          />
        )}
      </Field>
      {found?.Faults.map(fault => (
        <p key={`${fault.Event} ${fault.Fault}`} className={styles.fault} role="alert">
          {[fault.Event, fault.Fault].filter(Boolean).join(': ')}
        </p>
      ))}
      {found && found.Days.length > 0 && (
        <>
          <p className={styles.hint}>{due === 0 ? w.nothing : w.found(found.Days.length)}</p>
          <div className={styles.scroll}>
            <table className={styles.table} aria-label={w.found(found.Days.length)}>
              <tbody>
                {found.Days.map(day => (
                  <tr key={day.Date}>
                    <th scope="row">{wallDay(day.Date)}</th>
                    <td>{day.Name}</td>
                    <td>
                      <Badge tone={day.Outcome === 'same' ? 'neutral' : 'accent'}>
                        {w.outcomes[day.Outcome]}
                      </Badge>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
      {found && found.Faults.length > 0 && (
        <Button size="small" onClick={() => run(true)}>
          {setupWords.import.check}
        </Button>
      )}
    </SaveForm>
  )
}
