import { type ReactNode, useId } from 'react'
import { Freshness } from '../freshness/freshness.tsx'
import styles from './panel.module.css'

/** A titled block of a page with its freshness stamp and actions. */
export function Panel({
  title,
  note,
  updatedAt,
  actions,
  flush = false,
  children,
}: {
  readonly title: string
  readonly note?: ReactNode
  readonly updatedAt?: number
  readonly actions?: ReactNode
  /** Content reaches the border (lists, tables). */
  readonly flush?: boolean
  readonly children: ReactNode
}) {
  const id = useId()
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <header className={styles.header}>
        <h2 className={styles.title} id={id}>
          {title}
        </h2>
        {note && <span className={styles.note}>{note}</span>}
        <span className={styles.end}>
          {updatedAt !== undefined && <Freshness updatedAt={updatedAt} />}
          {actions}
        </span>
      </header>
      <div className={styles.body} data-flush={flush || undefined}>
        {children}
      </div>
    </section>
  )
}
