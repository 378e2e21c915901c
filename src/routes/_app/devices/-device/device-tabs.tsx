import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { Badge } from '../../../../components/badge/badge.tsx'
import { count } from '../../../../format/number.ts'
import { terminalWords } from '../../../../words/terminal.ts'
import type { DeviceInfo } from './device-info.ts'
import styles from './device-tabs.module.css'
import { type DeviceTab, deviceTabs } from './search.ts'

/** The sections as links, so that each has an address; what needs a look carries its count. */
export function DeviceTabs({
  current,
  device,
}: {
  readonly current: DeviceTab
  readonly device: DeviceInfo | undefined
}) {
  const strip = useRef<HTMLElement>(null)
  const isCounted = device !== undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: a chosen tab may be outside a narrow strip, and counts move it
  useEffect(() => {
    const chosen = strip.current?.querySelector('[aria-current="page"]')
    chosen?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [current, isCounted])
  const counts: Partial<Record<DeviceTab, number | undefined>> = {
    rejects: device?.Rejects,
    incidents: device?.Incidents,
  }
  return (
    <nav className={styles.tabs} aria-label={terminalWords.sections} ref={strip}>
      {deviceTabs.map(tab => {
        const amount = counts[tab] ?? 0
        return (
          <Link
            key={tab}
            from="/devices/$deviceSN"
            to="."
            search={tab === 'overview' ? {} : { tab }}
            replace
            resetScroll={false}
            className={styles.tab}
            aria-current={tab === current ? 'page' : undefined}
            activeOptions={{ exact: true }}
          >
            {terminalWords.tabs[tab]}
            {amount > 0 && <Badge tone={tab === 'incidents' ? 'danger' : 'warn'}>{count(amount)}</Badge>}
          </Link>
        )
      })}
    </nav>
  )
}
