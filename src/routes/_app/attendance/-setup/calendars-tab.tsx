import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { operationMutation, operationQuery } from '../../../../api/query.ts'
import { Button } from '../../../../components/button/button.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { SideSheet } from '../../../../components/side-sheet/side-sheet.tsx'
import { wallDay } from '../../../../format/time.ts'
import { setupWords } from '../../../../words/attendance-setup.ts'
import { CalendarForm } from './calendar-form.tsx'
import { CalendarImport } from './calendar-import.tsx'
import { DayForm } from './day-form.tsx'
import { useNotice } from './notice.tsx'
import type { Calendar } from './rows.ts'
import styles from './setup-page.module.css'
import { useOpen } from './use-open.ts'
import { useToday } from './use-today.ts'

/** Calendars with the holidays of a year. */
export function CalendarsTab({ may }: { readonly may: boolean }) {
  const w = setupWords.calendars
  const thisYear = Number(useToday().slice(0, 4))
  const [year, setYear] = useState(thisYear)
  const query = useQuery(
    operationQuery('attendance.calendars', { FromDate: `${year}-01-01`, ToDate: `${year}-12-31` }),
  )
  const { open, show, close } = useOpen()
  const calendars = query.data?.Calendars ?? []
  const [openKind, openId] = [open?.slice(0, 2), open?.slice(2)]
  const chosen = calendars.find(each => each.CalendarID === openId)
  return (
    <>
      <div className={styles.bar}>
        {may ? (
          <Button look="primary" icon="plus" onClick={() => show('new')}>
            {w.add}
          </Button>
        ) : (
          <span />
        )}
        <label className={styles.about}>
          {w.year}{' '}
          <select className="gh-select" value={year} onChange={event => setYear(Number(event.target.value))}>
            {[-1, 0, 1, 2].map(ahead => (
              <option key={ahead} value={thisYear + ahead}>
                {thisYear + ahead}
              </option>
            ))}
          </select>
        </label>
      </div>
      <QueryBlock query={query}>
        {() =>
          calendars.length === 0 ? (
            <EmptyState icon="attendance" title={w.empty}>
              {w.emptyBody}
            </EmptyState>
          ) : (
            <ul className={styles.cards}>
              {calendars.map(calendar => (
                <li key={calendar.CalendarID} className={styles.card}>
                  <CalendarCard
                    calendar={calendar}
                    may={may}
                    onEdit={() => show(`e:${calendar.CalendarID}`)}
                    onImport={() => show(`i:${calendar.CalendarID}`)}
                  />
                </li>
              ))}
            </ul>
          )
        }
      </QueryBlock>
      {may && open === 'new' && (
        <SideSheet title={w.newTitle} onClose={close}>
          <CalendarForm calendar={undefined} onClose={close} />
        </SideSheet>
      )}
      {may && chosen && openKind === 'e:' && (
        <SideSheet key={open} title={chosen.Name} onClose={close}>
          <CalendarForm calendar={chosen} onClose={close} />
        </SideSheet>
      )}
      {may && chosen && openKind === 'i:' && (
        <SideSheet key={open} title={w.importTitle(chosen.Name)} onClose={close}>
          <CalendarImport calendar={chosen} year={year} onClose={close} />
        </SideSheet>
      )}
    </>
  )
}

function CalendarCard({
  calendar,
  may,
  onEdit,
  onImport,
}: {
  readonly calendar: Calendar
  readonly may: boolean
  readonly onEdit: () => void
  readonly onImport: () => void
}) {
  const w = setupWords.calendars
  const tell = useNotice()
  const save = useMutation(operationMutation('attendance.saveCalendarDays'))
  const remove = useMutation(operationMutation('attendance.removeCalendarDays'))
  const { CalendarID } = calendar
  const takeAway = (day: Calendar['Days'][number]) =>
    remove.mutate(
      { input: { CalendarID, Dates: [day.Date] } },
      {
        onSuccess: () =>
          tell({
            text: setupWords.removed(day.Name),
            undo: () => save.mutateAsync({ input: { CalendarID, Days: [day] } }),
          }),
      },
    )
  return (
    <>
      <div className={styles.head}>
        <h2 className={styles.name}>{calendar.Name}</h2>
        <span className={styles.about}>
          {calendar.Sites.length === 0 ? w.everywhere : calendar.Sites.join(', ')}
        </span>
        <span className={styles.about}>{w.days(calendar.Days.length)}</span>
        {may && (
          <span className={styles.end}>
            <Button size="small" look="quiet" icon="download" onClick={onImport}>
              {w.importFile}
            </Button>
            <Button
              size="small"
              look="quiet"
              icon="edit"
              aria-label={`${setupWords.edit}: ${calendar.Name}`}
              onClick={onEdit}
            />
          </span>
        )}
      </div>
      {calendar.Days.length === 0 ? (
        <p className={styles.hint}>{w.noDays}</p>
      ) : (
        <table className={styles.table} aria-label={calendar.Name}>
          <tbody>
            {calendar.Days.map(day => (
              <tr key={day.Date}>
                <th scope="row">{wallDay(day.Date)}</th>
                <td>{day.Name}</td>
                <td>{day.Portion === 'full' ? '' : setupWords.portions[day.Portion]}</td>
                {may && (
                  <td>
                    <Button
                      size="small"
                      look="quiet"
                      icon="trash"
                      aria-label={w.removeDay(day.Name)}
                      onClick={() => takeAway(day)}
                    />
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {may && <DayForm calendarId={CalendarID} />}
    </>
  )
}
