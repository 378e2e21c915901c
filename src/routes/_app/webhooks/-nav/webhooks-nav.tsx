import { Link, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import styles from '../../../../components/section-nav/section-nav.module.css'
import { consoleWords } from '../../../../words/webhook-console.ts'

type Tab = 'receivers' | 'deliveries' | 'dead' | 'issues' | 'events'

/** The pages of webhooks as tabs; dead letters are the log with one filter set. */
export function WebhooksNav() {
  const { path, isDead } = useRouterState({
    select: ({ location }) => ({
      path: location.pathname,
      isDead: 'state' in location.search && location.search.state === 'Parked',
    }),
    structuralSharing: true,
  })
  const strip = useRef<HTMLElement>(null)
  const current = currentTab(path, isDead)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a chosen tab may be outside a narrow strip
  useEffect(() => {
    strip.current
      ?.querySelector('[aria-current="page"]')
      ?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [current])
  const w = consoleWords.nav
  const mark = (tab: Tab) => ({
    className: styles.tab,
    'aria-current': tab === current ? ('page' as const) : undefined,
    activeOptions: { exact: true },
  })
  return (
    <nav className={styles.tabs} aria-label={w.label} ref={strip}>
      <Link to="/webhooks" {...mark('receivers')}>
        {w.receivers}
      </Link>
      <Link to="/webhooks/deliveries" {...mark('deliveries')}>
        {w.deliveries}
      </Link>
      <Link to="/webhooks/deliveries" search={{ state: 'Parked' }} {...mark('dead')}>
        {w.dead}
      </Link>
      <Link to="/webhooks/issues" {...mark('issues')}>
        {w.issues}
      </Link>
      <Link to="/webhooks/events" {...mark('events')}>
        {w.events}
      </Link>
    </nav>
  )
}

function currentTab(path: string, isDead: boolean): Tab {
  if (path.startsWith('/webhooks/deliveries')) return isDead ? 'dead' : 'deliveries'
  if (path.startsWith('/webhooks/issues')) return 'issues'
  if (path.startsWith('/webhooks/events')) return 'events'
  return 'receivers'
}
