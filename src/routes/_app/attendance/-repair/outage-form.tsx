import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { serverNow } from '../../../../api/clock.ts'
import { operationQuery } from '../../../../api/query.ts'
import type { Changes } from '../../../../api/search.ts'
import { useSession } from '../../../../api/session.ts'
import { Button } from '../../../../components/button/button.tsx'
import { Field } from '../../../../components/field/field.tsx'
import { shiftDay } from '../../../../format/day.ts'
import { today as todayIn } from '../../../../format/time.ts'
import { reviewWords } from '../../../../words/attendance-review.ts'
import { isCut, type Outage } from './outage-window.ts'
import styles from './repair.module.css'
import type { RepairSearch } from './search.ts'

const lookBackDays = 6

/** Which terminal could not tell, and when: as the chosen outage says, or any times by hand. */
export function OutageForm({
  search,
  outage,
  onChange,
}: {
  readonly search: RepairSearch
  /** The one the address names, once it is known. */
  readonly outage: Outage | undefined
  readonly onChange: (search: Changes<RepairSearch>) => void
}) {
  const w = reviewWords.repair
  const session = useSession()
  const today = todayIn(session?.TimeZone ?? 'UTC', serverNow())
  const { data } = useQuery(
    operationQuery('attendance.dayCompleteness', { FromDate: shiftDay(today, -lookBackDays), ToDate: today }),
  )
  const [device, setDevice] = useState(search.device ?? '')
  const terminals = [...new Map((data?.Days ?? []).map(day => [day.DeviceSN, day])).values()]
  const outages = useQuery(operationQuery('attendance.outages', {}))
  const listed = new Set(outages.data?.Outages.filter(each => each.Lasting).map(each => each.DeviceSN))
  const owing = terminals.filter(
    ({ Why, Since, DeviceSN }) => Why !== null && Since !== null && outages.data && !listed.has(DeviceSN),
  )
  const site = terminals.find(({ DeviceSN }) => DeviceSN === device)?.Site
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const chosen = String(form.get('device'))
    onChange({
      device: chosen,
      from: String(form.get('from')).slice(0, 16),
      to: String(form.get('to')).slice(0, 16),
      // Another terminal is not of this incident, unless the list of outages says so.
      incident: chosen === search.device ? search.incident : undefined,
    })
  }
  return (
    <form className={styles.form} onSubmit={submit}>
      {owing.length > 0 && (
        <div>
          <h3 className={styles.quiet}>{w.open}</h3>
          <div className={styles.buttons}>
            {owing.map(({ DeviceSN, LabelName, Since }) => (
              <Button
                key={DeviceSN}
                size="small"
                icon="devices"
                aria-pressed={search.incident === undefined && search.device === DeviceSN}
                onClick={() =>
                  onChange({
                    device: DeviceSN,
                    from: minuteOf(Since ?? today, shiftDay(today, -lookBackDays)),
                    to: `${today}T23:59`,
                    incident: undefined,
                  })
                }
              >
                {LabelName} {w.since((Since ?? '').slice(0, 16))}
              </Button>
            ))}
          </div>
        </div>
      )}
      <div className={styles.fields}>
        <Field label={w.terminal} {...(site === undefined ? {} : { hint: site })}>
          {control => (
            <select
              {...control}
              className="gh-select"
              name="device"
              required
              value={device}
              onChange={event => setDevice(event.target.value)}
            >
              <option value="" />
              {terminals.map(({ DeviceSN, LabelName }) => (
                <option key={DeviceSN} value={DeviceSN}>
                  {LabelName}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={w.from} hint={w.window}>
          {control => (
            <input
              {...control}
              className="gh-input"
              type="datetime-local"
              name="from"
              required
              defaultValue={search.from}
            />
          )}
        </Field>
        <Field label={w.to} {...(outage !== undefined && isCut(outage) ? { hint: w.cut } : {})}>
          {control => (
            <input
              {...control}
              className="gh-input"
              type="datetime-local"
              name="to"
              required
              defaultValue={search.to}
            />
          )}
        </Field>
      </div>
      <div>
        <Button type="submit" look="primary">
          {w.look}
        </Button>
      </div>
    </form>
  )
}

/** A wall clock as the address has it, and not longer ago than is repaired at once. */
function minuteOf(local: string, earliest: string): string {
  return local.slice(0, 10) < earliest ? `${earliest}T00:00` : local.slice(0, 16).replace(' ', 'T')
}
