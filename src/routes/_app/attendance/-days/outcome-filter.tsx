import { Combobox } from '../../../../components/combobox/combobox.tsx'
import { daysWords } from '../../../../words/attendance-days.ts'
import styles from './days-bar.module.css'
import { type DaysSearch, dayCertainties, dayFlags, dayStatuses } from './search.ts'
import type { useDaysSearch } from './use-days-search.ts'

/** People with a day of one kind: a status, a remark or a certainty, in one field since one is what is asked for. */
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
  ]
  const chosen =
    (search.flag && `flag:${search.flag}`) ??
    (search.status && `status:${search.status}`) ??
    (search.certainty && `certainty:${search.certainty}`) ??
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
          })
        }}
      />
    </div>
  )
}
