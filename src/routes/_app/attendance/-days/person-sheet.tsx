import { useQuery } from '@tanstack/react-query'
import { operationQuery } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { Button } from '../../../../components/button/button.tsx'
import { type TurningGuess, useTurnGuess } from '../../../../components/corrections/use-turn-guess.ts'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { SkeletonRows } from '../../../../components/page-states/skeleton.tsx'
import { personLabel } from '../../../../components/punches/punch-marks.tsx'
import { SideSheet } from '../../../../components/side-sheet/side-sheet.tsx'
import { Walk } from '../../../../components/side-sheet/walk.tsx'
import { type DayRange, shiftDay } from '../../../../format/day.ts'
import { wallDay } from '../../../../format/time.ts'
import { daysWords } from '../../../../words/attendance-days.ts'
import { words } from '../../../../words/index.ts'
import { ChangeHistory } from './change-history.tsx'
import { DayNumbers } from './day-numbers.tsx'
import { DayPunches } from './day-punches.tsx'
import { DayTimeline } from './day-timeline.tsx'
import { Explanation } from './explanation.tsx'
import type { ExplainedDay } from './explanation-text.ts'
import { PersonMonth } from './person-month.tsx'
import styles from './person-sheet.module.css'
import type { DaysSearch, PersonDays } from './search.ts'
import type { useDaysSearch } from './use-days-search.ts'

/** One person: the open day with its timeline, numbers, punches and history, and the other days of the range. */
export function PersonSheet({
  who,
  search,
  people,
  range,
  onChange,
}: {
  readonly who: string
  readonly search: DaysSearch
  readonly people: readonly PersonDays[]
  readonly range: DayRange
  readonly onChange: ReturnType<typeof useDaysSearch>[1]
}) {
  const w = daysWords.drawer
  const index = people.findIndex(person => person.EmployeeCode === who)
  const person = people[index]
  const day = search.day ?? person?.Days.at(-1)?.Date ?? range.to
  const query = useQuery({
    ...operationQuery('attendance.explain', { EmployeeCode: who, Date: day }),
    placeholderData: old => (old?.Day.EmployeeCode === who ? old : undefined),
  })
  const guess = useTurnGuess(query.isPlaceholderData ? undefined : query.data?.Day)
  const explains = search.explain === 1
  const go = (step: number) => {
    const next = index < 0 ? undefined : people[index + step]
    if (next) onChange({ who: next.EmployeeCode, day })
  }
  const toDay = (next: string) => onChange({ day: next })
  const onKey = (key: string) => {
    if (key === 'e') onChange({ explain: explains ? undefined : 1 })
    if (key === 'f') guess.run()
    if (key === '[') toDay(shiftDay(day, -1))
    if (key === ']') toDay(shiftDay(day, 1))
  }
  const label = person
    ? personLabel(person)
    : query.data
      ? personLabel(query.data.Day)
      : words.punches.person(who)
  return (
    <SideSheet
      wide
      title={label}
      lead={[who === label ? '' : who, person?.Department, person?.Site].filter(Boolean).join(' · ')}
      onClose={() => onChange({ who: undefined, day: undefined, explain: undefined })}
      onStep={go}
      onKey={onKey}
      actions={<Walk index={index} length={people.length} labels={w.person} onStep={go} />}
    >
      {person && <PersonMonth person={person} range={range} day={day} onChoose={toDay} />}
      <div className={styles.dayHead}>
        <Button
          look="quiet"
          aria-label={w.previousDay}
          title={`${w.previousDay} ([)`}
          onClick={() => toDay(shiftDay(day, -1))}
        >
          ‹
        </Button>
        <h3 className={styles.day}>{wallDay(day)}</h3>
        <Button
          look="quiet"
          aria-label={w.nextDay}
          title={`${w.nextDay} (])`}
          onClick={() => toDay(shiftDay(day, 1))}
        >
          ›
        </Button>
        <span className={styles.end}>
          <Button
            icon="question"
            aria-pressed={explains}
            aria-keyshortcuts="e"
            title={w.explainKey}
            onClick={() => onKey('e')}
          >
            {explains ? w.hideExplain : w.explain}
          </Button>
        </span>
      </div>
      <QueryBlock query={query} pending={<SkeletonRows rows={8} />}>
        {({ Day }) => <DayBody day={Day} guess={guess} explains={explains} isOld={query.isPlaceholderData} />}
      </QueryBlock>
      <p className={styles.keys}>{w.keys}</p>
    </SideSheet>
  )
}

function DayBody({
  day,
  guess,
  explains,
  isOld,
}: {
  readonly day: ExplainedDay
  readonly guess: TurningGuess
  readonly explains: boolean
  readonly isOld: boolean
}) {
  const w = daysWords.drawer
  const mayLook = useCan('attendance:photo')
  const isEmpty = day.Punches.length === 0 && day.Shifts.length === 0 && day.Corrections.length === 0
  if (isEmpty && day.Cell.Status === 'nothing_planned')
    return (
      <EmptyState icon="attendance" title={w.nothing}>
        {w.nothingBody}
      </EmptyState>
    )
  return (
    <div className={styles.body} data-old={isOld || undefined}>
      {explains && <Explanation day={day} />}
      <DayTimeline day={day} />
      <DayNumbers day={day} />
      <DayPunches day={day} guess={guess} mayLook={mayLook} />
      <ChangeHistory day={day} />
    </div>
  )
}
