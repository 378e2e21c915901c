import type { ReactNode } from 'react'
import { Icon, type IconName } from '../icon/icon.tsx'
import styles from './badge.module.css'

/** `unknown` is neither good nor bad and has a colour of its own. */
export type Tone = 'neutral' | 'ok' | 'warn' | 'danger' | 'unknown' | 'accent'

/** A word with a tone; the colour is never the only carrier of the meaning. */
export function Badge({
  tone = 'neutral',
  icon,
  title,
  children,
}: {
  readonly tone?: Tone
  readonly icon?: IconName
  readonly title?: string
  readonly children: ReactNode
}) {
  return (
    <span className={styles.badge} data-tone={tone} title={title}>
      {icon && <Icon name={icon} size={13} />}
      <span className={styles.text}>{children}</span>
    </span>
  )
}

/** A dot of a tone, decoration beside a word. `ring` draws it hollow (unknown, away). */
export function Dot({ tone, ring = false }: { readonly tone: Tone; readonly ring?: boolean }) {
  return <span className={styles.dot} data-tone={tone} data-ring={ring || undefined} aria-hidden="true" />
}
