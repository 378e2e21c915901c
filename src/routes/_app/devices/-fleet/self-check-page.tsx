import { useMutation, useQuery } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import type { OperationAnswer } from '#contract/types.ts'
import { operationMutation, operationQuery } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { Age, useAge } from '../../../../components/age/age.tsx'
import { Badge, type Tone } from '../../../../components/badge/badge.tsx'
import { Button } from '../../../../components/button/button.tsx'
import { Field } from '../../../../components/field/field.tsx'
import { PageHeader } from '../../../../components/page-header/page-header.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { SkeletonPanel } from '../../../../components/page-states/skeleton-panel.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { count } from '../../../../format/number.ts'
import { lasting } from '../../../../format/time.ts'
import { fleetWords } from '../../../../words/fleet.ts'
import { readerLocale } from '../../../../words/index.ts'
import { FleetNav } from './fleet-nav.tsx'
import styles from './fleet-page.module.css'

type Check = OperationAnswer<'site.selfCheck'>['Checks'][number]

const lookAgainMs = 10_000
const tones: Record<Check['State'], Tone> = { good: 'ok', warn: 'warn', bad: 'danger', unknown: 'unknown' }

/** Gatehouse itself: each figure with what to do about it. */
export function SelfCheckPage() {
  const w = fleetWords.self
  const query = useQuery({ ...operationQuery('site.selfCheck', {}), refetchInterval: lookAgainMs })
  const started = useAge(query.data?.StartedAt ?? null)
  return (
    <>
      <FleetNav current="selfCheck" />
      <PageHeader title={w.title} lead={query.data ? `${w.lead} ${w.running(started)}.` : w.lead} />
      <div className={styles.column}>
        <QueryBlock query={query} pending={<SkeletonPanel rows={10} />}>
          {({ Checks }) => (
            <Panel title={w.title} updatedAt={query.dataUpdatedAt} flush>
              <ul className={styles.list}>
                {Checks.map(check => (
                  <li key={check.Name} className={styles.item}>
                    <div className={styles.text}>
                      <p className={styles.name}>
                        <Badge tone={tones[check.State]}>{w.states[check.State]}</Badge>
                        {w.names[check.Name]}
                      </p>
                      {check.State !== 'good' && (
                        <p className={styles.about}>
                          {check.Value === null ? w.unknownWhy[check.Name] : w.advice[check.Name]}{' '}
                          {check.Value === null && check.State === 'warn' && w.advice[check.Name]}
                        </p>
                      )}
                    </div>
                    <span>
                      {shown(check)}
                      {check.At && (
                        <span className={styles.small}>
                          {check.Name === 'Backup' ? (
                            <Age at={check.At} />
                          ) : (
                            new Date(check.At).toLocaleDateString(readerLocale())
                          )}
                        </span>
                      )}
                    </span>
                  </li>
                ))}
              </ul>
            </Panel>
          )}
        </QueryBlock>
        <StatusPagePanel />
      </div>
    </>
  )
}

function shown({ Value: value, Unit: unit }: Check): string {
  if (value === null || unit === null) return ''
  const number = (digits: number, unitName?: string) =>
    new Intl.NumberFormat(readerLocale(), {
      maximumFractionDigits: digits,
      ...(unitName === undefined ? {} : { style: 'unit', unit: unitName }),
    }).format(value)
  switch (unit) {
    case 'ms':
      return number(1, 'millisecond')
    case 's':
      // A difference below half a second would read as minus nothing.
      return Math.round(value) === 0
        ? fleetWords.self.none
        : Math.abs(value) < 60
          ? number(1, 'second')
          : lasting(Math.abs(value) * 1000)
    case 'bytes':
      return value > 2 ** 30
        ? new Intl.NumberFormat(readerLocale(), {
            maximumFractionDigits: 1,
            style: 'unit',
            unit: 'gigabyte',
          }).format(value / 2 ** 30)
        : new Intl.NumberFormat(readerLocale(), {
            maximumFractionDigits: 0,
            style: 'unit',
            unit: 'megabyte',
          }).format(value / 2 ** 20)
    case 'days':
      return number(1, 'day')
    case 'percent':
      return `${number(1)} %`
    case 'count':
      return value === 0 ? fleetWords.self.none : count(value)
  }
}

function StatusPagePanel() {
  const w = fleetWords.self.statusPage
  const may = useCan('site:manage')
  const page = useQuery(operationQuery('site.statusPage', {}))
  const save = useMutation(operationMutation('site.setStatusPage'))
  const say = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    save.mutate({
      input: {
        Enabled: page.data?.Enabled ?? false,
        Site: String(form.get('site') ?? ''),
        Message: String(form.get('message') ?? ''),
      },
    })
  }
  if (page.data === undefined) return null
  const { Enabled, Sites } = page.data
  return (
    <Panel
      title={w.title}
      note={w.lead}
      actions={
        may && (
          <Button busy={save.isPending} onClick={() => save.mutate({ input: { Enabled: !Enabled } })}>
            {Enabled ? w.switchOff : w.switchOn}
          </Button>
        )
      }
    >
      <p role="status">
        {Enabled ? (
          <>
            {w.on} <a href="/status">{`${location.origin}/status`}</a>
          </>
        ) : (
          w.off
        )}
      </p>
      {may && Enabled && (
        <form onSubmit={say} className={styles.row}>
          <Field label={w.site}>
            {control => (
              <select {...control} className="gh-select" name="site">
                {Sites.map(({ Site }) => (
                  <option key={Site}>{Site}</option>
                ))}
              </select>
            )}
          </Field>
          <Field label={w.message} hint={w.messageHint}>
            {control => <input {...control} className="gh-input" name="message" maxLength={300} />}
          </Field>
          <Button type="submit">{w.save}</Button>
        </form>
      )}
    </Panel>
  )
}
