import { useLink } from '../../../../api/link.ts'
import { useAge, useLasting } from '../../../../components/age/age.tsx'
import { Dot, type Tone } from '../../../../components/badge/badge.tsx'
import { reasonTones } from '../../../../components/devices/device-health.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { devicePageWords } from '../../../../words/device-page.ts'
import { words } from '../../../../words/index.ts'
import type { DeviceInfo } from './device-info.ts'
import styles from './device-lights.module.css'

const linkTones = { connecting: 'neutral', live: 'ok', reconnecting: 'warn', offline: 'danger' } as const
/** Two lights, because a dead terminal and a dead line to it look the same from afar. */
export function DeviceLights({
  device,
  updatedAt,
}: {
  readonly device: DeviceInfo
  readonly updatedAt: number
}) {
  const w = devicePageWords
  const link = useLink()
  const linkFor = words.doors.lasting(useLasting(new Date(link.since).toISOString()))
  const seen = useAge(device.LastSeen)
  const offline = useAge(device.OfflineSince)
  // Without our own line, what is said of the terminal is the past.
  const isKnown = link.state === 'live'
  const reason = words.devices.reason[device.OnlineReason]
  const detail = device.OfflineSince
    ? words.devices.offlineSince(offline)
    : device.LastSeen
      ? words.devices.seen(seen)
      : w.neverCalled
  return (
    <Panel title={w.lights} updatedAt={updatedAt} flush>
      <div className={styles.lights}>
        <Light
          name={w.linkLight}
          tone={linkTones[link.state]}
          hollow={link.state !== 'live'}
          state={words.link[link.state]}
          detail={linkFor}
        />
        <Light
          name={w.terminalLight}
          tone={isKnown ? reasonTones[device.OnlineReason] : 'unknown'}
          hollow={!device.Online || !isKnown}
          state={isKnown ? reason : words.doors.lastKnown(reason)}
          detail={detail}
        />
      </div>
    </Panel>
  )
}

function Light({
  name,
  tone,
  hollow,
  state,
  detail,
}: {
  readonly name: string
  readonly tone: Tone
  readonly hollow: boolean
  readonly state: string
  readonly detail: string
}) {
  return (
    <div className={styles.light}>
      <p className={styles.name}>{name}</p>
      <p className={styles.state}>
        <Dot tone={tone} ring={hollow} />
        {state}
      </p>
      <p className={styles.detail}>{detail}</p>
    </div>
  )
}
