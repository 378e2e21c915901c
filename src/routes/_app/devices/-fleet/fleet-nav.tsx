import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import styles from '../../../../components/section-nav/section-nav.module.css'
import { fleetWords } from '../../../../words/fleet.ts'

const pages = {
  list: '/devices',
  incidents: '/devices/incidents',
  alerts: '/devices/alerts',
  maintenance: '/devices/maintenance',
  serviceLevels: '/devices/service-levels',
  firmware: '/devices/firmware',
  selfCheck: '/devices/self-check',
} as const

export type FleetPage = keyof typeof pages

/** The pages about all terminals, as links above each of them. */
export function FleetNav({ current }: { readonly current: FleetPage }) {
  const w = fleetWords.nav
  const nav = useRef<HTMLElement>(null)
  // On a phone the tab of this page may lie beyond the edge.
  useEffect(() => {
    const tab = [...(nav.current?.children ?? [])].find(each => each.getAttribute('href') === pages[current])
    tab?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [current])
  return (
    <nav ref={nav} className={styles.tabs} aria-label={w.label}>
      {(Object.keys(pages) as FleetPage[]).map(page => (
        <Link
          key={page}
          to={pages[page]}
          className={styles.tab}
          aria-current={page === current ? 'page' : undefined}
          activeOptions={{ exact: true }}
        >
          {w[page]}
        </Link>
      ))}
    </nav>
  )
}
