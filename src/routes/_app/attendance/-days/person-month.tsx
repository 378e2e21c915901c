import type { DayRange } from '../../../../format/day.ts'
import { wallDayShort } from '../../../../format/time.ts'
import { daysWords } from '../../../../words/attendance-days.ts'
import { cellLabel, cellLook } from './cell-look.ts'
import { cellOn } from './cell-of.ts'
import { dayParts } from './day-parts.ts'
import { daysBetween, weekdayOf } from './filters.ts'
import cellStyles from './grid-cell.module.css'
import styles from './person-month.module.css'
import type { PersonDays } from './search.ts'

/** The range of one person as a calendar, Monday first; each day opens. */
export function PersonMonth({
  person,
  range,
  day,
  onChoose,
}: {
  readonly person: PersonDays
  readonly range: DayRange
  readonly day: string
  readonly onChoose: (day: string) => void
}) {
  const days = daysBetween(range.from, range.to)
  if (days.length < 2) return null
  return (
    <section aria-label={daysWords.drawer.month}>
      <div className={styles.month}>
        {days.map((each, at) => {
          const cell = cellOn(person, each)
          const look = cellLook(cell)
          return (
            <button
              key={each}
              type="button"
              className={styles.day}
              aria-label={cellLabel(wallDayShort(each), cell)}
              aria-pressed={each === day}
              style={at === 0 ? { gridColumnStart: weekdayOf(each) } : undefined}
              onClick={() => onChoose(each)}
            >
              <span className={styles.date}>{dayParts(each).date}</span>
              <span
                className={cellStyles.cell}
                data-sure={look.sure}
                data-tone={look.tone}
                data-late={look.late || undefined}
                data-early={look.early || undefined}
                data-missing={look.missing || undefined}
                data-open={look.open || undefined}
                data-differs={look.differs || undefined}
                style={{ position: 'relative', display: 'block', blockSize: 28, padding: 0 }}
              >
                <span className={cellStyles.face}>
                  <span className={cellStyles.text}>{look.text}</span>
                </span>
              </span>
            </button>
          )
        })}
      </div>
    </section>
  )
}
