import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useCan } from '../../../../api/session.ts'
import { Age } from '../../../../components/age/age.tsx'
import { Badge } from '../../../../components/badge/badge.tsx'
import { skewText } from '../../../../components/devices/skew.ts'
import { Facts } from '../../../../components/facts/facts.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { count } from '../../../../format/number.ts'
import { instantFull, zoneName } from '../../../../format/time.ts'
import { devicePageWords } from '../../../../words/device-page.ts'
import { words } from '../../../../words/index.ts'
import styles from './device-about.module.css'
import type { DeviceInfo } from './device-info.ts'
import type { DeviceTab } from './search.ts'

/** What the terminal is and where. What it has not told is left out. */
export function DeviceAbout({ device }: { readonly device: DeviceInfo }) {
  const w = devicePageWords
  const maySeePunches = useCan('attendance:read')
  const told = (label: string, value: string | null, note?: string) => (value ? { label, value, note } : null)
  return (
    <Panel
      title={w.about}
      actions={
        maySeePunches && (
          <Link className={styles.link} to="/attendance" search={{ device: device.DeviceSN }}>
            {w.punches}
          </Link>
        )
      }
    >
      <Facts
        facts={[
          {
            label: w.serial,
            value: <code>{device.DeviceSN}</code>,
            note: device.Simulated && <Badge>{words.devices.simulated}</Badge>,
          },
          told(w.model, device.Model),
          told(w.firmware, device.FirmwareVersion),
          told(w.platform, device.Platform),
          told(w.push, device.PushVersion),
          { label: w.site, value: device.Site },
          { label: w.zone, value: device.TimeZone, note: zoneName(device.TimeZone) },
          {
            label: w.clock,
            value: (
              <SectionLink to="clock">
                {device.ClockSkewSeconds === null ? w.clockUnknown : skewText(device.ClockSkewSeconds)}
              </SectionLink>
            ),
          },
          { label: w.door, value: device.HasDoor ? w.yes : w.no },
          told(w.address, device.Address, w.addressWhy),
          told(w.mac, device.MacAddress),
          { label: w.firstSeen, value: instantFull(device.FirstSeen, device.TimeZone) },
          {
            label: w.lastSeen,
            value: device.LastSeen ? instantFull(device.LastSeen, device.TimeZone) : words.devices.neverSeen,
            note: device.LastSeen && <Age at={device.LastSeen} />,
          },
          {
            label: w.rejects,
            value: <SectionLink to="rejects">{count(device.Rejects)}</SectionLink>,
            note: device.Rejects > 0 && w.rejectsWhy,
          },
          device.HeldUploads > 0
            ? {
                label: w.held,
                value: <SectionLink to="security">{count(device.HeldUploads)}</SectionLink>,
              }
            : null,
        ]}
      />
    </Panel>
  )
}

/** A fact that has a section of its own. */
function SectionLink({
  to,
  children,
}: {
  readonly to: Exclude<DeviceTab, 'overview'>
  readonly children: ReactNode
}) {
  return (
    <Link from="/devices/$deviceSN" to="." search={{ tab: to }}>
      {children}
    </Link>
  )
}
