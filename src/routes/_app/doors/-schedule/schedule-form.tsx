import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { OperationAnswer } from '#contract/types.ts'
import { serverNow } from '../../../../api/clock.ts'
import { errorTextKey } from '../../../../api/error-text.ts'
import { operationMutation } from '../../../../api/query.ts'
import { Button } from '../../../../components/button/button.tsx'
import { CommandStatus } from '../../../../components/commands/command-status.tsx'
import { Field } from '../../../../components/field/field.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { count } from '../../../../format/number.ts'
import { today, wallClock, wallDayShort } from '../../../../format/time.ts'
import { doorWords } from '../../../../words/door-pages.ts'
import { words } from '../../../../words/index.ts'
import styles from './schedule-page.module.css'
import { daysAbove, holidayDays, previewDays, toWeek, toWindows, type Week, weekDays } from './week.ts'
import { WeekPainter } from './week-painter.tsx'

export type HeldSchedules = OperationAnswer<'doors.schedules'>

/** One schedule: its week to paint, whom it lets in, what it will do, and what it would have done last week. */
export function ScheduleForm({
  sn,
  timeZone,
  id,
  held,
  mayChange,
}: {
  readonly sn: string
  readonly timeZone: string
  readonly id: number
  readonly held: HeldSchedules
  readonly mayChange: boolean
}) {
  const w = doorWords.schedule
  const known = held.Schedules.find(({ ScheduleID }) => ScheduleID === id)
  const isAccess = held.Flavour === 'Access'
  const [week, setWeek] = useState<Week>(() => toWeek(known?.Windows ?? []))
  const [name, setName] = useState(known?.Name ?? '')
  const [people, setPeople] = useState((known?.EmployeeCodes ?? []).join('\n'))
  const [group, setGroup] = useState('')
  const save = useMutation(operationMutation('doors.setSchedule'))
  const check = useMutation(operationMutation('doors.previewSchedule'))
  const windows = toWindows(week, known?.Windows)
  const above = daysAbove(windows, held.WindowsPerDay)
  const codes = people
    .split(/[\s,]+/)
    .map(code => code.trim())
    .filter(Boolean)
  // Without a word on people those who are in it stay in it; a list that is shown must be sent whole.
  const members = isAccess && codes.length > 0 ? { EmployeeCode: codes } : {}
  const days = isAccess ? [...weekDays, ...holidayDays] : weekDays
  return (
    <Panel
      title={known?.Name ?? `${w.schedule} ${id}`}
      note={known?.Command ? <CommandStatus command={known.Command} short /> : w.neverSent}
    >
      <div className={styles.form}>
        {known?.Command?.Result && <p className={styles.hint}>{known.Command.Result}</p>}
        {!isAccess && <p className={styles.hint}>{w.attendanceNote}</p>}
        <WeekPainter week={week} days={days} isReadOnly={!mayChange} onChange={setWeek} />
        {mayChange && <p className={styles.hint}>{w.paintHint}</p>}
        {above.map(day => (
          <p key={day} role="alert" className={styles.fault}>
            {w.tooMany(w.days[day], count(held.WindowsPerDay))}
          </p>
        ))}
        <Preview held={held} windows={windows} timeZone={timeZone} />
        {mayChange && (
          <>
            <div className={styles.fields}>
              <Field label={w.name}>
                {control => (
                  <input
                    {...control}
                    className="gh-input"
                    maxLength={64}
                    autoComplete="off"
                    value={name}
                    onChange={event => setName(event.target.value)}
                  />
                )}
              </Field>
              {isAccess ? (
                <Field label={w.people} hint={w.peopleHint}>
                  {control => (
                    <textarea
                      {...control}
                      className="gh-input"
                      rows={3}
                      value={people}
                      onChange={event => setPeople(event.target.value)}
                    />
                  )}
                </Field>
              ) : (
                <Field label={w.group} hint={w.groupHint}>
                  {control => (
                    <input
                      {...control}
                      className="gh-input"
                      type="number"
                      min={1}
                      max={99}
                      value={group}
                      onChange={event => setGroup(event.target.value)}
                    />
                  )}
                </Field>
              )}
            </div>
            <div className={styles.actions}>
              <Button
                look="primary"
                busy={save.isPending}
                disabled={above.length > 0}
                onClick={() =>
                  save.mutate({
                    input: {
                      DeviceSN: sn,
                      ScheduleID: id,
                      Windows: windows,
                      ...(name.trim() === '' ? {} : { Name: name.trim() }),
                      ...members,
                      ...(group === '' ? {} : { GroupID: Number(group) }),
                    },
                  })
                }
              >
                {w.save}
              </Button>
              <Button
                busy={check.isPending}
                onClick={() =>
                  check.mutate({ input: { DeviceSN: sn, ScheduleID: id, Windows: windows, ...members } })
                }
              >
                {w.weekBeforeRun}
              </Button>
              <span role="status">
                {save.data && <CommandStatus command={save.data.body} />}
                {save.isError && (
                  <span className={styles.fault}>{words.errors[errorTextKey(save.error)].title}</span>
                )}
              </span>
            </div>
            {check.data && <WeekBefore answer={check.data.body} />}
          </>
        )}
      </div>
    </Panel>
  )
}

function Preview({
  held,
  windows,
  timeZone,
}: {
  readonly held: HeldSchedules
  readonly windows: ReturnType<typeof toWindows>
  readonly timeZone: string
}) {
  const w = doorWords.schedule
  return (
    <section aria-label={w.preview}>
      <h3 className={styles.hint}>{w.preview}</h3>
      <ol className={styles.days}>
        {previewDays(windows, held.Holidays, today(timeZone, serverNow())).map(day => (
          <li key={day.date} data-holiday={day.holiday ?? undefined}>
            <span className={styles.date}>{wallDayShort(day.date)}</span>
            {day.holiday && <span className={styles.date}>{day.holiday}</span>}
            {day.windows.length === 0
              ? w.previewClosed
              : day.windows.map(({ Start, End }) => (
                  <span key={Start} className={styles.date}>{`${Start} – ${End}`}</span>
                ))}
          </li>
        ))}
      </ol>
    </section>
  )
}

function WeekBefore({ answer }: { readonly answer: OperationAnswer<'doors.previewSchedule'> }) {
  const w = doorWords.schedule
  const isSame = answer.NowDenied + answer.NowAllowed === 0
  return (
    <section aria-live="polite" aria-label={w.weekBefore}>
      <p>
        {w.events(answer.Events)}
        {isSame ? ` · ${w.weekBeforeNone}` : ''}
        {answer.NowDenied > 0 && ` · ${w.nowDenied(answer.NowDenied)}`}
        {answer.NowAllowed > 0 && ` · ${w.nowAllowed(answer.NowAllowed)}`}
      </p>
      <ul className={styles.list}>
        {answer.Examples.map(({ Event, Change }) => (
          <li key={Event.EventID}>
            {`${wallDayShort(Event.EventTime)} ${wallClock(Event.EventTime)} · ${Event.EmployeeCode ?? ''} · ${w.change[Change]}`}
          </li>
        ))}
      </ul>
    </section>
  )
}
