import { Link, useSearch } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useCan } from '../../../../api/session.ts'
import { PageHeader } from '../../../../components/page-header/page-header.tsx'
import { setupWords as w } from '../../../../words/attendance-setup.ts'
import { AssignmentsTab } from './assignments-tab.tsx'
import { CalendarsTab } from './calendars-tab.tsx'
import { DepartmentsTab } from './departments-tab.tsx'
import { ImportTab } from './import-tab.tsx'
import { LeaveTab } from './leave-tab.tsx'
import { NoticeHost } from './notice.tsx'
import { PolicyTab } from './policy-tab.tsx'
import { RotationsTab } from './rotations-tab.tsx'
import { type SetupTab, setupTabs } from './search.ts'
import styles from './setup-page.module.css'
import { ShiftsTab } from './shifts-tab.tsx'

/** For those who may change the plan: who somebody is does not concern the others. */
const forPlanners: ReadonlySet<SetupTab> = new Set(['assignments', 'leave', 'import'])

/** Shifts, rotations, who works them, holidays, leave and the rules for everybody. */
export function SetupPage() {
  const { tab = 'shifts' } = useSearch({ from: '/_app/attendance/setup' })
  const may = useCan('attendance:plan')
  const shown = setupTabs.filter(each => may || !forPlanners.has(each))
  const current = shown.includes(tab) ? tab : 'shifts'
  return (
    <NoticeHost>
      <PageHeader title={w.title} lead={may ? w.lead : w.readOnly} />
      <SetupNav current={current} tabs={shown} />
      <Section tab={current} may={may} />
    </NoticeHost>
  )
}

function Section({ tab, may }: { readonly tab: SetupTab; readonly may: boolean }) {
  switch (tab) {
    case 'shifts':
      return <ShiftsTab may={may} />
    case 'rotations':
      return <RotationsTab may={may} />
    case 'assignments':
      return <AssignmentsTab />
    case 'departments':
      return <DepartmentsTab may={may} />
    case 'calendars':
      return <CalendarsTab may={may} />
    case 'leave':
      return <LeaveTab />
    case 'policy':
      return <PolicyTab may={may} />
    case 'import':
      return <ImportTab />
  }
}

function SetupNav({ current, tabs }: { readonly current: SetupTab; readonly tabs: readonly SetupTab[] }) {
  const strip = useRef<HTMLElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a chosen one may be outside a narrow strip
  useEffect(() => {
    const chosen = strip.current?.querySelector('[aria-current="page"]')
    chosen?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [current])
  return (
    <nav className={styles.sections} aria-label={w.sections} ref={strip}>
      {tabs.map(tab => (
        <Link
          key={tab}
          to="/attendance/setup"
          search={tab === 'shifts' ? {} : { tab }}
          resetScroll={false}
          className={styles.section}
          aria-current={tab === current ? 'page' : undefined}
          activeOptions={{ exact: true }}
        >
          {w.tabs[tab]}
        </Link>
      ))}
    </nav>
  )
}
