import { Link, type LinkProps, useRouter, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useSession } from '../../../../api/session.ts'
import styles from '../../../../components/section-nav/section-nav.module.css'
import { attendanceNavWords } from '../../../../words/attendance-nav.ts'
import { sections } from './sections.ts'

/** The pages of attendance as tabs, those that exist and that this person may see. */
export function AttendanceNav() {
  const { routesByPath } = useRouter()
  const path = useRouterState({ select: state => state.location.pathname })
  const rights = useSession()?.Permissions ?? []
  const strip = useRef<HTMLElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a chosen tab may be outside a narrow strip
  useEffect(() => {
    strip.current
      ?.querySelector('[aria-current="page"]')
      ?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [path])
  const shown = sections.filter(section => section.path in routesByPath && rights.includes(section.right))
  const current = shown.findLast(
    section =>
      path === section.path ||
      path === section.inside ||
      (section.path !== '/attendance' && path.startsWith(`${section.path}/`)),
  )
  return (
    <nav className={styles.tabs} aria-label={attendanceNavWords.label} ref={strip}>
      {shown.map(section => (
        <Link
          key={section.path}
          // Only paths that the router has just said it knows.
          to={section.path as NonNullable<LinkProps['to']>}
          className={styles.tab}
          aria-current={section === current ? 'page' : undefined}
          activeOptions={{ exact: true }}
        >
          {attendanceNavWords[section.word]}
        </Link>
      ))}
    </nav>
  )
}
