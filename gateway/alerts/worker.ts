import type { GatewayDeps } from '../deps.ts'
import { messageOf } from './message.ts'
import { overBefore, tellEnd } from './raise.ts'
import type { AlertSender } from './send.ts'

const atOnce = 10
const attemptsMax = 6
const firstRetryMs = 30_000
const leaseMs = 60_000
const keptMs = 90 * 24 * 3_600_000

/**
 * Sends what is due, each message with its alert as it stands now. Claimed before it is sent, so that two processes do
 * not both tell; what could not be sent is tried again, then given up and shown. Answers how many were tried.
 */
export async function sendDueNotices(
  deps: Pick<GatewayDeps, 'store' | 'clock' | 'log'>,
  sender: Pick<AlertSender, 'send'>,
): Promise<number> {
  const { store, clock } = deps
  const now = clock.now()
  const due = await store.read
    .selectFrom('alert_notice')
    .select('id')
    .where('state', '=', 'pending')
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(atOnce)
    .execute()
  if (due.length === 0) return 0
  const claimed = await store.write(write =>
    write
      .updateTable('alert_notice')
      .set(({ eb }) => ({ due_at: now + leaseMs, attempts: eb('attempts', '+', 1) }))
      .where(
        'id',
        'in',
        due.map(({ id }) => id),
      )
      .where('state', '=', 'pending')
      .where('due_at', '<=', now)
      .returningAll()
      .execute(),
  )
  await Promise.all(claimed.map(notice => sendOne(deps, sender, notice)))
  return claimed.length
}

interface Notice {
  readonly id: number
  readonly alert_id: number
  readonly channel_id: number
  readonly about: string
  readonly attempts: number
}

async function sendOne(
  { store, clock, log }: Pick<GatewayDeps, 'store' | 'clock' | 'log'>,
  sender: Pick<AlertSender, 'send'>,
  notice: Notice,
): Promise<void> {
  const alert = await store.read
    .selectFrom('alert')
    .selectAll()
    .where('id', '=', notice.alert_id)
    .executeTakeFirst()
  const channel = await store.read
    .selectFrom('alert_channel')
    .selectAll()
    .where('id', '=', notice.channel_id)
    .executeTakeFirst()
  if (!alert || !channel) {
    await settle(store, notice.id, { state: 'dropped', answer: 'Its channel is no more' })
    return
  }
  if (notice.about === 'raised' && alert.cleared_at !== null) {
    await settle(store, notice.id, { state: 'dropped', answer: overBefore })
    return
  }
  const { ok, answer } = await sender.send(
    channel,
    messageOf(alert, notice.about === 'cleared' ? 'Cleared' : 'Raised'),
  )
  const at = clock.now()
  await store.write(write =>
    write
      .updateTable('alert_channel')
      .set({ last_at: at, last_ok: ok ? 1 : 0, last_answer: answer })
      .where('id', '=', channel.id)
      .execute(),
  )
  if (ok) {
    await settle(store, notice.id, { state: 'sent', sent_at: at, answer })
    // It may have ended while this was on its way.
    await store.write(async write => {
      const now = await write
        .selectFrom('alert')
        .select('cleared_at')
        .where('id', '=', alert.id)
        .executeTakeFirst()
      if (notice.about === 'raised' && now?.cleared_at != null) await tellEnd(write, alert.id, at)
    })
    return
  }
  log.warn({ channel: channel.name, answer }, 'an alert could not be told')
  if (notice.attempts >= attemptsMax) return settle(store, notice.id, { state: 'failed', answer })
  return settle(store, notice.id, {
    state: 'pending',
    answer,
    due_at: at + firstRetryMs * 2 ** (notice.attempts - 1),
  })
}

/** Only while it is pending: what was over meanwhile stays dropped. */
async function settle(
  store: GatewayDeps['store'],
  id: number,
  to: { state: string; answer: string; sent_at?: number; due_at?: number },
): Promise<void> {
  await store.write(write =>
    write.updateTable('alert_notice').set(to).where('id', '=', id).where('state', '=', 'pending').execute(),
  )
}

/** Forgets alerts that were over a quarter of a year ago, with their messages. */
export async function pruneAlerts({ store, clock }: Pick<GatewayDeps, 'store' | 'clock'>): Promise<void> {
  const before = clock.now() - keptMs
  await store.write(write => write.deleteFrom('alert').where('cleared_at', '<', before).execute())
}
