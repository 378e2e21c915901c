import type { ReactNode } from 'react'
import { Icon, type IconName } from '../icon/icon.tsx'
import styles from './page-states.module.css'

/** Nothing here, why, and how something comes to be here. */
export function EmptyState({
  icon,
  title,
  children,
  actions,
  compact = false,
}: {
  readonly icon?: IconName
  readonly title: string
  readonly children?: ReactNode
  readonly actions?: ReactNode
  readonly compact?: boolean
}) {
  return (
    <div className={styles.state} data-compact={compact || undefined}>
      {icon && (
        <span className={styles.icon}>
          <Icon name={icon} size={18} />
        </span>
      )}
      <p className={styles.title}>{title}</p>
      {children && <p className={styles.body}>{children}</p>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  )
}
