import { useMemo } from 'react'
import { useTicking } from '../../format/now.ts'
import { minuteNow, minuteOfDay } from '../../format/time.ts'
import { devicesPageWords } from '../../words/devices-page.ts'
import { words } from '../../words/index.ts'
import { Combobox } from '../combobox/combobox.tsx'
import { Field } from '../field/field.tsx'

/** A time zone by name, with the time it is there now: the quickest way to see a wrong choice. */
export function TimeZoneField({
  value,
  onChange,
}: {
  readonly value: string
  readonly onChange: (zone: string) => void
}) {
  const w = words.devices.adopt
  const now = useTicking(tick => minuteOfDay(minuteNow(value, tick)))
  const options = useMemo(() => {
    // The browser's list has one name a zone; a terminal may already carry an older one.
    const zones = new Set(['UTC', value, ...Intl.supportedValuesOf('timeZone')])
    return [...zones].filter(Boolean).map(zone => ({ value: zone, label: zone.replaceAll('_', ' ') }))
  }, [value])
  return (
    <Field label={w.timeZone} hint={devicesPageWords.zoneNow(now)}>
      {control => (
        <Combobox
          {...control}
          label={w.timeZone}
          hideLabel
          value={value}
          options={options}
          onChoose={onChange}
        />
      )}
    </Field>
  )
}
