import { Link } from '@tanstack/react-router'
import { Age, useAge } from '../../../../components/age/age.tsx'
import { Badge, Dot } from '../../../../components/badge/badge.tsx'
import type { Column } from '../../../../components/data-table/data-table.tsx'
import { reasonTones, skewMaxSeconds } from '../../../../components/devices/device-health.tsx'
import type { Device } from '../../../../components/devices/restart-button.tsx'
import { count } from '../../../../format/number.ts'
import { span } from '../../../../format/span.ts'
import { words } from '../../../../words/index.ts'
import styles from './device-columns.module.css'

/** The list's columns on a wide screen. */
export function deviceColumns(): Column<Device>[] {
  const w = words.devicesPage
  return [
    {
      id: 'name',
      header: w.name,
      width: 'minmax(200px, 2fr)',
      cell: device => <Name device={device} withSerial />,
    },
    { id: 'contact', header: w.contact, width: '184px', cell: device => <Contact device={device} /> },
    { id: 'site', header: w.site, width: 'minmax(104px, 1fr)', cell: device => device.Site },
    {
      id: 'model',
      header: w.model,
      width: 'minmax(126px, 1.1fr)',
      cell: device => <Quiet text={device.Model} />,
    },
    {
      id: 'firmware',
      header: w.firmware,
      width: 'minmax(108px, 1fr)',
      cell: device => <Quiet text={device.FirmwareVersion} />,
    },
    { id: 'address', header: w.address, width: '108px', cell: device => <Quiet text={device.Address} /> },
    {
      id: 'queue',
      header: w.queue,
      width: '68px',
      align: 'end',
      cell: device => (device.QueueDepth === 0 ? <Quiet text={null} /> : count(device.QueueDepth)),
    },
    { id: 'skew', header: w.skew, width: '88px', align: 'end', cell: device => <Skew device={device} /> },
    {
      id: 'remarks',
      header: w.remarks,
      width: 'minmax(150px, 1.6fr)',
      cell: device => <Remarks device={device} />,
    },
  ]
}

/** One column of two lines, for the phone. */
export function deviceNarrowColumns(): Column<Device>[] {
  return [
    {
      id: 'device',
      header: words.devicesPage.title,
      width: 'minmax(0, 1fr)',
      cell: device => (
        <div className={styles.summary}>
          <span className={styles.line}>
            <Name device={device} />
            <Contact device={device} />
          </span>
          <span className={styles.line} data-quiet>
            <span className={styles.clip}>{[device.Site, device.Model].filter(Boolean).join(' · ')}</span>
            <span className={styles.remarks}>
              {isSkewed(device) && <SkewBadge skew={device.ClockSkewSeconds ?? 0} />}
              <Remarks device={device} />
            </span>
          </span>
        </div>
      ),
    },
  ]
}

/** Opens the terminal's page; the link covers its whole row. */
function Name({ device, withSerial = false }: { readonly device: Device; readonly withSerial?: boolean }) {
  return (
    <span className={styles.clip}>
      <Link to="/devices/$deviceSN" params={{ deviceSN: device.DeviceSN }} className={styles.link}>
        {device.LabelName}
      </Link>
      {withSerial && device.LabelName !== device.DeviceSN && (
        <span className={styles.quiet}>{device.DeviceSN}</span>
      )}
    </span>
  )
}

/** Light, reason and age in one: what is known, and since when. */
function Contact({ device }: { readonly device: Device }) {
  const offlineSince = useAge(device.OfflineSince)
  const tone = reasonTones[device.OnlineReason]
  return (
    <span className={styles.contact} data-tone={tone}>
      <Dot tone={tone} ring={!device.Online} />
      {words.devices.reason[device.OnlineReason]}
      {device.LastSeen && (
        <span
          className={styles.age}
          title={device.OfflineSince ? words.devices.offlineSince(offlineSince) : undefined}
        >
          <Age at={device.LastSeen} />
        </span>
      )}
    </span>
  )
}

function Skew({ device }: { readonly device: Device }) {
  const w = words.devicesPage
  const skew = device.ClockSkewSeconds
  if (skew === null) return <Quiet text={null} />
  const text = Math.abs(skew) < 1 ? w.exact : skew > 0 ? w.ahead(span(skew)) : w.behind(span(skew))
  return <span className={isSkewed(device) ? styles.warn : styles.muted}>{text}</span>
}

function SkewBadge({ skew }: { readonly skew: number }) {
  const { clockFast, clockSlow } = words.devices
  return <Badge tone="warn">{(skew > 0 ? clockFast : clockSlow)(span(skew))}</Badge>
}

function Remarks({ device }: { readonly device: Device }) {
  return (
    <span className={styles.remarks}>
      {device.Incidents > 0 && <Badge tone="danger">{words.devices.incidents(device.Incidents)}</Badge>}
      {device.Rejects > 0 && (
        <Badge tone="warn" title={words.devices.rejects(device.Rejects)}>
          {words.devicesPage.quarantined(device.Rejects)}
        </Badge>
      )}
      {device.HeldUploads > 0 && <Badge tone="accent">{words.devices.held(device.HeldUploads)}</Badge>}
      {device.Simulated && <Badge>{words.devices.simulated}</Badge>}
    </span>
  )
}

function Quiet({ text }: { readonly text: string | null }) {
  return (
    <span className={styles.muted} title={text ?? undefined}>
      {text ?? words.parts.none}
    </span>
  )
}

function isSkewed(device: Device): boolean {
  return Math.abs(device.ClockSkewSeconds ?? 0) > skewMaxSeconds
}
