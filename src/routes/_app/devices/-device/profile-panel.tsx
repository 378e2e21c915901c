import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { errorDetail, errorTextKey } from '../../../../api/error-text.ts'
import { operationMutation, operationQuery } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { SkeletonRows } from '../../../../components/page-states/skeleton.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { words } from '../../../../words/index.ts'
import { terminalWords } from '../../../../words/terminal.ts'
import type { DeviceInfo } from './device-info.ts'
import styles from './profile-panel.module.css'
import { type Said, SaidLine, SettingRow } from './setting-row.tsx'
import { labelOf, type Setting, type SettingOrder, settingKey } from './setting-text.ts'

/** How the terminal speaks: every setting with where it comes from, to be set by hand and taken back. */
export function ProfilePanel({ device }: { readonly device: DeviceInfo }) {
  const w = terminalWords.profile
  const mayEdit = useCan('devices:operate')
  const query = useQuery(operationQuery('devices.profile', { DeviceSN: device.DeviceSN }))
  return (
    <Panel title={w.title} updatedAt={query.dataUpdatedAt} flush>
      <p className={styles.lead}>{mayEdit ? w.lead : `${w.lead} ${w.mayNot}`}</p>
      <QueryBlock query={query} pending={<Pending />}>
        {({ Settings }) =>
          Settings.length === 0 ? (
            <EmptyState icon="settings" title={w.empty}>
              {w.emptyBody}
            </EmptyState>
          ) : (
            <SettingTable deviceSN={device.DeviceSN} settings={Settings} mayEdit={mayEdit} />
          )
        }
      </QueryBlock>
    </Panel>
  )
}

function SettingTable({
  deviceSN,
  settings,
  mayEdit,
}: {
  readonly deviceSN: string
  readonly settings: readonly Setting[]
  readonly mayEdit: boolean
}) {
  const w = terminalWords.profile
  const { said, pendingKey, order, clear } = useSettingOrders(deviceSN, settings)
  const [editing, setEditing] = useState<string | null>(null)
  const keys = settings.map(settingKey)
  const lost = said !== null && !keys.includes(said.key) ? said : null
  return (
    <>
      {/* A setting of one table goes with its row; what became of it must still be said. */}
      {lost && (
        <div className={styles.lead}>
          <SaidLine
            said={{ ...lost, text: `${lost.label}: ${lost.text}` }}
            onUndo={undo => order(lost.key, undo, w.undone)}
          />
        </div>
      )}
      <table className={styles.table}>
        <caption className="visually-hidden">{w.title}</caption>
        <thead>
          <tr>
            <th scope="col">{w.setting}</th>
            <th scope="col">{w.value}</th>
            <th scope="col">{w.source}</th>
            {mayEdit && (
              <th scope="col">
                <span className="visually-hidden">{w.actions}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {settings.map(setting => {
            const key = settingKey(setting)
            return (
              <SettingRow
                key={key}
                setting={setting}
                settings={settings}
                mayEdit={mayEdit}
                isEditing={editing === key}
                isBusy={pendingKey === key}
                said={said?.key === key ? said : null}
                onEdit={isEditing => {
                  clear()
                  setEditing(isEditing ? key : null)
                }}
                onOrder={(asked, text) => order(key, asked, text, () => setEditing(null))}
              />
            )
          })}
        </tbody>
      </table>
    </>
  )
}

/** Sends one change at a time and keeps what became of the last, with the way back. */
function useSettingOrders(deviceSN: string, settings: readonly Setting[]) {
  const [said, setSaid] = useState<Said | null>(null)
  const set = useMutation(operationMutation('devices.setProfile'))
  const [pendingKey, setPendingKey] = useState<string | null>(null)
  const order = (rowKey: string, { setting, value }: SettingOrder, text: string, onDone?: () => void) => {
    const key = settingKey(setting)
    const before = settings.find(each => settingKey(each) === key)
    const input = {
      DeviceSN: deviceSN,
      Name: setting.Name,
      Value: value,
      ...(setting.Table === null ? {} : { Table: setting.Table }),
    }
    setSaid(null)
    setPendingKey(rowKey)
    set.mutate(
      { input },
      {
        onSuccess: () => {
          setSaid({
            key,
            label: labelOf(setting),
            text,
            undo: text === terminalWords.profile.undone ? null : wayBack(setting, before),
          })
          onDone?.()
        },
        onError: error => {
          const { title, advice } = words.errors[errorTextKey(error)]
          setSaid({
            key: rowKey,
            label: labelOf(setting),
            text: `${title}. ${errorDetail(error) ?? advice}`,
            undo: null,
            isFault: true,
          })
        },
        onSettled: () => setPendingKey(null),
      },
    )
  }
  return { said, pendingKey, order, clear: () => setSaid(null) }
}

/** What was set by hand before is set again; what was learned is learned again. */
function wayBack(setting: SettingOrder['setting'], before: Setting | undefined): SettingOrder {
  return { setting, value: before?.Source === 'Edited' ? before.Value : '' }
}

function Pending() {
  return (
    <div className={styles.pending}>
      <SkeletonRows rows={8} height={20} />
    </div>
  )
}
