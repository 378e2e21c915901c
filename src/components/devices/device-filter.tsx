import { useQuery } from '@tanstack/react-query'
import { serverNow } from '../../api/clock.ts'
import { operationQuery } from '../../api/query.ts'
import { useCan, useSession } from '../../api/session.ts'
import { today } from '../../format/time.ts'
import { words } from '../../words/index.ts'
import { Combobox } from '../combobox/combobox.tsx'
import { TextFilter } from '../filter-bar/text-filter.tsx'
import styles from './device-filter.module.css'

interface Terminal {
  readonly DeviceSN: string
  readonly LabelName: string
  readonly Site: string
}

/** Terminals by name: from their list, or from what attendance says of each where that alone may be read. */
function useTerminals(): { readonly mayKnow: boolean; readonly terminals: readonly Terminal[] | undefined } {
  const mayList = useCan('devices:read')
  const mayRead = useCan('attendance:read')
  const timeZone = useSession()?.TimeZone ?? 'UTC'
  const day = today(timeZone, serverNow())
  const listed = useQuery({ ...operationQuery('devices.list', {}), enabled: mayList })
  const told = useQuery({
    ...operationQuery('attendance.dayCompleteness', { FromDate: day, ToDate: day }),
    enabled: !mayList && mayRead,
    staleTime: 300_000,
  })
  const adopted = listed.data?.Devices.filter(device => device.Adoption === 'Adopted')
  return { mayKnow: mayList || mayRead, terminals: mayList ? adopted : told.data?.Days }
}

/** Narrows to one terminal: by name where these may be known, else by the serial number. */
export function DeviceFilter({
  value,
  onChange,
}: {
  readonly value: string | undefined
  readonly onChange: (serial: string) => void
}) {
  const { mayKnow, terminals } = useTerminals()
  const w = words.parts.device
  if (!mayKnow)
    return (
      <TextFilter label={w.serial} icon="devices" maxLength={64} value={value ?? ''} onChange={onChange} />
    )
  const options = (terminals ?? [])
    .map(device => ({ value: device.DeviceSN, label: device.LabelName, note: device.Site }))
    .sort((a, b) => a.label.localeCompare(b.label))
  return (
    <div className={styles.filter}>
      <Combobox
        label={w.label}
        hideLabel
        clearable
        value={value ?? ''}
        options={options}
        busy={terminals === undefined}
        placeholder={w.all}
        onChoose={onChange}
      />
    </div>
  )
}
