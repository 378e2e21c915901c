import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { OperationAnswer } from '#contract/types.ts'
import { errorDetail, errorTextKey } from '../../../../api/error-text.ts'
import { operationMutation, operationQuery } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { Badge, type Tone } from '../../../../components/badge/badge.tsx'
import { Button } from '../../../../components/button/button.tsx'
import { Field, FormGrid } from '../../../../components/field/field.tsx'
import { PageHeader } from '../../../../components/page-header/page-header.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { SideSheet } from '../../../../components/side-sheet/side-sheet.tsx'
import { instantFull } from '../../../../format/time.ts'
import { fleetWords } from '../../../../words/fleet.ts'
import { words } from '../../../../words/index.ts'
import { FleetNav } from './fleet-nav.tsx'
import styles from './fleet-page.module.css'

type Maintenance = OperationAnswer<'devices.maintenance'>['Maintenance'][number]

const tones: Record<Maintenance['State'], Tone> = { Planned: 'accent', Running: 'warn', Over: 'neutral' }

/** Planned work: what runs, what comes, and what was. */
export function MaintenancePage() {
  const w = fleetWords.maintenance
  const may = useCan('devices:operate')
  const [isPlanning, setPlanning] = useState(false)
  const query = useQuery(operationQuery('devices.maintenance', { Limit: 100 }))
  return (
    <>
      <FleetNav current="maintenance" />
      <PageHeader
        title={w.title}
        lead={w.lead}
        actions={
          may && (
            <Button icon="plus" look="primary" onClick={() => setPlanning(true)}>
              {w.add}
            </Button>
          )
        }
      />
      <Panel title={w.title} updatedAt={query.dataUpdatedAt} flush>
        <QueryBlock query={query}>
          {({ Maintenance: all }) =>
            all.length === 0 ? (
              <EmptyState compact icon="clock" title={w.none}>
                {w.noneBody}
              </EmptyState>
            ) : (
              <ul className={styles.list}>
                {all.map(work => (
                  <WorkItem key={work.MaintenanceID} work={work} may={may} />
                ))}
              </ul>
            )
          }
        </QueryBlock>
      </Panel>
      {isPlanning && <PlanSheet onClose={() => setPlanning(false)} />}
    </>
  )
}

function WorkItem({ work, may }: { readonly work: Maintenance; readonly may: boolean }) {
  const w = fleetWords.maintenance
  const end = useMutation(operationMutation('devices.endMaintenance'))
  const about = [
    ...(work.Sites ?? []),
    ...(work.Tags ?? []),
    ...(work.DeviceSN === null ? [] : [w.some(work.DeviceSN.length)]),
  ]
  return (
    <li className={styles.item}>
      <div className={styles.text}>
        <p className={styles.name}>
          {work.Name}
          <Badge tone={tones[work.State]}>{w.states[work.State]}</Badge>
        </p>
        <p className={styles.about}>
          {about.join(', ') || w.everything} · {instantFull(work.StartsAt)} – {instantFull(work.EndsAt)}
        </p>
      </div>
      {may && work.State !== 'Over' && (
        <Button
          busy={end.isPending}
          onClick={() => end.mutate({ input: { MaintenanceID: work.MaintenanceID } })}
        >
          {work.State === 'Running' ? w.end : w.strike}
        </Button>
      )}
    </li>
  )
}

const hourMs = 3_600_000

function PlanSheet({ onClose }: { readonly onClose: () => void }) {
  const w = fleetWords.maintenance
  const plan = useMutation(operationMutation('devices.planMaintenance'))
  const site = useQuery(operationQuery('site.info', {}))
  const [isBackwards, setBackwards] = useState(false)
  const [opened] = useState(() => Date.now())
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '').trim()
    const [from, until] = [new Date(text('from')), new Date(text('until'))]
    setBackwards(until <= from)
    if (until <= from) return
    plan.mutate(
      {
        input: {
          Name: text('name'),
          ...(text('site') ? { Sites: [text('site')] } : {}),
          StartsAt: from.toISOString(),
          EndsAt: until.toISOString(),
        },
      },
      { onSuccess: onClose },
    )
  }
  const failed = plan.error ? words.errors[errorTextKey(plan.error)] : null
  return (
    <SideSheet title={w.add} lead={w.lead} onClose={onClose}>
      <form onSubmit={submit}>
        <FormGrid
          actions={
            <>
              <Button type="submit" look="primary" busy={plan.isPending}>
                {plan.isPending ? w.busy : w.save}
              </Button>
              <Button look="quiet" onClick={onClose}>
                {words.states.form.cancel}
              </Button>
            </>
          }
        >
          <Field
            label={w.name}
            error={failed ? `${failed.title}. ${errorDetail(plan.error) ?? failed.advice}` : undefined}
          >
            {control => <input {...control} className="gh-input" name="name" required maxLength={100} />}
          </Field>
          <Field label={w.site}>
            {control => (
              <select {...control} className="gh-select" name="site">
                <option value="">{w.allSites}</option>
                {(site.data?.Sites ?? []).map(({ Site }) => (
                  <option key={Site}>{Site}</option>
                ))}
              </select>
            )}
          </Field>
          <div className={styles.pair}>
            <Field label={w.from}>
              {control => (
                <input
                  {...control}
                  className="gh-input"
                  type="datetime-local"
                  name="from"
                  required
                  defaultValue={localInput(opened)}
                />
              )}
            </Field>
            <Field label={w.until} error={isBackwards ? w.order : undefined}>
              {control => (
                <input
                  {...control}
                  className="gh-input"
                  type="datetime-local"
                  name="until"
                  required
                  defaultValue={localInput(opened + hourMs)}
                />
              )}
            </Field>
          </div>
        </FormGrid>
      </form>
    </SideSheet>
  )
}

/** As the control wants it: this computer's wall clock to the minute. */
function localInput(at: number): string {
  const offset = new Date(at).getTimezoneOffset() * 60_000
  return new Date(at - offset).toISOString().slice(0, 16)
}
