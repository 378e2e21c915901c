import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { operationQuery } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { skewMaxSeconds } from '../../../../components/devices/device-health.tsx'
import { skewText } from '../../../../components/devices/skew.ts'
import { SyncTimeButton } from '../../../../components/devices/sync-time-button.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { useTicking } from '../../../../format/now.ts'
import { offsetText, readOffset, zoneOffset } from '../../../../format/offset.ts'
import { minuteNow, minuteOfDay } from '../../../../format/time.ts'
import { terminalWords } from '../../../../words/terminal.ts'
import { type DeviceClock, missedOffset } from './clock-change.ts'
import styles from './clock-panel.module.css'
import type { DeviceInfo } from './device-info.ts'

/** The difference, the zone and the told offset as they are now, and the order that sets the clock. */
export function ClockNow({
  device,
  clock,
  updatedAt,
}: {
  readonly device: DeviceInfo
  readonly clock: DeviceClock
  readonly updatedAt: number
}) {
  const w = terminalWords.clock
  return (
    <Panel title={w.now} updatedAt={updatedAt} flush>
      <div className={styles.now}>
        <Difference skew={clock.ClockSkewSeconds} />
        <Zone zone={clock.TimeZone} />
        <Told clock={clock} />
      </div>
      <div className={styles.set}>
        <SetClock device={device} />
      </div>
    </Panel>
  )
}

function Difference({ skew }: { readonly skew: number | null }) {
  const w = terminalWords.clock
  const isFar = Math.abs(skew ?? 0) > skewMaxSeconds
  return (
    <Cell
      label={w.difference}
      value={skew === null ? w.notMeasured : skewText(skew)}
      warn={isFar}
      note={skew === null ? w.notMeasuredWhy : isFar ? w.tooFar : w.differenceWhy}
    />
  )
}

function Zone({ zone }: { readonly zone: string }) {
  const w = terminalWords.clock
  const now = useTicking(tick => minuteOfDay(minuteNow(zone, tick)))
  const offset = useTicking(tick => zoneOffset(zone, tick))
  return (
    <Cell
      label={w.zone}
      value={zone.replaceAll('_', ' ')}
      note={
        <>
          {offset !== null && <>{w.zoneNow(now, offsetText(offset))}. </>}
          <Link from="/devices/$deviceSN" to="." search={{ tab: 'profile' }}>
            {w.changeZone}
          </Link>
        </>
      }
    />
  )
}

function Told({ clock }: { readonly clock: DeviceClock }) {
  const w = terminalWords.clock
  const missed = useTicking(now => missedOffset(clock, now))
  const told = clock.ToldOffset === null ? null : readOffset(clock.ToldOffset)
  return (
    <Cell
      label={w.told}
      value={told === null ? (clock.ToldOffset ?? w.notTold) : offsetText(told)}
      warn={missed !== null}
      note={
        missed !== null
          ? w.toldDiffers(clock.TimeZone, offsetText(missed))
          : clock.ToldOffset === null
            ? w.notToldWhy
            : w.toldWhy
      }
    />
  )
}

function Cell({
  label,
  value,
  note,
  warn = false,
}: {
  readonly label: string
  readonly value: string
  readonly note: ReactNode
  readonly warn?: boolean
}) {
  const tone = warn ? 'warn' : undefined
  return (
    <div className={styles.cell}>
      <p className={styles.label}>{label}</p>
      <p className={styles.value} data-tone={tone}>
        {value}
      </p>
      <p className={styles.note} data-tone={tone}>
        {note}
      </p>
    </div>
  )
}

/** The order with what it does, which differs by protocol; else why there is none. */
function SetClock({ device }: { readonly device: DeviceInfo }) {
  const w = terminalWords.clock
  const may = useCan('devices:operate')
  const { data } = useQuery(operationQuery('devices.profile', { DeviceSN: device.DeviceSN }))
  const flavour = data?.Settings.find(({ Name }) => Name === 'Flavour')?.Value
  const how = flavour === 'access' ? w.setAccess : flavour === 'attendance' ? w.setAttendance : w.setPlain
  if (!may) return <p className={styles.note}>{w.mayNotSet}</p>
  if (device.Adoption !== 'Adopted') return <p className={styles.note}>{w.mustAdopt}</p>
  return (
    <>
      <p className={styles.note}>{how}</p>
      <SyncTimeButton device={device} />
    </>
  )
}
