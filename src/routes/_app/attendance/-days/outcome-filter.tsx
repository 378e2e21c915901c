import { dayCertainties, dayFlags, dayStatuses } from '#contract/day-states.ts'
import { Combobox } from '../../../../components/combobox/combobox.tsx'
import { daysWords } from '../../../../words/attendance-days.ts'
import styles from './days-bar.module.css'
import type { DaysSearch } from './search.ts'
import type { useDaysSearch } from './use-days-search.ts'

/** Counts that are no status and no remark by themselves. */
const countsOfTheirOwn = ['Expected', 'Due', 'Arrived', 'Unplanned', 'Away'] as const

/** People with a day of one kind: a status, a remark, a certainty or a count of the overview, in one field since one is what is asked for. */
export function OutcomeFilter({
  search,
  onChange,
}: {
  readonly search: DaysSearch
  readonly onChange: ReturnType<typeof useDaysSearch>[1]
}) {
  const w = daysWords
  const options = [
    ...dayFlags
      .filter(flag => flag !== 'absent')
      .map(flag => ({ value: `flag:${flag}`, label: w.flags[flag], note: w.filters.flagNote })),
    ...dayStatuses.map(status => ({
      value: `status:${status}`,
      label: w.statuses[status],
      note: w.filters.statusNote,
    })),
    ...dayCertainties.map(certainty => ({
      value: `certainty:${certainty}`,
      label: w.grid.certainty[certainty],
      note: w.filters.certaintyNote,
    })),
    ...countsOfTheirOwn.map(counted => ({
      value: `counted:${counted}`,
      label: w.arrivalCounts[counted],
      note: w.filters.countedNote,
    })),
  ]
  const chosen =
    (search.flag && `flag:${search.flag}`) ??
    (search.status && `status:${search.status}`) ??
    (search.certainty && `certainty:${search.certainty}`) ??
    countedChoice(search.counted) ??
    ''
  return (
    <div className={styles.outcome}>
      <Combobox
        label={w.filters.outcome}
        hideLabel
        clearable
        value={chosen}
        options={options}
        placeholder={w.filters.all}
        onChoose={value => {
          const [kind, name] = value.split(':')
          onChange({
            flag: dayFlags.find(flag => kind === 'flag' && flag === name),
            status: dayStatuses.find(status => kind === 'status' && status === name),
            certainty: dayCertainties.find(certainty => kind === 'certainty' && certainty === name),
            counted: countsOfTheirOwn.find(counted => kind === 'counted' && counted === name),
          })
        }}
      />
    </div>
  )
}

/** A count that says the same as a status or a remark is shown as that. */
function countedChoice(counted: DaysSearch['counted']): string | undefined {
  switch (counted) {
    case undefined:
      return undefined
    case 'Late':
      return 'flag:late'
    case 'MissingIn':
      return 'flag:missing_in'
    case 'MissingOut':
      return 'flag:missing_out'
    case 'NotArrived':
      return 'status:not_arrived'
    case 'Absent':
      return 'status:absent'
    case 'NotKnownYet':
      return 'status:not_known_yet'
    default:
      return `counted:${counted}`
  }
}
