import { AlertKind, AlertSeverity } from '#contract/entities/alert.ts'
import { AlertCode, Facts } from '#contract/entities/alert-facts.ts'
import { OperationError } from '#contract/errors.ts'
import type { OperationAnswer } from '#contract/types.ts'
import { findAlerts } from '../alerts/alert-pages.ts'
import { requireDevice } from '../http/caller.ts'
import { toIso } from '../store/devices.ts'
import type { Call, Handlers } from './handler.ts'
import { visibleDevices } from './scope.ts'

type Entity = OperationAnswer<'site.alerts'>['Alerts'][number]

export const alertHandlers: Pick<Handlers, 'site.alerts' | 'site.updateAlert' | 'site.notices'> = {
  async 'site.alerts'(input, call) {
    const { read } = call.deps.store
    const sns = input.DeviceSN === undefined ? visibleDevices(call) : [input.DeviceSN]
    const { rows, paging, open } = await findAlerts(
      read,
      { sns, open: input.Open },
      { offSet: input.OffSet, limit: input.Limit, order: input.Order },
    )
    return {
      status: 200,
      body: {
        Alerts: rows.map(
          (row): Entity => ({
            AlertID: String(row.id),
            Kind: AlertKind.parse(row.kind),
            Severity: AlertSeverity.parse(row.severity),
            Subject: row.subject,
            DeviceSN: row.sn,
            LabelName: row.label,
            Site: row.site,
            Door: row.door,
            Title: row.title,
            Detail: row.detail,
            // A code of a newer release that shares the store is only words to this one.
            Code: AlertCode.safeParse(row.code).data ?? null,
            Facts: Facts.parse(JSON.parse(row.facts ?? '{}')),
            Times: row.times,
            StartedAt: new Date(row.started_at).toISOString(),
            LastAt: new Date(row.last_at).toISOString(),
            ClearedAt: toIso(row.cleared_at),
            AcknowledgedAt: toIso(row.acknowledged_at),
            AcknowledgedBy: row.acknowledged_by,
            Notified: row.sent,
            Pending: row.pending,
            Failed: row.failed,
          }),
        ),
        Open: open,
        ...paging,
      },
    }
  },

  async 'site.updateAlert'(input, call) {
    const { store, clock } = call.deps
    const id = Number(input.AlertID)
    await requireAlert(call, id)
    const changed = await store.write(async write => {
      const row = await write
        .updateTable('alert')
        .set({
          ...(input.Acknowledge === undefined
            ? {}
            : input.Acknowledge
              ? { acknowledged_at: clock.now(), acknowledged_by: call.caller.actor }
              : { acknowledged_at: null, acknowledged_by: null }),
          ...(input.Clear ? { cleared_at: clock.now() } : {}),
          // An update has to set something.
          id,
        })
        .where('id', '=', id)
        .$if(input.Clear === true, query => query.where('cleared_at', 'is', null))
        .returning('id')
        .executeTakeFirst()
      if (input.Clear)
        await write
          .updateTable('alert_notice')
          .set({ state: 'dropped', answer: 'Somebody cleared it' })
          .where('alert_id', '=', id)
          .where('state', '=', 'pending')
          .execute()
      return row !== undefined
    })
    return { status: 200, body: { Changed: changed } }
  },

  async 'site.notices'(input, call) {
    const id = Number(input.AlertID)
    await requireAlert(call, id)
    const rows = await call.deps.store.read
      .selectFrom('alert_notice')
      .leftJoin('alert_rule', 'alert_rule.id', 'alert_notice.rule_id')
      .leftJoin('alert_channel', 'alert_channel.id', 'alert_notice.channel_id')
      .select(['about', 'state', 'due_at', 'sent_at', 'attempts', 'answer'])
      .select(['alert_rule.name as rule', 'alert_channel.name as channel'])
      .where('alert_id', '=', id)
      .orderBy('alert_notice.id')
      .execute()
    const states = { pending: 'Pending', sent: 'Sent', failed: 'Failed', dropped: 'Dropped' } as const
    return {
      status: 200,
      body: {
        Messages: rows.map(row => ({
          Rule: row.rule ?? '',
          Channel: row.channel ?? '',
          About: row.about === 'cleared' ? ('Cleared' as const) : ('Raised' as const),
          // Only raise.ts and worker.ts write it, from these words.
          State: states[row.state as keyof typeof states],
          DueAt: new Date(row.due_at).toISOString(),
          SentAt: toIso(row.sent_at),
          Attempts: row.attempts,
          Answer: row.answer,
        })),
      },
    }
  },
}

async function requireAlert({ deps, caller }: Call, id: number): Promise<void> {
  const row = await deps.store.read
    .selectFrom('alert')
    .select(['id', 'sn'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row)
    throw new OperationError('ALERT_NOT_FOUND', { field: 'AlertID', detail: `There is no alert ${id}` })
  if (row.sn !== null) requireDevice(caller, row.sn)
}
