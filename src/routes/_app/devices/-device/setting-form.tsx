import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { Button } from '../../../../components/button/button.tsx'
import { TimeZoneField } from '../../../../components/devices/time-zone-field.tsx'
import { Field } from '../../../../components/field/field.tsx'
import { words } from '../../../../words/index.ts'
import { terminalWords } from '../../../../words/terminal.ts'
import styles from './setting-form.module.css'
import { type Setting, type SettingOrder, valueText } from './setting-text.ts'

/** Upload tables that want an answer of a style, by protocol; those a terminal made up itself have rows of their own. */
const answeredTables = {
  attendance: ['attlog', 'operlog', 'biodata', 'userinfo', 'errorlog'],
  access: ['tabledata:user', 'tabledata:transaction', 'tabledata:biodata', 'tabledata:userpic'],
}

/** The new value in place of the old one. Escape leaves it. */
export function SettingForm({
  setting,
  settings,
  label,
  isBusy,
  onSave,
  onCancel,
}: {
  readonly setting: Setting
  readonly settings: readonly Setting[]
  readonly label: string
  readonly isBusy: boolean
  readonly onSave: (order: SettingOrder) => void
  readonly onCancel: () => void
}) {
  const w = terminalWords.profile
  const [value, setValue] = useState(setting.Value)
  const [table, setTable] = useState('')
  const [fault, setFault] = useState<string>()
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => form.current?.querySelector<HTMLElement>('select, input')?.focus(), [])
  const free = freeTables(setting, settings)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (setting.Name === 'Language' && !/^\d{1,3}$/.test(value)) return setFault(w.languageFault)
    onSave({ setting: { Name: setting.Name, Table: table || setting.Table }, value })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // An open list takes the first Escape for itself.
    const isListOpen = event.target instanceof Element && event.target.ariaExpanded === 'true'
    if (event.key === 'Escape' && !isListOpen) onCancel()
  }
  return (
    <form ref={form} className={styles.form} onSubmit={submit} onKeyDown={onKeyDown}>
      {setting.Name === 'TimeZone' ? (
        <TimeZoneField value={value} onChange={setValue} />
      ) : (
        <Field label={label} error={fault}>
          {control =>
            setting.Choices === null ? (
              <input
                {...control}
                className="gh-input"
                inputMode="numeric"
                required
                maxLength={3}
                autoComplete="off"
                value={value}
                onChange={event => setValue(event.target.value.trim())}
              />
            ) : (
              <select
                {...control}
                className="gh-select"
                value={value}
                onChange={event => setValue(event.target.value)}
              >
                {setting.Choices.map(choice => (
                  <option key={choice} value={choice}>
                    {valueText(setting.Name, choice)}
                  </option>
                ))}
              </select>
            )
          }
        </Field>
      )}
      {free.length > 0 && (
        <Field label={w.holdsFor}>
          {control => (
            <select
              {...control}
              className="gh-select"
              value={table}
              onChange={event => setTable(event.target.value)}
            >
              <option value="">{w.allTables}</option>
              {free.map(each => (
                <option key={each}>{each}</option>
              ))}
            </select>
          )}
        </Field>
      )}
      <div className={styles.actions}>
        <Button type="submit" look="primary" size="small" busy={isBusy}>
          {words.states.form.save}
        </Button>
        <Button look="quiet" size="small" disabled={isBusy} onClick={onCancel}>
          {words.states.form.cancel}
        </Button>
      </div>
    </form>
  )
}

/** Tables a general acknowledgement can be narrowed to: those without a row of their own. */
function freeTables(setting: Setting, settings: readonly Setting[]): readonly string[] {
  if (setting.Name !== 'Acknowledgement' || setting.Table !== null) return []
  const isAccess = settings.some(({ Name, Value }) => Name === 'Flavour' && Value === 'access')
  const taken = new Set(settings.filter(({ Name }) => Name === 'Acknowledgement').map(({ Table }) => Table))
  return answeredTables[isAccess ? 'access' : 'attendance'].filter(table => !taken.has(table))
}
