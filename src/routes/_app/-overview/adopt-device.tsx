import { useState } from 'react'
import type { SessionBody } from '#contract/dashboard/session.ts'
import { useAge } from '../../../components/age/age.tsx'
import { Badge } from '../../../components/badge/badge.tsx'
import { Button } from '../../../components/button/button.tsx'
import { AdoptForm } from '../../../components/devices/adopt-form.tsx'
import type { Device } from '../../../components/devices/restart-button.tsx'
import { words } from '../../../words/index.ts'
import styles from './adopt-device.module.css'

/** A terminal that has called and is not trusted yet; the form to name, place and trust it. */
export function AdoptDevice({ device, session }: { readonly device: Device; readonly session: SessionBody }) {
  const w = words.devices.adopt
  const [isOpen, setOpen] = useState(false)
  const seen = useAge(device.LastSeen)
  const may = session.Permissions.includes('devices:adopt')
  const about = [
    device.DeviceSN,
    device.Model ?? '',
    device.Address ?? '',
    device.LastSeen ? words.devices.seen(seen) : words.devices.neverSeen,
    device.HeldUploads > 0 ? words.devices.held(device.HeldUploads) : '',
  ]
  return (
    <div className={styles.adopt}>
      <div className={styles.head}>
        <div className={styles.text}>
          <Badge tone="accent" icon="plus">
            {w.title}
          </Badge>
          <p className={styles.about}>{about.filter(Boolean).join(' · ')}</p>
        </div>
        {may && !isOpen && (
          <Button look="primary" aria-expanded={false} onClick={() => setOpen(true)}>
            {w.action}
          </Button>
        )}
      </div>
      {isOpen && (
        <>
          <p className={styles.lead}>{w.lead}</p>
          <AdoptForm device={device} onDone={() => setOpen(false)} onCancel={() => setOpen(false)} />
        </>
      )}
    </div>
  )
}
