import { useQuery } from '@tanstack/react-query'
import { operationQuery } from '../../../../api/query.ts'
import type { Changes } from '../../../../api/search.ts'
import { DeviceFilter } from '../../../../components/devices/device-filter.tsx'
import { FilterBar } from '../../../../components/filter-bar/filter-bar.tsx'
import { TextFilter } from '../../../../components/filter-bar/text-filter.tsx'
import { PersonFilter } from '../../../../components/people/person-filter.tsx'
import { consoleWords } from '../../../../words/webhook-console.ts'
import { receiverName } from './delivery-columns.tsx'
import styles from './delivery-filters.module.css'
import { type DeliverySearch, deliveryKinds, deliveryStates, eventIds, statusClasses } from './search.ts'

/** Every filter of the log; each is in the address. */
export function DeliveryFilters({
  search,
  active,
  onChange,
  onClear,
}: {
  readonly search: DeliverySearch
  readonly active: number
  readonly onChange: (changes: Changes<DeliverySearch>) => void
  readonly onClear: () => void
}) {
  const w = consoleWords.deliveries
  const { data } = useQuery(operationQuery('webhooks.list', {}))
  const receivers = (data?.Subscriptions ?? []).map(each => ({
    value: each.SubscriptionID,
    label: receiverName(each),
  }))
  const named = <T extends string>(values: readonly T[], labels: Readonly<Record<T, string>>) =>
    values.map(value => ({ value, label: labels[value] }))
  return (
    <FilterBar
      active={active}
      onClear={onClear}
      lead={
        <TextFilter
          label={w.search}
          value={search.text ?? ''}
          onChange={text => onChange({ text: text || undefined })}
        />
      }
    >
      <Choice
        label={w.receiver}
        all={w.allReceivers}
        value={search.receiver}
        options={receivers}
        onChange={receiver => onChange({ receiver })}
      />
      <Choice
        label={w.state}
        all={w.allStates}
        value={search.state}
        options={named(deliveryStates, w.states)}
        onChange={state => onChange({ state })}
      />
      <Choice
        label={w.answer}
        all={w.allClasses}
        value={search.class}
        options={named(statusClasses, w.classes)}
        onChange={each => onChange({ class: each })}
      />
      <Choice
        label={w.event}
        all={w.allEvents}
        value={search.event}
        options={named(eventIds, w.events)}
        onChange={event => onChange({ event })}
      />
      <Choice
        label={w.allKinds}
        all={w.allKinds}
        value={search.kind}
        options={named(deliveryKinds, w.kinds)}
        onChange={kind => onChange({ kind })}
      />
      <DeviceFilter value={search.device} onChange={device => onChange({ device: device || undefined })} />
      <PersonFilter value={search.person} onChange={person => onChange({ person: person || undefined })} />
      <span className={styles.range}>
        <Moment label={w.from} value={search.from} onChange={from => onChange({ from })} />
        <Moment label={w.to} value={search.to} onChange={to => onChange({ to })} />
      </span>
    </FilterBar>
  )
}

function Choice<T extends string>({
  label,
  all,
  value,
  options,
  onChange,
}: {
  readonly label: string
  readonly all: string
  readonly value: T | undefined
  readonly options: readonly { readonly value: T; readonly label: string }[]
  readonly onChange: (value: T | undefined) => void
}) {
  return (
    <select
      className={`gh-select ${styles.choice}`}
      aria-label={label}
      value={value ?? ''}
      onChange={event => onChange(options.find(each => each.value === event.target.value)?.value)}
    >
      <option value="">{all}</option>
      {options.map(each => (
        <option key={each.value} value={each.value}>
          {each.label}
        </option>
      ))}
    </select>
  )
}

function Moment({
  label,
  value,
  onChange,
}: {
  readonly label: string
  readonly value: string | undefined
  readonly onChange: (value: string | undefined) => void
}) {
  return (
    <label className={styles.moment}>
      {label}
      <input
        type="datetime-local"
        className="gh-input"
        value={value ?? ''}
        onChange={event => onChange(event.target.value || undefined)}
      />
    </label>
  )
}
