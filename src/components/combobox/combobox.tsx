import { useId } from 'react'
import { words } from '../../words/index.ts'
import { Icon } from '../icon/icon.tsx'
import styles from './combobox.module.css'
import { type Option, useCombobox } from './use-combobox.ts'

/**
 * A field to search in a list and take one (the ARIA combobox). Few of thousands are drawn: typing narrows. With
 * `onSearch` the list is somebody else's answer; with `free` any text may be taken.
 */
export function Combobox({
  label,
  id,
  value,
  display,
  options,
  placeholder,
  free = false,
  busy = false,
  clearable = false,
  hideLabel = false,
  onOpen,
  onSearch,
  onChoose,
  ...described
}: {
  readonly label: string
  readonly id?: string
  /** What is chosen; empty for nothing. */
  readonly value: string
  /** How the chosen one is shown, where that is not its label in `options`. */
  readonly display?: string | undefined
  readonly options: readonly Option[]
  readonly placeholder?: string
  readonly free?: boolean
  readonly busy?: boolean
  readonly clearable?: boolean
  /** The label is said by something else on screen, or by the placeholder. */
  readonly hideLabel?: boolean
  readonly onOpen?: () => void
  readonly onSearch?: (text: string) => void
  readonly onChoose: (value: string) => void
  readonly 'aria-describedby'?: string
  readonly 'aria-invalid'?: true
}) {
  const ownId = useId()
  const inputId = id ?? ownId
  const shownValue = display ?? options.find(option => option.value === value)?.label ?? value
  const box = useCombobox({
    options,
    shownValue,
    free,
    clearable,
    busy,
    searched: onSearch !== undefined,
    onOpen,
    onSearch,
    onChoose,
  })
  const w = words.parts.combobox
  return (
    <div className={styles.box}>
      {!hideLabel && (
        <label className={styles.label} htmlFor={inputId}>
          {label}
        </label>
      )}
      <input
        {...described}
        {...box.inputProps}
        id={inputId}
        className="gh-input"
        data-chosen={value !== '' || undefined}
        role="combobox"
        aria-label={hideLabel ? label : undefined}
        aria-expanded={box.isOpen}
        aria-controls={`${inputId}-list`}
        aria-activedescendant={box.isOpen && box.shown[box.active] ? `${inputId}-${box.active}` : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
      />
      {clearable && value !== '' ? (
        <button
          type="button"
          className={styles.clear}
          aria-label={w.clear(label)}
          onClick={() => box.clear()}
        >
          <Icon name="cross" size={13} />
        </button>
      ) : (
        <span className={styles.arrow} aria-hidden="true">
          <Icon name="chevronDown" size={14} />
        </span>
      )}
      <div className={styles.list} hidden={!box.isOpen}>
        <div role="listbox" id={`${inputId}-list`} aria-label={label}>
          {box.shown.map((option, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive: in a combobox the focus stays in the field
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
            <div
              key={option.value}
              id={`${inputId}-${index}`}
              role="option"
              aria-selected={option.value === value}
              className={styles.option}
              data-active={index === box.active || undefined}
              ref={index === box.active ? keepInView : undefined}
              // The field would lose the focus, and the list close, before the click arrives.
              onPointerDown={event => event.preventDefault()}
              onClick={() => box.choose(option.value)}
            >
              <span className={styles.name}>{option.label}</span>
              {option.note && <span className={styles.note}>{option.note}</span>}
            </div>
          ))}
        </div>
        {(busy || box.hidden > 0 || box.shown.length === 0) && (
          <p className={styles.foot} role="status">
            {busy ? words.states.loading : box.shown.length === 0 ? w.none : w.more(box.hidden)}
          </p>
        )}
      </div>
    </div>
  )
}

function keepInView(option: HTMLElement | null): void {
  option?.scrollIntoView({ block: 'nearest' })
}
