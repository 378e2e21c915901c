import { Age } from '../../../../components/age/age.tsx'
import { Button } from '../../../../components/button/button.tsx'
import type { Adopted } from '../../../../components/devices/adopt-form.tsx'
import type { Device } from '../../../../components/devices/restart-button.tsx'
import { Icon } from '../../../../components/icon/icon.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { devicesPageWords } from '../../../../words/devices-page.ts'
import { words } from '../../../../words/index.ts'
import styles from './waiting-devices.module.css'

/** Terminals that have called and are not trusted yet, and what became of the one adopted last. */
export function WaitingDevices({
  devices,
  mayAdopt,
  adopted,
  onAdopt,
}: {
  readonly devices: readonly Device[]
  readonly mayAdopt: boolean
  readonly adopted: Adopted | null
  readonly onAdopt: (deviceSN: string) => void
}) {
  const w = devicesPageWords
  return (
    <>
      <div role="status">
        {adopted && (
          <p className={styles.done}>
            <Icon name="check" />
            {words.devices.adopt.done(adopted.Device.LabelName, adopted.TakenIn)}
          </p>
        )}
      </div>
      {devices.length > 0 && (
        <div className={styles.panel}>
          <Panel title={w.waiting(devices.length)} flush>
            <p className={styles.lead}>{mayAdopt ? w.waitingLead : `${w.waitingLead} ${w.mayNotAdopt}`}</p>
            <ul className={styles.list}>
              {devices.map(device => (
                <li key={device.DeviceSN} className={styles.device}>
                  <div className={styles.text}>
                    <p className={styles.name}>{device.DeviceSN}</p>
                    <p className={styles.about}>
                      {[
                        device.Model,
                        device.Address,
                        device.HeldUploads > 0 && words.devices.held(device.HeldUploads),
                      ]
                        .filter(Boolean)
                        .join(' · ')}
                    </p>
                  </div>
                  {device.LastSeen && (
                    <span className={styles.about}>
                      <Age at={device.LastSeen} />
                    </span>
                  )}
                  {mayAdopt && (
                    <Button
                      look="primary"
                      aria-label={`${words.devices.adopt.action} ${device.DeviceSN}`}
                      onClick={() => onAdopt(device.DeviceSN)}
                    >
                      {words.devices.adopt.action}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          </Panel>
        </div>
      )}
    </>
  )
}
