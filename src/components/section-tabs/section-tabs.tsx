import { type ReactNode, useEffect, useRef } from 'react'
import styles from './section-tabs.module.css'

/** The sections of a page as links, so that each has an address. Takes `<Link>`s; the chosen one is kept in sight. */
export function SectionTabs({
  label,
  current,
  children,
}: {
  readonly label: string
  /** Which is chosen: only to know when that changes. */
  readonly current: string
  readonly children: ReactNode
}) {
  const strip = useRef<HTMLElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a chosen tab may be outside a narrow strip
  useEffect(() => {
    const chosen = strip.current?.querySelector<HTMLElement>('[aria-current="page"]')
    chosen?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [current])
  return (
    <nav className={styles.tabs} aria-label={label} ref={strip}>
      {children}
    </nav>
  )
}
