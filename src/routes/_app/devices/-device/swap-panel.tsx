import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { OperationAnswer } from '#contract/types.ts'
import { errorDetail, errorTextKey } from '../../../../api/error-text.ts'
import { operationMutation, operationQuery } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { useAge } from '../../../../components/age/age.tsx'
import { Badge } from '../../../../components/badge/badge.tsx'
import { HoldButton } from '../../../../components/confirm-action/hold-button.tsx'
import { Field } from '../../../../components/field/field.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { words } from '../../../../words/index.ts'
import { terminalWords } from '../../../../words/terminal.ts'
import styles from '../-fleet/fleet-page.module.css'
import type { DeviceInfo } from './device-info.ts'

type Replacement = OperationAnswer<'devices.replacement'>

/** Puts another terminal in the place of this one, and proves by count that everything went over. */
export function SwapPanel({ device }: { readonly device: DeviceInfo }) {
  const w = terminalWords.swap
  const may = useCan('devices:adopt')
  const query = useQuery(operationQuery('devices.replacement', { DeviceSN: device.DeviceSN }))
  const replace = useMutation(operationMutation('devices.replace'))
  const [serial, setSerial] = useState('')
  const isSerial = /^[A-Za-z0-9_-]{1,64}$/.test(serial)
  const known = query.data
  if (known?.NewDeviceSN) return <Checks device={device} replacement={known} />
  if (!may || device.Adoption !== 'Adopted') return null
  return (
    <Panel title={w.title}>
      <div className={styles.column}>
        <p className={styles.quiet}>{w.lead}</p>
        <Field
          label={w.serial}
          hint={w.serialHint}
          error={
            replace.error
              ? (errorDetail(replace.error) ?? words.errors[errorTextKey(replace.error)].title)
              : undefined
          }
        >
          {control => (
            <input
              {...control}
              className="gh-input"
              maxLength={64}
              spellCheck={false}
              autoComplete="off"
              value={serial}
              onChange={event => setSerial(event.target.value.trim())}
            />
          )}
        </Field>
        <div>
          <HoldButton
            look="danger"
            icon="devices"
            label={replace.isPending ? w.busy : w.submit}
            action={w.action(device.LabelName, serial)}
            busy={replace.isPending}
            disabledWhy={isSerial ? undefined : w.serial}
            onConfirm={() => replace.mutate({ input: { DeviceSN: device.DeviceSN, TargetDeviceSN: serial } })}
          />
        </div>
      </div>
    </Panel>
  )
}

function Checks({ device, replacement }: { readonly device: DeviceInfo; readonly replacement: Replacement }) {
  const w = terminalWords.swap
  const age = useAge(replacement.At)
  const isOld = replacement.OldDeviceSN === device.DeviceSN
  return (
    <Panel
      title={w.checks}
      note={isOld ? w.was(replacement.NewDeviceSN ?? '', age) : w.is(replacement.OldDeviceSN ?? '', age)}
      flush
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard */}
      <section className={styles.scroller} aria-label={w.checksTable} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{w.columns.what}</th>
              <th scope="col">{w.columns.old}</th>
              <th scope="col">{w.columns.fresh}</th>
              <th scope="col">{w.columns.equal}</th>
            </tr>
          </thead>
          <tbody>
            {replacement.Checks.map(check => (
              <tr key={check.What}>
                <th scope="row">{w.what[check.What]}</th>
                <td>{said(check, 'Old')}</td>
                <td>{said(check, 'New')}</td>
                <td>
                  <Badge tone={check.Equal ? 'ok' : 'warn'} icon={check.Equal ? 'check' : 'warning'}>
                    <span className={styles.wideOnly}>{check.Equal ? w.equal : w.differs}</span>
                  </Badge>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className={styles.more}>{replacement.AllEqual ? w.allEqual : w.notAll}</p>
    </Panel>
  )
}

function said({ What, ...check }: Replacement['Checks'][number], side: 'Old' | 'New'): string {
  const w = terminalWords.swap
  const text = check[side]
  if (What === 'Doors') return text === '1' ? w.yes : w.no
  // Wanted is that the old one waits to be adopted again, which nobody who trusts it would say.
  if (What === 'Fenced') return side === 'Old' ? w.notTrusted : text === 'waiting' ? w.notTrusted : w.trusted
  return text || words.parts.none
}
