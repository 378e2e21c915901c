import { lasting } from '../../format/time.ts'
import { words } from '../../words/index.ts'
import { useAge } from '../age/age.tsx'
import { Badge, Dot, type Tone } from '../badge/badge.tsx'
import styles from './device-health.module.css'
import type { Device } from './restart-button.tsx'

/** A terminal clock further off than this puts punches at the wrong minute. */
export const skewMaxSeconds = 60

/** How much a terminal needs a look; 0 is fine. */
export function deviceConcern(device: Device): number {
  if (!device.Online) return device.OnlineReason === 'restarting' ? 3 : 4
  if (Math.abs(device.ClockSkewSeconds ?? 0) > skewMaxSeconds) return 2
  return device.Incidents > 0 ? 2 : device.Rejects > 0 ? 1 : 0
}

export const reasonTones: Record<Device['OnlineReason'], Tone> = {
  contact: 'ok',
  clock: 'warn',
  silent: 'danger',
  wrong_key: 'danger',
  refused: 'danger',
  never_seen: 'unknown',
  waiting: 'accent',
  restarting: 'warn',
}

/** Name, place, contact with its reason and age, and what waits or looks wrong. */
export function DeviceHealth({ device }: { readonly device: Device }) {
  const w = words.devices
  const seen = useAge(device.LastSeen)
  const tone = reasonTones[device.OnlineReason]
  const skew = device.ClockSkewSeconds ?? 0
  return (
    <div className={styles.health}>
      <Dot tone={tone} ring={!device.Online} />
      <div className={styles.text}>
        <p className={styles.name}>
          <span className={styles.label}>{device.LabelName}</span>
          {device.OnlineReason !== 'contact' && <Badge tone={tone}>{w.reason[device.OnlineReason]}</Badge>}
          {device.QueueDepth > 0 && <Badge tone="accent">{w.queue(device.QueueDepth)}</Badge>}
          {Math.abs(skew) > skewMaxSeconds && (
            <Badge tone="warn">
              {(skew > 0 ? w.clockFast : w.clockSlow)(lasting(Math.abs(skew) * 1000))}
            </Badge>
          )}
          {device.Incidents > 0 && <Badge tone="danger">{w.incidents(device.Incidents)}</Badge>}
          {device.Rejects > 0 && <Badge tone="warn">{w.rejects(device.Rejects)}</Badge>}
        </p>
        <p className={styles.about}>
          {[device.Site, device.DeviceSN, device.LastSeen ? w.seen(seen) : w.neverSeen]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
    </div>
  )
}
