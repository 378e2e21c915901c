import type { ReactNode } from 'react'
import styles from './facts.module.css'

export interface Fact {
  readonly label: string
  readonly value: ReactNode
  /** Said below the value, quietly. */
  readonly note?: ReactNode
}

/** Names and values under each other. An empty value is left out rather than shown as a dash. */
export function Facts({ facts }: { readonly facts: readonly (Fact | null)[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(
        fact =>
          fact !== null && (
            <div key={fact.label} className={styles.fact}>
              <dt className={styles.label}>{fact.label}</dt>
              <dd className={styles.value}>
                {fact.value}
                {fact.note && <div className={styles.note}>{fact.note}</div>}
              </dd>
            </div>
          ),
      )}
    </dl>
  )
}
