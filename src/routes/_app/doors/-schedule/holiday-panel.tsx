import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { errorTextKey } from '../../../../api/error-text.ts'
import { operationMutation } from '../../../../api/query.ts'
import { Button } from '../../../../components/button/button.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { doorWords } from '../../../../words/door-pages.ts'
import { words } from '../../../../words/index.ts'
import type { HeldSchedules } from './schedule-form.tsx'
import styles from './schedule-page.module.css'

type Holiday = HeldSchedules['Holidays'][number]

/** Days on which other windows hold: holidays that come every year, and exceptions of one day. */
export function HolidayPanel({
  sn,
  held,
  mayChange,
}: {
  readonly sn: string
  readonly held: HeldSchedules
  readonly mayChange: boolean
}) {
  const w = doorWords.schedule
  const [days, setDays] = useState<readonly Holiday[]>(held.Holidays)
  const save = useMutation(operationMutation('doors.setHolidays'))
  const isAccess = held.Flavour === 'Access'
  const change = (at: number, changes: Partial<Holiday>) =>
    setDays(days.map((day, index) => (index === at ? { ...day, ...changes } : day)))
  const add = () => {
    const used = new Set(days.map(({ HolidayID }) => HolidayID))
    const HolidayID = Array.from({ length: 99 }, (_, at) => at + 1).find(id => !used.has(id)) ?? 99
    const ScheduleID = isAccess ? null : (held.Schedules[0]?.ScheduleID ?? 1)
    setDays([...days, { HolidayID, Name: '', Date: '', Yearly: false, Kind: 1, ScheduleID }])
  }
  const isWhole = days.every(({ Date: date }) => date !== '')
  return (
    <Panel title={w.holidays}>
      <p className={styles.hint}>{w.holidayHint}</p>
      {days.length === 0 && <p className={styles.hint}>{w.noHolidays}</p>}
      <ul className={styles.holidays}>
        {days.map((day, at) => (
          <li key={day.HolidayID}>
            <input
              type="date"
              className="gh-input"
              aria-label={w.holidayDate}
              value={day.Date}
              disabled={!mayChange}
              onChange={event => change(at, { Date: event.target.value })}
            />
            <input
              className="gh-input"
              aria-label={w.holidayName}
              placeholder={w.holidayName}
              maxLength={40}
              value={day.Name}
              disabled={!mayChange}
              onChange={event => change(at, { Name: event.target.value })}
            />
            {isAccess ? (
              <>
                <select
                  className="gh-select"
                  aria-label={w.holidayKind}
                  value={day.Kind}
                  disabled={!mayChange}
                  onChange={event => change(at, { Kind: kindOf(event.target.value) })}
                >
                  {([1, 2, 3] as const).map(kind => (
                    <option key={kind} value={kind}>
                      {w.days[`Holiday${kind}`]}
                    </option>
                  ))}
                </select>
                <label className={styles.check}>
                  <input
                    type="checkbox"
                    checked={day.Yearly}
                    disabled={!mayChange}
                    onChange={event => change(at, { Yearly: event.target.checked })}
                  />
                  {w.holidayYearly}
                </label>
              </>
            ) : (
              <select
                className="gh-select"
                aria-label={w.schedule}
                value={day.ScheduleID ?? 1}
                disabled={!mayChange}
                onChange={event => change(at, { ScheduleID: Number(event.target.value), Yearly: true })}
              >
                {held.Schedules.map(({ ScheduleID, Name }) => (
                  <option key={ScheduleID} value={ScheduleID}>
                    {Name ?? `${w.schedule} ${ScheduleID}`}
                  </option>
                ))}
              </select>
            )}
            {mayChange && (
              <Button
                size="small"
                look="quiet"
                icon="trash"
                aria-label={`${w.holidayRemove} ${day.Name || day.Date}`}
                onClick={() => setDays(days.filter((_, index) => index !== at))}
              />
            )}
          </li>
        ))}
      </ul>
      {mayChange && (
        <div className={styles.actions}>
          <Button size="small" icon="plus" onClick={add}>
            {w.holidayAdd}
          </Button>
          <Button
            size="small"
            look="primary"
            busy={save.isPending}
            disabled={!isWhole}
            onClick={() => save.mutate({ input: { DeviceSN: sn, Holidays: [...days] } })}
          >
            {w.holidaySave}
          </Button>
          {save.isError && (
            <span role="alert" className={styles.fault}>
              {words.errors[errorTextKey(save.error)].title}
            </span>
          )}
        </div>
      )}
    </Panel>
  )
}

function kindOf(value: string): 1 | 2 | 3 {
  return value === '2' ? 2 : value === '3' ? 3 : 1
}
