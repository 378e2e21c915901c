import { type ReactNode, useId, useState } from 'react'
import { words } from '../../words/index.ts'
import { Button } from '../button/button.tsx'
import styles from './filter-bar.module.css'

/** What narrows a list. `lead` is always in sight; on a phone the rest folds behind one button that counts what is set. */
export function FilterBar({
  lead,
  active,
  onClear,
  end,
  children,
}: {
  readonly lead?: ReactNode
  /** How many filters are set, those of `lead` aside. */
  readonly active: number
  readonly onClear: () => void
  readonly end?: ReactNode
  readonly children: ReactNode
}) {
  const id = useId()
  const [isUnfolded, setUnfolded] = useState(false)
  const w = words.parts.filters
  return (
    <search className={styles.bar} aria-label={w.label}>
      {lead}
      <span className={styles.fold}>
        <Button
          icon="filter"
          aria-expanded={isUnfolded}
          aria-controls={id}
          onClick={() => setUnfolded(!isUnfolded)}
        >
          {active === 0 ? w.label : w.labelSet(active)}
        </Button>
      </span>
      <div className={styles.filters} id={id} data-unfolded={isUnfolded || undefined}>
        {children}
        {active > 0 && (
          <Button look="quiet" icon="cross" onClick={onClear}>
            {w.clear}
          </Button>
        )}
      </div>
      {end && <div className={styles.end}>{end}</div>}
    </search>
  )
}
