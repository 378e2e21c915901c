import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { operationQuery } from '../../../../api/query.ts'
import type { Changes } from '../../../../api/search.ts'
import { FilterBar } from '../../../../components/filter-bar/filter-bar.tsx'
import { TextFilter } from '../../../../components/filter-bar/text-filter.tsx'
import { SavedViews } from '../../../../components/saved-views/saved-views.tsx'
import { count } from '../../../../format/number.ts'
import { peopleWords } from '../../../../words/people.ts'
import styles from './filters.module.css'
import { type PeopleSearch, shows, sorts, statuses } from './search.ts'

/** What narrows and orders the directory. Everything is in the address, so a filtered list can be sent to somebody. */
export function Filters({
  search,
  onChange,
  onOpen,
  columns,
}: {
  readonly search: PeopleSearch
  readonly onChange: (changes: Changes<PeopleSearch>) => void
  readonly onOpen: (search: Record<string, unknown>) => void
  readonly columns: ReactNode
}) {
  const w = peopleWords.directory.filters
  const { data: facets } = useQuery(operationQuery('users.facets', {}))
  const { data: terminals } = useQuery(operationQuery('users.terminals', {}))
  const { department, group, status, device, show, sort } = search
  const named = (rows: readonly { Name: string; Count: number }[] | undefined) =>
    (rows ?? [])
      .filter(row => row.Name !== '')
      .map(row => ({ value: row.Name, label: w.optionWithCount(row.Name, count(row.Count)) }))
  const amounts = new Map(facets?.Statuses.map(row => [row.Name, row.Count]))
  return (
    <FilterBar
      lead={
        <TextFilter
          label={peopleWords.directory.search}
          value={search.q ?? ''}
          onChange={q => onChange({ q: q || undefined })}
        />
      }
      active={[department, group, status, device, show].filter(each => each !== undefined).length}
      onClear={() =>
        onChange({
          department: undefined,
          group: undefined,
          status: undefined,
          device: undefined,
          show: undefined,
        })
      }
      end={
        <>
          {columns}
          <SavedViews page="people" filters={search} onOpen={onOpen} />
        </>
      }
    >
      <Choice
        label={w.show}
        all={w.shows.all}
        value={show}
        options={shows.map(value => ({ value, label: w.shows[value] }))}
        onChange={value => onChange({ show: shows.find(each => each === value) })}
      />
      <Choice
        label={w.department}
        all={w.allDepartments}
        value={department}
        options={named(facets?.Departments)}
        onChange={value => onChange({ department: value })}
      />
      <Choice
        label={w.status}
        all={w.allStatuses}
        value={status}
        options={statuses.map(value => ({
          value,
          label: amounts.has(value)
            ? w.optionWithCount(peopleWords.directory.status[value], count(amounts.get(value) ?? 0))
            : peopleWords.directory.status[value],
        }))}
        onChange={value => onChange({ status: statuses.find(each => each === value) })}
      />
      {(named(facets?.Groups).length > 0 || group !== undefined) && (
        <Choice
          label={w.group}
          all={w.allGroups}
          value={group}
          options={named(facets?.Groups)}
          onChange={value => onChange({ group: value })}
        />
      )}
      <Choice
        label={w.terminal}
        all={w.allTerminals}
        value={device}
        options={(terminals?.Terminals ?? []).map(({ DeviceSN, LabelName }) => ({
          value: DeviceSN,
          label: LabelName,
        }))}
        onChange={value => onChange({ device: value })}
      />
      <Choice
        label={w.sort}
        all={w.sorts.Code}
        value={sort}
        options={sorts.map(value => ({ value, label: w.sorts[value] }))}
        onChange={value =>
          onChange({
            sort: sorts.find(each => each === value),
            // Whoever asks for the last changes wants the newest first.
            order: value === 'LastChanged' ? 'desc' : undefined,
          })
        }
      />
    </FilterBar>
  )
}

function Choice({
  label,
  all,
  value,
  options,
  onChange,
}: {
  readonly label: string
  readonly all: string
  readonly value: string | undefined
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly onChange: (value: string | undefined) => void
}) {
  // A link may name what is not in the list any more; the choice shows it all the same.
  const isListed = value === undefined || options.some(option => option.value === value)
  return (
    <select
      className={`gh-select ${styles.choice}`}
      aria-label={label}
      title={label}
      value={value ?? ''}
      onChange={event => onChange(event.target.value || undefined)}
    >
      <option value="">{all}</option>
      {!isListed && <option value={value}>{value}</option>}
      {options.map(option => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  )
}
