import { Button } from '../../../../components/button/button.tsx'
import { Combobox } from '../../../../components/combobox/combobox.tsx'
import { DeviceFilter } from '../../../../components/devices/device-filter.tsx'
import { FilterBar } from '../../../../components/filter-bar/filter-bar.tsx'
import { PersonFilter } from '../../../../components/people/person-filter.tsx'
import { RangeDates, RangePresets } from '../../../../components/range-filter/range-filter.tsx'
import type { DayRange } from '../../../../format/day.ts'
import { daysWords } from '../../../../words/attendance-days.ts'
import styles from './days-bar.module.css'
import { activeFilters, noFilters } from './filters.ts'
import { OutcomeFilter } from './outcome-filter.tsx'
import { RangeStep } from './range-step.tsx'
import { type DaysSearch, daySorts, type PersonDays } from './search.ts'
import type { useDaysSearch } from './use-days-search.ts'

/** What narrows the days, how they are sorted, and the ways to take them away. */
export function DaysBar({
  search,
  range,
  today,
  people,
  isMap = false,
  defaultSort,
  onChange,
}: {
  readonly search: DaysSearch
  readonly range: DayRange
  readonly today: string
  readonly people: readonly PersonDays[]
  /** A map of all days: neither sorted nor narrowed to days of one kind. */
  readonly isMap?: boolean
  /** How the page sorts where the address does not say. */
  readonly defaultSort?: (typeof daySorts)[number]
  readonly onChange: ReturnType<typeof useDaysSearch>[1]
}) {
  const w = daysWords
  const isThisMonth = (next: DayRange) => next.from === `${today.slice(0, 8)}01` && next.to === today
  const choose = (next: DayRange) =>
    // This month is the plain address; next month it then means that one.
    onChange({ ...(isThisMonth(next) ? { from: undefined, to: undefined } : next), now: undefined })
  return (
    <FilterBar
      lead={
        !search.now && (
          <>
            <RangePresets range={range} today={today} onChange={choose} />
            <RangeStep range={range} today={today} onChange={choose} />
            {!isMap && (
              <label className={styles.sort}>
                <span className="visually-hidden">{w.grid.sort}</span>
                <select
                  className="gh-select"
                  value={search.sort ?? defaultSort ?? ''}
                  onChange={event => onChange({ sort: daySorts.find(sort => sort === event.target.value) })}
                >
                  {defaultSort === undefined && <option value="">{w.grid.sorts.code}</option>}
                  {daySorts.map(sort => (
                    <option key={sort} value={sort}>
                      {w.grid.sorts[sort]}
                    </option>
                  ))}
                </select>
              </label>
            )}
          </>
        )
      }
      active={activeFilters(search)}
      onClear={() => onChange(noFilters)}
    >
      {!search.now && <RangeDates range={range} today={today} onChange={choose} />}
      <div className={styles.person}>
        <PersonFilter value={search.person} onChange={person => onChange({ person: person || undefined })} />
      </div>
      {!search.now && !isMap && <OutcomeFilter search={search} onChange={onChange} />}
      <Known
        label={w.filters.department}
        all={w.filters.allDepartments}
        value={search.department}
        known={people.map(person => person.Department)}
        onChoose={department => onChange({ department })}
      />
      <Known
        label={w.filters.site}
        all={w.filters.allSites}
        value={search.site}
        known={people.map(person => person.Site)}
        onChoose={site => onChange({ site })}
      />
      {search.home !== undefined && (
        <Button icon="cross" onClick={() => onChange({ home: undefined })}>
          {w.filters.ofHome(search.home)}
        </Button>
      )}
      <div className={styles.device}>
        <DeviceFilter value={search.device} onChange={device => onChange({ device: device || undefined })} />
      </div>
      {search.weekday !== undefined && search.hour !== undefined && (
        <span className={styles.at}>
          {w.filters.at(
            w.heat.weekdays[search.weekday - 1] ?? '',
            `${String(search.hour).padStart(2, '0')}:00`,
          )}
        </span>
      )}
    </FilterBar>
  )
}

/** One of what the loaded people say; nothing where they say nothing or all the same. */
function Known({
  label,
  all,
  value,
  known,
  onChoose,
}: {
  readonly label: string
  readonly all: string
  readonly value: string | undefined
  readonly known: readonly (string | null)[]
  readonly onChoose: (value: string | undefined) => void
}) {
  const options = [...new Set(known.filter(each => each !== null && each !== ''))].sort()
  if (options.length < 2 && value === undefined) return null
  return (
    <div className={styles.known}>
      <Combobox
        label={label}
        hideLabel
        clearable
        free
        value={value ?? ''}
        options={options.map(each => ({ value: each ?? '', label: each ?? '' }))}
        display={value === '' ? daysWords.filters.none : value}
        placeholder={all}
        onChoose={chosen => onChoose(chosen || undefined)}
      />
    </div>
  )
}
