import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { OperationAnswer } from '#contract/types.ts'
import { operationInfiniteQuery, operationMutation, operationQuery } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { Age } from '../../../../components/age/age.tsx'
import { Badge, type Tone } from '../../../../components/badge/badge.tsx'
import { Button } from '../../../../components/button/button.tsx'
import { alertText } from '../../../../components/health/alert-text.ts'
import { PageHeader } from '../../../../components/page-header/page-header.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { ErrorBlock } from '../../../../components/page-states/error-state.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { SkeletonRows } from '../../../../components/page-states/skeleton.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { Segmented } from '../../../../components/segmented/segmented.tsx'
import { fleetWords } from '../../../../words/fleet.ts'
import { words } from '../../../../words/index.ts'
import { ChannelSheet } from './channel-sheet.tsx'
import { FleetNav } from './fleet-nav.tsx'
import styles from './fleet-page.module.css'
import { PushButton } from './push-button.tsx'
import { RuleSheet } from './rule-sheet.tsx'

type Alert = OperationAnswer<'site.alerts'>['Alerts'][number]
export type AlertSetup = OperationAnswer<'site.alertRules'>
export type Rule = AlertSetup['Rules'][number]
export type Channel = AlertSetup['Channels'][number]

const lookAgainMs = 15_000
const tones: Record<Alert['Severity'], Tone> = { Info: 'neutral', Warning: 'warn', Critical: 'danger' }

/** What wants a person, and who is told of it. */
export function AlertsPage() {
  const w = fleetWords.alerts
  const mayManage = useCan('site:manage')
  const [editing, setEditing] = useState<
    { readonly rule: Rule | null } | { readonly channel: Channel | null } | null
  >(null)
  const setup = useQuery(operationQuery('site.alertRules', {}))
  return (
    <>
      <FleetNav current="alerts" />
      <PageHeader title={w.title} lead={w.lead} actions={<PushButton />} />
      <div className={styles.column}>
        <AlertList />
        <QueryBlock query={setup} pending={<SkeletonRows rows={6} />}>
          {data => (
            <div className={styles.wide}>
              <RulePanel setup={data} mayManage={mayManage} onEdit={rule => setEditing({ rule })} />
              <ChannelPanel
                channels={data.Channels}
                mayManage={mayManage}
                onEdit={channel => setEditing({ channel })}
              />
            </div>
          )}
        </QueryBlock>
      </div>
      {editing && 'rule' in editing && setup.data && (
        <RuleSheet rule={editing.rule} channels={setup.data.Channels} onClose={() => setEditing(null)} />
      )}
      {editing && 'channel' in editing && (
        <ChannelSheet channel={editing.channel} onClose={() => setEditing(null)} />
      )}
    </>
  )
}

function AlertList() {
  const w = fleetWords.alerts
  const [show, setShow] = useState<'open' | 'all'>('open')
  const query = useInfiniteQuery({
    ...operationInfiniteQuery('site.alerts', { Limit: 50, ...(show === 'open' ? { Open: true } : {}) }),
    refetchInterval: lookAgainMs,
  })
  const alerts = query.data?.pages.flatMap(page => page.Alerts) ?? []
  return (
    <Panel
      title={w.title}
      updatedAt={query.dataUpdatedAt}
      flush
      actions={
        <Segmented
          label={w.show}
          value={show}
          options={(['open', 'all'] as const).map(value => ({ value, label: w.shows[value] }))}
          onChange={setShow}
        />
      }
    >
      {query.isPending ? (
        <SkeletonRows rows={4} />
      ) : query.data === undefined ? (
        <ErrorBlock error={query.error} onRetry={() => void query.refetch()} />
      ) : alerts.length === 0 ? (
        <EmptyState compact icon="check" title={show === 'open' ? w.noneOpen : w.none}>
          {w.noneBody}
        </EmptyState>
      ) : (
        <>
          <ul className={styles.list}>
            {alerts.map(alert => (
              <AlertItem key={alert.AlertID} alert={alert} />
            ))}
          </ul>
          {query.hasNextPage && (
            <div className={styles.more}>
              <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                {words.states.table.loadMore}
              </Button>
            </div>
          )}
        </>
      )}
    </Panel>
  )
}

function AlertItem({ alert }: { readonly alert: Alert }) {
  const w = fleetWords.alerts
  const may = useCan('devices:operate')
  const update = useMutation(operationMutation('site.updateAlert'))
  const isOpen = alert.ClearedAt === null
  const AlertID = alert.AlertID
  const { title, detail } = alertText(alert)
  return (
    <li className={styles.item}>
      <div className={styles.text}>
        <p className={styles.name}>
          <Badge tone={isOpen ? tones[alert.Severity] : 'neutral'}>
            {isOpen ? w.severity[alert.Severity] : w.cleared}
          </Badge>
          {title}
          {alert.AcknowledgedAt && <Badge>{w.acknowledged}</Badge>}
        </p>
        <p className={styles.about}>{detail}</p>
        <p className={styles.about}>
          <Age at={alert.StartedAt} /> · {w.told(alert.Notified, alert.Pending, alert.Failed)}
        </p>
      </div>
      {may && isOpen && (
        <span className={styles.row}>
          {!alert.AcknowledgedAt && (
            <Button
              busy={update.isPending}
              onClick={() => update.mutate({ input: { AlertID, Acknowledge: true } })}
            >
              {w.acknowledge}
            </Button>
          )}
          <Button look="quiet" onClick={() => update.mutate({ input: { AlertID, Clear: true } })}>
            {w.clear}
          </Button>
        </span>
      )}
    </li>
  )
}

