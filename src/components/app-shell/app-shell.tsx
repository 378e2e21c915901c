import { useQueryClient } from '@tanstack/react-query'
import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react'
import type { SessionBody } from '#contract/dashboard/session.ts'
import { openLive } from '../../api/live.ts'
import { forgetSession, hasSignedOut, useSession } from '../../api/session.ts'
import { words } from '../../words/index.ts'
import { useNarrow } from '../data-table/use-narrow.ts'
import { Icon } from '../icon/icon.tsx'
import { PunchStrip } from '../punches/punch-strip.tsx'
import { AccountMenu } from './account-menu.tsx'
import styles from './app-shell.module.css'
import { InitialPasswordBanner } from './initial-password.tsx'
import { LinkBanner, LinkStatus } from './link-status.tsx'
import { type NavItem, navItems } from './nav-items.ts'
import { TabBar } from './tab-bar.tsx'

// Fetched after the first frame: the shell itself grows by one line.
const EmergencyBanner = lazy(() =>
  import('../doors/emergency-banner.tsx').then(module => ({ default: module.EmergencyBanner })),
)

const AlarmWatch = lazy(() =>
  import('../doors/alarm-watch/alarm-watch.tsx').then(module => ({ default: module.AlarmWatch })),
)

/** Navigation, header and the live connection around every page of a signed-in person. */
export function AppShell({
  tools,
}: {
  /** What stands in the header of every page beside the link's state. */
  readonly tools?: (items: readonly NavItem[]) => ReactNode
}) {
  const session = useSession()
  useLiveConnection()
  useReturnToSignIn(session)
  const isPhone = useNarrow()
  const main = useFocusOnNavigation()
  // For the moment between the end of a session and the sign-in page.
  if (!session) return null
  const can = (permission: SessionBody['Permissions'][number]) => session.Permissions.includes(permission)
  const items = navItems(can)
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#main">
        {words.skipToContent}
      </a>
      {!isPhone && <SideMenu items={items} session={session} />}
      <header className={styles.top}>
        <Link to="/" className={styles.topBrand} aria-label={words.product}>
          <img src="/favicon.svg" alt="" width={22} height={22} />
        </Link>
        {can('attendance:read') && <PunchStrip />}
        <span className={styles.topEnd}>
          {can('doors:alarms') && (
            <Suspense>
              <AlarmWatch session={session} />
            </Suspense>
          )}
          {tools?.(items)}
          <LinkStatus />
        </span>
      </header>
      <main className={styles.main} id="main" tabIndex={-1} ref={main}>
        <LinkBanner />
        {can('doors:read') && (
          <Suspense>
            <EmergencyBanner />
          </Suspense>
        )}
        <InitialPasswordBanner />
        <Outlet />
      </main>
      {isPhone && <TabBar items={items} session={session} />}
    </div>
  )
}

function SideMenu({ items, session }: { readonly items: readonly NavItem[]; readonly session: SessionBody }) {
  return (
    <nav className={styles.side} aria-label={words.nav.label}>
      <Link to="/" className={styles.brand}>
        <img src="/favicon.svg" alt="" width={22} height={22} />
        {words.product}
      </Link>
      <div className={styles.nav}>
        {items.map(item => (
          <Link
            key={item.to}
            to={item.to}
            className={styles.navLink}
            activeOptions={{ exact: item.to === '/', includeSearch: false }}
          >
            <Icon name={item.icon} />
            {item.label}
          </Link>
        ))}
      </div>
      <AccountMenu session={session} />
    </nav>
  )
}

function useLiveConnection() {
  const queryClient = useQueryClient()
  useEffect(() => openLive(queryClient, () => forgetSession(queryClient)), [queryClient])
}

/** A session that ends while a page is open leads to the sign-in page, and from there back to the same place. */
function useReturnToSignIn(session: SessionBody | null) {
  const navigate = useNavigate()
  const { href } = useLocation()
  const isLeaving = useRef(false)
  useEffect(() => {
    // Once: on the way out the location changes under this shell, and must not become the place to return to.
    if (session !== null || isLeaving.current) return
    isLeaving.current = true
    const search = hasSignedOut() ? {} : { to: href, why: 'ended' as const }
    void navigate({ to: '/login', search, replace: true })
  }, [session, href, navigate])
}

/** After navigation the focus goes to the page, or a keyboard would have to walk through the menu again. */
function useFocusOnNavigation() {
  const main = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  const last = useRef(pathname)
  useEffect(() => {
    if (last.current === pathname) return
    last.current = pathname
    main.current?.focus({ preventScroll: true })
  }, [pathname])
  return main
}
