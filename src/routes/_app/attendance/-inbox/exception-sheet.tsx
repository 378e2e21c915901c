import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { operationQuery } from '../../../../api/query.ts'
import { Badge } from '../../../../components/badge/badge.tsx'
import { Button } from '../../../../components/button/button.tsx'
import { AddPunchForm } from '../../../../components/corrections/add-punch-form.tsx'
import { CorrectionHistory } from '../../../../components/corrections/correction-history.tsx'
import { DayFactForm } from '../../../../components/corrections/day-fact-form.tsx'
import { TurnGuess } from '../../../../components/corrections/turn-guess.tsx'
import { useTurnGuess } from '../../../../components/corrections/use-turn-guess.ts'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { personLabel } from '../../../../components/punches/punch-marks.tsx'
import { SideSheet } from '../../../../components/side-sheet/side-sheet.tsx'
import { Walk } from '../../../../components/side-sheet/walk.tsx'
import { wallDay } from '../../../../format/time.ts'
import { reviewWords } from '../../../../words/attendance-review.ts'
import { correctionWords } from '../../../../words/corrections.ts'
import { type DayBehind, type ExceptionDay, kindText, readKey } from './exception-day.ts'
import { openButtonId, toneOf } from './exception-table.tsx'
import styles from './inbox.module.css'
import { PunchRows } from './punch-rows.tsx'
import type { InboxAct } from './search.ts'

type Form = 'add' | 'excuse' | 'settle' | 'note'

/** One day of one person: what was found, the punches, what can be done, and what was done. */
export function ExceptionSheet({
  at,
  act,
  row,
  index,
  length,
  mayCorrect,
  onStep,
  onClose,
}: {
  readonly at: string
  readonly act: InboxAct
  readonly row: ExceptionDay | undefined
  readonly index: number
  readonly length: number
  readonly mayCorrect: boolean
  readonly onStep: (by: 1 | -1) => void
  readonly onClose: () => void
}) {
  const w = reviewWords
  const { day, code } = readKey(at)
  const query = useQuery(operationQuery('attendance.explain', { EmployeeCode: code, Date: day }))
  // A day that is in order leaves the list while its sheet is still open.
  const person = row ?? query.data?.Day
  const [form, setForm] = useState<Form | null>(act === 'look' ? null : act)
  const guess = useTurnGuess(query.data?.Day)
  return (
    <SideSheet
      title={person ? personLabel(person) : code}
      lead={wallDay(day)}
      returnTo={openButtonId(at)}
      onClose={onClose}
      onStep={onStep}
      onKey={key => key === 'f' && guess.run()}
      actions={<Walk index={index} length={length} labels={w.inbox.walk} onStep={onStep} />}
    >
      <QueryBlock query={query}>
        {({ Day }) => (
          <div className={styles.sheet}>
            <Findings day={Day} kinds={row?.Kinds ?? Day.Findings.map(({ Kind }) => Kind)} />
            <section>
              <h3 className={styles.heading}>{w.sheet.punches}</h3>
              <TurnGuess {...guess} />
              <PunchRows day={Day} code={code} mayCorrect={mayCorrect} />
            </section>
            {mayCorrect && (
              <section>
                <h3 className={styles.heading}>{w.sheet.act}</h3>
                {Day.ClosedAt && <p className={styles.quiet}>{w.sheet.closed}</p>}
                <Acts form={form} onChange={setForm} />
                {form && (
                  <div className={styles.form}>
                    <ActForm form={form} code={code} day={Day} row={row} onClose={() => setForm(null)} />
                  </div>
                )}
              </section>
            )}
            <section>
              <h3 className={styles.heading}>{correctionWords.history}</h3>
              <CorrectionHistory employeeCode={code} day={day} />
            </section>
          </div>
        )}
      </QueryBlock>
    </SideSheet>
  )
}

function Findings({ day, kinds }: { readonly day: DayBehind; readonly kinds: readonly string[] }) {
  const { sheet, minutes } = reviewWords
  // Of a day that runs everybody is still to say something.
  const owing = day.Cell.Reason === 'waiting_for_terminals' ? day.WaitingFor : []
  const waiting = owing.map(({ LabelName, Why, Since }) =>
    Since === null ? sheet.neverSaid(LabelName) : sheet.waitingFor[Why](LabelName, Since.slice(0, 16)),
  )
  const [planned] = day.Shifts.filter(shift => shift.Planned)
  return (
    <div className={styles.findings}>
      <div className={styles.found}>
        {[...new Set(kinds)].map(kind => {
          const most = Math.max(
            0,
            ...day.Findings.filter(({ Kind }) => Kind === kind).map(({ Minutes }) => Minutes ?? 0),
          )
          return (
            <Badge key={kind} tone={toneOf(kind)}>
              {kindText(kind)}
              {most > 0 && ` · ${minutes(most)}`}
            </Badge>
          )
        })}
      </div>
      {planned && (
        <p className={styles.quiet}>
          {sheet.planned(planned.Name ?? planned.ShiftID)}
          {planned.From && planned.To && `, ${planned.From.slice(11, 16)} – ${planned.To.slice(11, 16)}`}
        </p>
      )}
      {waiting.length > 0 && <p className={styles.warn}>{sheet.waiting(waiting.join(', '))}</p>}
    </div>
  )
}

function Acts({
  form,
  onChange,
}: {
  readonly form: Form | null
  readonly onChange: (form: Form | null) => void
}) {
  const w = correctionWords
  const acts = [
    { form: 'add', label: w.add, icon: 'plus' },
    { form: 'settle', label: w.settle, icon: 'check' },
    { form: 'excuse', label: w.excuse, icon: 'clock' },
    { form: 'note', label: w.note, icon: 'edit' },
  ] as const
  return (
    <div className={styles.acts}>
      {acts.map(act => (
        <Button
          key={act.form}
          size="small"
          icon={act.icon}
          aria-expanded={form === act.form}
          onClick={() => onChange(form === act.form ? null : act.form)}
        >
          {act.label}
        </Button>
      ))}
    </div>
  )
}

function ActForm({
  form,
  code,
  day,
  row,
  onClose,
}: {
  readonly form: Form
  readonly code: string
  readonly day: DayBehind
  readonly row: ExceptionDay | undefined
  readonly onClose: () => void
}) {
  const date = day.Cell.Date
  const about = { employeeCode: code, day: date, onDone: onClose, onCancel: onClose }
  const finding = row?.Kinds[0] ?? day.Findings[0]?.Kind
  if (form === 'settle') return <DayFactForm {...about} kind="Settle" finding={finding} />
  if (form === 'excuse')
    return (
      <DayFactForm
        {...about}
        kind="Excuse"
        finding={row?.Kinds.find(kind => ['late', 'early_leave', 'absent'].includes(kind))}
      />
    )
  if (form === 'note') return <DayFactForm {...about} kind="Note" />
  const isExit = row?.Kinds.includes('missing_out') ?? false
  const planned = day.Shifts.find(shift => shift.Planned)
  const stamp = isExit ? planned?.To : planned?.From
  return (
    <AddPunchForm
      {...about}
      day={stamp?.slice(0, 10) ?? date}
      timeZone={day.TimeZone}
      time={stamp?.slice(11, 16)}
      direction={isExit ? 'CheckOut' : 'CheckIn'}
      deviceSn={day.Punches.find(({ Used, DeviceSN }) => Used && DeviceSN !== '')?.DeviceSN}
    />
  )
}
