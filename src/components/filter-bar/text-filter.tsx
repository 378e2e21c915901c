import { useEffect, useRef, useState } from 'react'
import { Icon, type IconName } from '../icon/icon.tsx'
import styles from './text-filter.module.css'

const quietMs = 250

/** A search field that tells its text once typing rests. What it shows is the typist's; the URL follows. */
export function TextFilter({
  label,
  value,
  placeholder = label,
  icon = 'search',
  maxLength = 100,
  onChange,
}: {
  readonly label: string
  readonly value: string
  readonly placeholder?: string
  readonly icon?: IconName
  readonly maxLength?: number
  readonly onChange: (text: string) => void
}) {
  const [typed, setTyped] = useState<string | null>(null)
  const tell = useRef(onChange)
  useEffect(() => {
    tell.current = onChange
  }, [onChange])
  useEffect(() => {
    if (typed === null) return
    const timer = setTimeout(() => tell.current(typed.trim()), quietMs)
    return () => clearTimeout(timer)
  }, [typed])
  return (
    <span className={styles.field}>
      <Icon name={icon} size={15} />
      <input
        type="search"
        className="gh-input"
        aria-label={label}
        placeholder={placeholder}
        maxLength={maxLength}
        autoComplete="off"
        spellCheck={false}
        value={typed ?? value}
        onChange={event => setTyped(event.target.value)}
        onKeyDown={event => {
          if (event.key === 'Enter') onChange((typed ?? value).trim())
        }}
        onBlur={() => {
          if (typed !== null) onChange(typed.trim())
          setTyped(null)
        }}
      />
    </span>
  )
}
