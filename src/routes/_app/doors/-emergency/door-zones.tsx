import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { operationMutation, operationQuery } from '../../../../api/query.ts'
import { Button } from '../../../../components/button/button.tsx'
import { doorKey } from '../../../../components/doors/door-cards.tsx'
import { doorName } from '../../../../components/doors/door-name.ts'
import { Check, Field, FormGrid } from '../../../../components/field/field.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { doorWords } from '../../../../words/door-pages.ts'
import styles from './door-zones.module.css'

/** Named groups of doors. */
export function DoorZones() {
  const w = doorWords.emergency
  const query = useQuery(operationQuery('doors.zones', {}))
  const doors = useQuery(operationQuery('doors.status', {})).data?.Doors ?? []
  const save = useMutation(operationMutation('doors.saveZone'))
  const remove = useMutation(operationMutation('doors.removeZone'))
  const [isAdding, setAdding] = useState(false)
  const nameOf = (ref: string) => {
    const door = doors.find(each => doorKey(each) === ref)
    return door ? doorName(door) : ref
  }
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const Doors = doors.map(doorKey).filter(key => data.has(key))
    if (Doors.length === 0) return
    await save.mutateAsync({ input: { Zone: String(data.get('zone')), Doors } })
    setAdding(false)
  }
  return (
    <Panel
      title={w.zones}
      actions={
        <Button size="small" icon="plus" aria-expanded={isAdding} onClick={() => setAdding(!isAdding)}>
          {w.zoneAdd}
        </Button>
      }
    >
      <p className={styles.body}>{w.zonesBody}</p>
      {isAdding && (
        <form onSubmit={event => void submit(event)} className={styles.form}>
          <FormGrid
            actions={
              <Button type="submit" look="primary" size="small" busy={save.isPending}>
                {w.zoneSave}
              </Button>
            }
          >
            <Field label={w.zoneName}>
              {control => (
                <input
                  {...control}
                  name="zone"
                  className="gh-input"
                  required
                  maxLength={64}
                  autoComplete="off"
                />
              )}
            </Field>
            <fieldset className={styles.doors}>
              <legend>{w.zoneDoors}</legend>
              {doors.map(door => (
                <Check key={doorKey(door)} name={doorKey(door)}>
                  {doorName(door)}
                </Check>
              ))}
            </fieldset>
          </FormGrid>
        </form>
      )}
      <QueryBlock query={query}>
        {({ Zones }) =>
          Zones.length === 0 ? (
            <EmptyState compact title={w.noZones} />
          ) : (
            <ul className={styles.list}>
              {Zones.map(({ Zone, Doors }) => (
                <li key={Zone}>
                  <span>
                    <strong>{Zone}</strong>{' '}
                    <span className={styles.body}>{Doors.map(nameOf).join(', ')}</span>
                  </span>
                  <Button
                    size="small"
                    look="quiet"
                    icon="trash"
                    aria-label={w.zoneRemoveAction(Zone)}
                    onClick={() => remove.mutate({ input: { Zone } })}
                  />
                </li>
              ))}
            </ul>
          )
        }
      </QueryBlock>
    </Panel>
  )
}
