import { useEffect, useRef } from 'react'
import { Age } from '../../../../components/age/age.tsx'
import { Badge, type Tone } from '../../../../components/badge/badge.tsx'
import { Button } from '../../../../components/button/button.tsx'
import { terminalWords } from '../../../../words/terminal.ts'
import { SettingForm } from './setting-form.tsx'
import styles from './setting-row.module.css'
import { labelOf, type Setting, type SettingOrder, valueText } from './setting-text.ts'

/** What became of a change, at the setting it was about. */
export interface Said {
  readonly key: string
  /** The setting in words. */
  readonly label: string
  readonly text: string
  readonly isFault?: true
  readonly undo: SettingOrder | null
}

const sourceTones: Record<Setting['Source'], Tone> = { Default: 'neutral', Learned: 'ok', Edited: 'accent' }

/** One setting: what it decides, what it is, why, and, for those with the right, the way to change it in place. */
export function SettingRow({
  setting,
  settings,
  mayEdit,
  isEditing,
  isBusy,
  said,
  onEdit,
  onOrder,
}: {
  readonly setting: Setting
  readonly settings: readonly Setting[]
  readonly mayEdit: boolean
  readonly isEditing: boolean
  readonly isBusy: boolean
  readonly said: Said | null
  readonly onEdit: (isEditing: boolean) => void
  readonly onOrder: (order: SettingOrder, said: string) => void
}) {
  const w = terminalWords.profile
  const { name, why } = w.settings[setting.Name]
  const label = labelOf(setting)
  const change = useFocusBack(isEditing || isBusy)
  const isZone = setting.Name === 'TimeZone'
  const back = isZone ? w.backToSite : w.backToLearned
  return (
    <tr className={styles.row} data-editing={isEditing || undefined}>
      <th scope="row" className={styles.setting}>
        <span className={styles.name}>
          {name}
          {setting.Table !== null && <span className={styles.table}> {w.ofTable(setting.Table)}</span>}
        </span>
        {setting.Table === null && <p className={styles.why}>{why}</p>}
      </th>
      <td className={styles.current}>
        {isEditing ? (
          <SettingForm
            setting={setting}
            settings={settings}
            label={w.newValue(label)}
            isBusy={isBusy}
            onSave={order => onOrder(order, w.saved)}
            onCancel={() => onEdit(false)}
          />
        ) : (
          <Value setting={setting} />
        )}
        {/* Always there, or a screen reader would not hear what comes into it. */}
        <div role="status">{said && <SaidLine said={said} onUndo={undo => onOrder(undo, w.undone)} />}</div>
      </td>
      <td>
        <Badge tone={sourceTones[setting.Source]} title={w.sourceWhy[setting.Source]}>
          {w.sources[setting.Source]}
        </Badge>
        <p className={styles.evidence}>
          {setting.Evidence ?? w.untouched}
          {setting.At !== null && (
            <>
              {' · '}
              <Age at={setting.At} />
            </>
          )}
        </p>
      </td>
      {mayEdit && (
        <td className={styles.change}>
          {!isEditing && (
            <span className={styles.actions}>
              {setting.Source === 'Edited' && (
                <Button
                  size="small"
                  look="quiet"
                  busy={isBusy}
                  aria-label={w.backNamed(back, label)}
                  title={isZone ? w.backToSiteWhy : w.backWhy}
                  onClick={() => onOrder({ setting, value: '' }, w.takenBack)}
                >
                  {back}
                </Button>
              )}
              <Button
                ref={change}
                size="small"
                icon="edit"
                aria-label={w.changeNamed(label)}
                disabled={isBusy}
                onClick={() => onEdit(true)}
              >
                {w.change}
              </Button>
            </span>
          )}
        </td>
      )}
    </tr>
  )
}

/** What became of a change, with the way back where there is one. */
export function SaidLine({
  said,
  onUndo,
}: {
  readonly said: Said
  readonly onUndo: (undo: SettingOrder) => void
}) {
  const w = terminalWords.profile
  const { undo } = said
  return (
    <div className={styles.said}>
      <span className={said.isFault && styles.failed}>{said.text}</span>
      {undo && (
        <Button size="small" look="quiet" aria-label={w.undoNamed(said.label)} onClick={() => onUndo(undo)}>
          {w.undo}
        </Button>
      )}
    </div>
  )
}

function Value({ setting: { Name, Value: value } }: { readonly setting: Setting }) {
  const text = valueText(Name, value)
  return (
    <span className={styles.value} data-untold={value === '' || undefined}>
      {text}
      {value !== '' && text !== value && <code className={styles.code}>{value}</code>}
    </span>
  )
}

/**
 * What was pressed goes with its form or its change, at once or with what is read anew; the focus then goes to the
 * button that stays, unless it has been moved elsewhere meanwhile.
 */
function useFocusBack(isUnderWay: boolean) {
  const button = useRef<HTMLButtonElement>(null)
  const isOwed = useRef(false)
  useEffect(() => {
    if (isUnderWay) isOwed.current = true
    if (isUnderWay || !isOwed.current) return
    const active = document.activeElement
    if (active === document.body) button.current?.focus()
    isOwed.current = active !== document.body && (button.current?.closest('tr')?.contains(active) ?? false)
  })
  return button
}
