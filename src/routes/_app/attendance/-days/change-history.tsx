import { useState } from 'react'
import { useCan } from '../../../../api/session.ts'
import { Button } from '../../../../components/button/button.tsx'
import { AddPunchForm } from '../../../../components/corrections/add-punch-form.tsx'
import { CorrectionHistory } from '../../../../components/corrections/correction-history.tsx'
import { DayFactForm } from '../../../../components/corrections/day-fact-form.tsx'
import { daysWords } from '../../../../words/attendance-days.ts'
import type { ExplainedDay } from './explanation-text.ts'
import styles from './person-sheet.module.css'

type Form = 'AddPunch' | 'Excuse' | 'Note'

/** Who corrected what and why, ways to correct, and what a recalculation of a closed day would change. */
export function ChangeHistory({ day }: { readonly day: ExplainedDay }) {
  const w = daysWords.drawer
  const mayCorrect = useCan('attendance:correct')
  const [form, setForm] = useState<Form | null>(null)
  const done = () => setForm(null)
  const about = { employeeCode: day.EmployeeCode, day: day.Cell.Date, onDone: done, onCancel: done }
  const missing = day.Findings.find(({ Kind }) => Kind === 'missing_in' || Kind === 'missing_out')
  return (
    <section>
      <h3 className={styles.heading}>{w.corrections}</h3>
      {mayCorrect && form === null && (
        <div className={styles.marks}>
          <Button size="small" icon="plus" onClick={() => setForm('AddPunch')}>
            {w.addPunch}
          </Button>
          <Button size="small" icon="check" onClick={() => setForm('Excuse')}>
            {w.excuse}
          </Button>
          <Button size="small" icon="edit" onClick={() => setForm('Note')}>
            {w.note}
          </Button>
        </div>
      )}
      {form === 'AddPunch' && (
        <AddPunchForm
          {...about}
          timeZone={day.TimeZone}
          direction={missing?.Kind === 'missing_in' ? 'CheckIn' : 'CheckOut'}
          deviceSn={day.Punches[0]?.DeviceSN}
        />
      )}
      {(form === 'Excuse' || form === 'Note') && <DayFactForm kind={form} {...about} />}
      <CorrectionHistory employeeCode={day.EmployeeCode} day={day.Cell.Date} />
      {day.Changes.length > 0 && (
        <>
          <h3 className={styles.heading}>{w.changes}</h3>
          <ul className={styles.history}>
            {day.Changes.map(change => (
              <li key={change.Field}>
                {w.change(change.Field, String(change.Before ?? '–'), String(change.After ?? '–'))}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
