import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Age, useAge } from '../../../../components/age/age.tsx'
import { Badge, Dot } from '../../../../components/badge/badge.tsx'
import type { Column } from '../../../../components/data-table/data-table.tsx'
import { reasonTones, skewMaxSeconds } from '../../../../components/devices/device-health.tsx'
import { BeatBar } from '../../../../components/health/beat-bar.tsx'
import { count } from '../../../../format/number.ts'
import { span } from '../../../../format/span.ts'
import { devicesPageWords } from '../../../../words/devices-page.ts'
import { fleetWords } from '../../../../words/fleet.ts'
import { words } from '../../../../words/index.ts'
import { percent } from '../-fleet/service-levels-page.tsx'
import styles from './device-columns.module.css'
import type { FleetDevice as Device } from './device-list.tsx'

interface Selecting {
  readonly selected: ReadonlySet<string>
  readonly toggle: (sn: string) => void
}

/** The list's columns on a wide screen. */
export function deviceColumns(select: Selecting | undefined): Column<Device>[] {
  const w = devicesPageWords
  return [
    ...(select === undefined ? [] : [selectColumn(select)]),
    {
      id: 'name',
      header: w.name,
      width: 'minmax(190px, 2.4fr)',
      cell: device => <Stack first={<Name device={device} />} second={serialOf(device)} />,
    },
    { id: 'contact', header: w.contact, width: '196px', cell: device => <Contact device={device} /> },
    {
      id: 'place',
      header: w.place,
      width: 'minmax(128px, 1.2fr)',
      cell: device => <Stack first={device.Site} second={device.Address} />,
    },
    {
      id: 'model',
      header: w.modelAndFirmware,
      width: 'minmax(150px, 1.4fr)',
      cell: device => <Stack first={device.Model ?? words.parts.none} second={device.FirmwareVersion} />,
    },
    {
      id: 'beats',
      header: fleetWords.list.heartbeat,
      width: '116px',
      cell: device => <Beats device={device} />,
    },
    {
      id: 'queue',
      header: w.queue,
      width: '64px',
      align: 'end',
      cell: device => (device.QueueDepth === 0 ? <Quiet text={null} /> : count(device.QueueDepth)),
    },
    { id: 'skew', header: w.skew, width: '78px', align: 'end', cell: device => <Skew device={device} /> },
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
      header: devicesPageWords.title,
      width: 'minmax(0, 1fr)',
      cell: device => (
        <div className={styles.summary}>
          <span className={styles.line}>
            <span className={styles.clip}>
              <Name device={device} />
            </span>
            <Contact device={device} />
          </span>
          <span className={styles.line} data-quiet>
            <span className={styles.clip}>{secondLine(device)}</span>
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

/** Two lines of a cell; what is too long is cut, and whole in its tooltip. */
function Stack({ first, second }: { readonly first: ReactNode; readonly second: string | null }) {
  return (
    <span className={styles.stack}>
      <span className={styles.clip} title={typeof first === 'string' ? first : undefined}>
        {first}
      </span>
      <span className={styles.second} title={second ?? undefined}>
        {second ?? words.parts.none}
      </span>
    </span>
  )
}

/** It stands on the case. Whoever has no other name has it as the name already. */
function serialOf({ LabelName, DeviceSN }: Device): string {
  return LabelName === DeviceSN ? '' : DeviceSN
}

/** The serial number first: a line that is cut must not lose it. */
function secondLine(device: Device): string {
  return [serialOf(device), device.Site, device.Model].filter(Boolean).join(' · ')
}

/** Opens the terminal's page; the link covers its whole row. */
function Name({ device }: { readonly device: Device }) {
  return (
    <Link
      to="/devices/$deviceSN"
      params={{ deviceSN: device.DeviceSN }}
      className={styles.link}
      title={device.LabelName}
    >
      {device.LabelName}
    </Link>
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
  const w = devicesPageWords
  const skew = device.ClockSkewSeconds
  if (skew === null) return <Quiet text={null} />
  const text = Math.abs(skew) < 1 ? w.exact : skew > 0 ? w.ahead(span(skew)) : w.behind(span(skew))
  return <span className={isSkewed(device) ? styles.warn : styles.muted}>{text}</span>
}

function SkewBadge({ skew }: { readonly skew: number }) {
  const { clockFast, clockSlow } = words.devices
  return <Badge tone="warn">{(skew > 0 ? clockFast : clockSlow)(span(skew))}</Badge>
}

/** The worst first; what does not fit is named behind a count instead of being cut. */
function Remarks({ device }: { readonly device: Device }) {
  const all = remarksOf(device)
  const [first, ...rest] = all
  if (first === undefined) return null
  const hidden = rest.map(({ text }) => text).join(', ')
  return (
    <span className={styles.remarks}>
      <Badge tone={first.tone} title={first.text}>
        {first.text}
      </Badge>
      {rest.length > 0 && (
        <span className={styles.others} title={fleetWords.list.more(hidden)}>
          <span aria-hidden="true">+{rest.length}</span>
          <span className="visually-hidden">{fleetWords.list.more(hidden)}</span>
        </span>
      )}
    </span>
  )
}

interface Remark {
  readonly tone: 'danger' | 'warn' | 'accent' | 'neutral'
  readonly text: string
}

function remarksOf(device: Device): Remark[] {
  const w = words.devices
  const remarks: Remark[] = []
  if (device.Incidents > 0) remarks.push({ tone: 'danger', text: w.incidents(device.Incidents) })
  if (device.Rejects > 0) remarks.push({ tone: 'warn', text: devicesPageWords.quarantined(device.Rejects) })
  if (device.HeldUploads > 0) remarks.push({ tone: 'accent', text: w.held(device.HeldUploads) })
  for (const tag of device.Tags) remarks.push({ tone: 'neutral', text: tag })
  if (device.Simulated) remarks.push({ tone: 'neutral', text: w.simulated })
  return remarks
}

function Beats({ device }: { readonly device: Device }) {
  const uptime = device.UpPercent === null ? words.parts.none : percent(device.UpPercent)
  return <BeatBar beats={device.Beats} label={`${fleetWords.list.heartbeat}: ${uptime}`} />
}

function selectColumn({ selected, toggle }: Selecting): Column<Device> {
  return {
    id: 'select',
    header: '✓',
    width: '38px',
    cell: device => (
      <input
        type="checkbox"
        className={styles.select}
        aria-label={fleetWords.list.select(device.LabelName)}
        checked={selected.has(device.DeviceSN)}
        onChange={() => toggle(device.DeviceSN)}
      />
    ),
  }
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
