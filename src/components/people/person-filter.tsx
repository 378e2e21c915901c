import { useCan } from '../../api/session.ts'
import { words } from '../../words/index.ts'
import { Combobox } from '../combobox/combobox.tsx'
import styles from '../devices/device-filter.module.css'
import { TextFilter } from '../filter-bar/text-filter.tsx'
import { usePeopleSearch } from './use-people-search.ts'

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
  const search = usePeopleSearch(value)
  const w = words.parts.person
  return (
    <div className={styles.filter}>
      <Combobox
        {...search}
        label={w.label}
        hideLabel
        clearable
        free
        value={value}
        placeholder={w.all}
        onChoose={onChange}
      />
    </div>
  )
}
