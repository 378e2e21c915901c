import { useCan } from '../../api/session.ts'
import { Combobox } from '../combobox/combobox.tsx'
import { usePeopleSearch } from './use-people-search.ts'

interface Picked {
  readonly label: string
  readonly value: string
  readonly placeholder?: string
  /** `label` is how the one that was taken is shown, where that is known. */
  readonly onChoose: (code: string, label: string) => void
  readonly id?: string
  readonly 'aria-describedby'?: string
  readonly 'aria-invalid'?: true
}

/**
 * A field of a form that holds one person: searched by name or code, and a code nobody has told of yet may be typed.
 * Who may not read people types the code. Its label is said by the field around it.
 */
export function PersonPicker(props: Picked) {
  const maySearch = useCan('people:read')
  return maySearch ? <SearchedPerson {...props} /> : <TypedPerson {...props} />
}

function SearchedPerson({ onChoose, ...field }: Picked) {
  const search = usePeopleSearch(field.value)
  return (
    <Combobox
      {...field}
      {...search}
      hideLabel
      free
      clearable
      display={
        search.display === field.value || field.value === ''
          ? field.value
          : `${search.display} · ${field.value}`
      }
      onChoose={code => onChoose(code, search.options.find(option => option.value === code)?.label ?? code)}
    />
  )
}

function TypedPerson({ value, onChoose, label: _, placeholder: __, ...control }: Picked) {
  return (
    <input
      {...control}
      className="gh-input"
      maxLength={64}
      autoComplete="off"
      spellCheck={false}
      value={value}
      onChange={event => onChoose(event.target.value, event.target.value)}
    />
  )
}
