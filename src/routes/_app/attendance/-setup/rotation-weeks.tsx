import type { OperationAnswer } from '#contract/types.ts'
import { shiftDay } from '../../../../format/day.ts'
import { wallDayShort } from '../../../../format/time.ts'
import { setupWords as w } from '../../../../words/attendance-setup.ts'
import styles from './rotation-weeks.module.css'

export type Rotation = OperationAnswer<'attendance.rotations'>['Rotations'][number]

const weeks = 4
const tones = 6

/** The next four weeks of a cycle, week by week, each day with its shift. */
export function RotationWeeks({
  name,
  anchor,
  days,
  offset = 0,
  today,
  names,
}: {
  readonly name: string
  readonly anchor: string
  readonly days: readonly (readonly string[])[]
  readonly offset?: number
  readonly today: string
  /** Names of shifts by id. */
  readonly names: ReadonlyMap<string, string>
}) {
  const monday = shiftDay(today, 1 - ((new Date(`${today}T00:00:00Z`).getUTCDay() || 7) as number))
  const tone = new Map([...new Set(days.flat())].map((id, at) => [id, (at % tones) + 1]))
  const cells = Array.from({ length: weeks * 7 }, (_, at) => {
    const date = shiftDay(monday, at)
    return { date, ids: shiftsOn(date, anchor, days, offset) }
  })
  return (
    <table className={styles.weeks} aria-label={w.rotations.previewLabel(name)}>
      <thead>
        <tr>
          {w.weekdays.map((day, at) => (
            <th key={day} scope="col" aria-label={w.weekdaysLong[at]}>
              {day}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: weeks }, (_, week) => (
          <tr key={cells[week * 7]?.date}>
            {cells.slice(week * 7, week * 7 + 7).map(({ date, ids }) => (
              <td key={date} data-today={date === today || undefined} title={wallDayShort(date)}>
                {ids.length === 0 ? (
                  <span className={styles.off}>{w.off}</span>
                ) : (
                  ids.map(id => (
                    <span key={id} className={styles.shift} data-tone={tone.get(id)}>
                      {names.get(id) ?? id}
                    </span>
                  ))
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function shiftsOn(
  date: string,
  anchor: string,
  days: readonly (readonly string[])[],
  offset: number,
): readonly string[] {
  const number = (day: string) => Math.floor(Date.parse(`${day}T00:00:00Z`) / 86_400_000)
  const place = number(date) - number(anchor) + offset
  const at = ((place % days.length) + days.length) % days.length
  return days[at] ?? []
}
