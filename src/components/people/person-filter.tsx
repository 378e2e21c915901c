import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { operationQuery } from '../../api/query.ts'
import { useCan } from '../../api/session.ts'
import { words } from '../../words/index.ts'
import { Combobox } from '../combobox/combobox.tsx'
import { useRested } from '../combobox/use-rested.ts'
import styles from '../devices/device-filter.module.css'
import { TextFilter } from '../filter-bar/text-filter.tsx'
import { fullName } from './full-name.ts'

/**
 * Narrows to one person: by name or code where people may be read, else by the code. Nothing for those who may not
 * see who somebody is; the proxy would refuse the search, or masking would be a guessing game.
 */
export function PersonFilter({
  value,
  onChange,
}: {
  readonly value: string | undefined
  readonly onChange: (code: string) => void
}) {
  const mayIdentify = useCan('attendance:identify')
  const maySearch = useCan('people:read')
  const w = words.parts.person
  if (!mayIdentify) return null
  if (maySearch) return <PersonSearch value={value ?? ''} onChange={onChange} />
  return <TextFilter label={w.code} icon="people" maxLength={64} value={value ?? ''} onChange={onChange} />
}

function PersonSearch({
  value,
  onChange,
}: {
  readonly value: string
  readonly onChange: (code: string) => void
}) {
  const [typed, setTyped] = useState('')
  const [isAsked, setAsked] = useState(false)
  const text = useRested(typed, 200)
  const w = words.parts.person
  const found = useQuery({
    ...operationQuery('users.list', { Search: text, Limit: 20 }),
    enabled: isAsked,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
  // Opened by a link, only the code is known; the name is looked up once.
  const known = useQuery({
    ...operationQuery('users.list', { Search: value, Limit: 20 }),
    enabled: value !== '',
    staleTime: 300_000,
  })
  const chosen = known.data?.Users.find(person => person.EmployeeCode === value)
  const options = (found.data?.Users ?? []).map(person => ({
    value: person.EmployeeCode,
    label: fullName(person) || words.punches.person(person.EmployeeCode),
    note: person.EmployeeCode,
  }))
  return (
    <div className={styles.filter}>
      <Combobox
        label={w.label}
        hideLabel
        clearable
        free
        value={value}
        display={chosen ? fullName(chosen) || value : value}
        options={options}
        busy={found.isFetching || typed !== text}
        placeholder={w.all}
        onOpen={() => setAsked(true)}
        onSearch={setTyped}
        onChoose={onChange}
      />
    </div>
  )
}
