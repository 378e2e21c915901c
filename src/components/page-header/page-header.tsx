import { type ReactNode, useEffect } from 'react'
import { words } from '../../words/index.ts'
import styles from './page-header.module.css'

/** The page's h1, its place in the window title, and what acts on the whole page. */
export function PageHeader({
  title,
  lead,
  actions,
}: {
  readonly title: string
  readonly lead?: ReactNode
  readonly actions?: ReactNode
}) {
  useEffect(() => {
    document.title = words.pageTitle(title)
  }, [title])
  return (
    <header className={styles.header}>
      <div className={styles.text}>
        <h1 className={styles.title}>{title}</h1>
        {lead && <p className={styles.lead}>{lead}</p>}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </header>
  )
}
