import { Link } from '@tanstack/react-router'
import type { OperationAnswer } from '#contract/types.ts'
import { minuteOfDay } from '../../../../format/time.ts'
import { daysWords } from '../../../../words/attendance-days.ts'
import type { DaysSearch } from '../-days/search.ts'
import styles from './heat.module.css'

type Presence = OperationAnswer<'attendance.presence'>

const hours = Array.from({ length: 24 }, (_, hour) => hour)

/** Hours across, weekdays down: how many people were there on average. Every field says its number and is a link. */
export function PresenceMap({
  presence,
  search,
}: {
  readonly presence: Presence
  readonly search: DaysSearch
}) {
  const w = daysWords.heat
  const at = new Map(presence.Hours.map(each => [each.Weekday * 24 + each.Hour, each.People]))
  const most = Math.max(...at.values(), 1)
  const { who: _, day: __, explain: ___, map: ____, now: _____, ...filters } = search
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <div className={styles.scroller} tabIndex={0}>
      <table className={styles.map} aria-label={w.table}>
        <thead>
          <tr>
            <td />
            {hours.map(hour => (
              <th key={hour} scope="col">
                {String(hour).padStart(2, '0')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {w.weekdays.map((weekday, index) => (
            <tr key={weekday}>
              <th scope="row" title={w.daysOf(weekday, presence.Weekdays[index] ?? 0)}>
                {weekday}
              </th>
              {hours.map(hour => {
                const people = at.get((index + 1) * 24 + hour) ?? 0
                return (
                  <td key={hour}>
                    {people > 0 ? (
                      <Link
                        to="/attendance/grid"
                        search={{ ...filters, weekday: index + 1, hour }}
                        className={styles.field}
                        data-step={stepOf(people / most)}
                        aria-label={`${weekday} ${minuteOfDay(hour * 60)}: ${w.average(shown(people))}`}
                      >
                        {shown(people)}
                      </Link>
                    ) : (
                      <span className={styles.field} data-step={0}>
                        <span className="visually-hidden">{w.none}</span>
                      </span>
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Six steps, so that neighbours can be told apart; the number stands in each field anyway. */
function stepOf(share: number): number {
  return Math.max(1, Math.ceil(share * 6))
}

function shown(people: number): string {
  return people < 10 ? people.toFixed(1) : String(Math.round(people))
}
