import { useQuery } from '@tanstack/react-query'
import { operationQuery } from '../../api/query.ts'
import { useCan } from '../../api/session.ts'
import { words } from '../../words/index.ts'
import { Combobox } from '../combobox/combobox.tsx'
import { TextFilter } from '../filter-bar/text-filter.tsx'
import styles from './device-filter.module.css'

/** Narrows to one terminal: by name where the list may be read, else by the serial number. */
export function DeviceFilter({
  value,
  onChange,
}: {
  readonly value: string | undefined
  readonly onChange: (serial: string) => void
}) {
  const mayList = useCan('devices:read')
  const { data, isPending } = useQuery({ ...operationQuery('devices.list', {}), enabled: mayList })
  const w = words.parts.device
  if (!mayList)
    return (
      <TextFilter label={w.serial} icon="devices" maxLength={64} value={value ?? ''} onChange={onChange} />
    )
  const options = (data?.Devices ?? [])
    .filter(device => device.Adoption === 'Adopted')
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
        busy={isPending}
        placeholder={w.all}
        onChoose={onChange}
      />
    </div>
  )
}