function RulePanel({
  setup,
  mayManage,
  onEdit,
}: {
  readonly setup: AlertSetup
  readonly mayManage: boolean
  readonly onEdit: (rule: Rule | null) => void
}) {
  const w = fleetWords.alerts
  const remove = useMutation(operationMutation('site.removeAlertRule'))
  const says = (rule: Rule) =>
    w.ruleSays(
      rule.Kinds === null ? w.everything : rule.Kinds.map(kind => w.alertKinds[kind] ?? kind).join(', '),
      [...(rule.Sites ?? []), ...(rule.Tags ?? []), ...(rule.DeviceSN ?? [])].join(', ') || w.everywhere,
      rule.Channels.map(id => setup.Channels.find(one => one.ChannelID === id)?.Name)
        .filter(Boolean)
        .join(', ') || w.nobody,
    )
  return (
    <Panel
      title={w.rules}
      flush
      actions={
        mayManage && (
          <Button icon="plus" disabled={setup.Channels.length === 0} onClick={() => onEdit(null)}>
            {w.addRule}
          </Button>
        )
      }
    >
      {setup.Rules.length === 0 ? (
        <EmptyState compact icon="filter" title={w.noRules}>
          {w.noRulesBody}
        </EmptyState>
      ) : (
        <ul className={styles.list}>
          {setup.Rules.map(rule => (
            <li key={rule.RuleID} className={styles.item}>
              <div className={styles.text}>
                <p className={styles.name}>
                  {rule.Name}
                  {!rule.Enabled && <Badge>{w.off}</Badge>}
                </p>
                <p className={styles.about}>{says(rule)}</p>
              </div>
              {mayManage && (
                <span className={styles.row}>
                  <Button onClick={() => onEdit(rule)} aria-label={`${w.edit} ${rule.Name}`}>
                    {w.edit}
                  </Button>
                  <Button
                    look="quiet"
                    icon="trash"
                    aria-label={`${w.remove} ${rule.Name}`}
                    onClick={() => remove.mutate({ input: { RuleID: rule.RuleID } })}
                  />
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

function ChannelPanel({
  channels,
  mayManage,
  onEdit,
}: {
  readonly channels: readonly Channel[]
  readonly mayManage: boolean
  readonly onEdit: (channel: Channel | null) => void
}) {
  const w = fleetWords.alerts
  return (
    <Panel
      title={w.channels}
      flush
      actions={
        mayManage && (
          <Button icon="plus" onClick={() => onEdit(null)}>
            {w.addChannel}
          </Button>
        )
      }
    >
      {channels.length === 0 ? (
        <EmptyState compact icon="webhooks" title={w.noChannels}>
          {w.noChannelsBody}
        </EmptyState>
      ) : (
        <ul className={styles.list}>
          {channels.map(channel => (
            <ChannelItem key={channel.ChannelID} channel={channel} mayManage={mayManage} onEdit={onEdit} />
          ))}
        </ul>
      )}
    </Panel>
  )
}

function ChannelItem({
  channel,
  mayManage,
  onEdit,
}: {
  readonly channel: Channel
  readonly mayManage: boolean
  readonly onEdit: (channel: Channel) => void
}) {
  const w = fleetWords.alerts
  const test = useMutation(operationMutation('site.testAlertChannel'))
  const remove = useMutation(operationMutation('site.removeAlertChannel'))
  const { ChannelID } = channel
  return (
    <li className={styles.item}>
      <div className={styles.text}>
        <p className={styles.name}>
          {channel.Name}
          <Badge>{w.kinds[channel.Kind]}</Badge>
          {channel.LastOk !== null && (
            <Badge tone={channel.LastOk ? 'ok' : 'danger'}>{channel.LastOk ? w.lastOk : w.lastFailed}</Badge>
          )}
        </p>
        <p className={styles.about}>{channel.Target}</p>
        <p className={styles.about} role="status">
          {channel.LastAt ? (
            <>
              <Age at={channel.LastAt} /> · {channel.LastAnswer}
            </>
          ) : (
            w.never
          )}
        </p>
      </div>
      {mayManage && (
        <span className={styles.row}>
          <Button busy={test.isPending} onClick={() => test.mutate({ input: { ChannelID } })}>
            {test.isPending ? w.testing : w.test}
          </Button>
          <Button onClick={() => onEdit(channel)} aria-label={`${w.edit} ${channel.Name}`}>
            {w.edit}
          </Button>
          <Button
            look="quiet"
            icon="trash"
            aria-label={`${w.remove} ${channel.Name}`}
            onClick={() => remove.mutate({ input: { ChannelID } })}
          />
        </span>
      )}
    </li>
  )
}
