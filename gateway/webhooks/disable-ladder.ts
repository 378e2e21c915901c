import { clearAlert, raiseAlert } from '../alerts/raise.ts'
import type { GatewayDeps } from '../deps.ts'
import type { Write } from '../store/index.ts'
import { dashboardCallbackLabel } from '../store/tokens.ts'
import { hideQueryValues } from '../store/webhooks.ts'

/** After how long of failing somebody is told, by another way than the receiver itself; the last one also pauses it. */
export const ladderHours = [1, 24, 72] as const
const hourMs = 3_600_000

/** How many warnings a failure of this length has earned. */
export function ladderStep(failingMs: number): number {
  return ladderHours.filter(hours => failingMs >= hours * hourMs).length
}

const alertKey = (id: string, step: number) => `webhook-failing:${id}:${step}`

/**
 * Warns of receivers that have failed for an hour, a day and three days, and pauses them at the third. Paused is not
 * dropped: what happens meanwhile is kept for them. The dashboard's own callback is warned of and never paused. Clears
 * the warnings of those that are back.
 */
export async function climbLadder({
  store,
  clock,
  log,
}: Pick<GatewayDeps, 'store' | 'clock' | 'log'>): Promise<void> {
  const now = clock.now()
  const rows = await store.read
    .selectFrom('subscription')
    .leftJoin('token', 'token.id', 'subscription.token_id')
    .select(['subscription.id', 'url', 'name', 'failing_since', 'ladder_step', 'last_error', 'token.label'])
    .where('subscription.state', '=', 'Active')
    .where(({ or, eb }) => or([eb('failing_since', 'is not', null), eb('ladder_step', '>', 0)]))
    .execute()
  for (const row of rows) {
    const reached = row.failing_since === null ? 0 : ladderStep(now - row.failing_since)
    if (reached === row.ladder_step) continue
    // Nothing waits: what failed was refused for good, and whoever looks at the dead letters sees it.
    if (reached > row.ladder_step && !(await hasWaiting(store.read, row.id))) continue
    await store.write(async write => {
      if (reached === 0) await clearWarnings(write, row.id, now)
      else await warn(write, { ...row, isOurs: row.label === dashboardCallbackLabel }, reached, now)
    })
    if (reached > 0)
      log.warn({ subscriptionId: row.id, step: reached }, 'a receiver has been failing for long')
  }
}

interface Failing {
  readonly id: string
  readonly url: string
  readonly name: string | null
  readonly last_error: string | null
  readonly isOurs: boolean
}

async function warn(write: Write, row: Failing, step: number, now: number): Promise<void> {
  const hours = ladderHours[step - 1] ?? 0
  const pauses = step === ladderHours.length && !row.isOurs
  const who = row.name ?? hideQueryValues(row.url)
  await write
    .updateTable('subscription')
    .set({
      ladder_step: step,
      ...(pauses ? { state: 'Paused', pause_reason: 'failing', paused_at: now } : {}),
    })
    .where('id', '=', row.id)
    .execute()
  for (let before = 1; before < step; before++) await clearAlert(write, alertKey(row.id, before), now)
  const last = row.last_error === null ? '' : ` The last answer: ${row.last_error}`
  await raiseAlert(write, {
    kind: pauses ? 'WebhookPaused' : 'WebhookFailing',
    severity: step === 1 ? 'Warning' : 'Critical',
    subject: row.id,
    title: pauses
      ? `Deliveries to ${who} are paused after ${hours} hours of failures`
      : `Deliveries to ${who} have failed for ${hours} h`,
    detail: pauses
      ? `Nothing is lost: what happens meanwhile is kept, and resuming sends it.${last}`
      : `Everything waits and is tried again; after 72 hours it is paused.${last}`,
    says: {
      code: pauses ? 'ReceiverPaused' : 'ReceiverFailing',
      facts: { who, hours, last: row.last_error },
    },
    at: now,
    dedupeKey: alertKey(row.id, step),
  })
}

/** Takes the warnings back: it is delivered again, or somebody has resumed or removed it. */
export async function clearWarnings(write: Write, subscriptionId: string, now: number): Promise<void> {
  await write.updateTable('subscription').set({ ladder_step: 0 }).where('id', '=', subscriptionId).execute()
  for (let step = 1; step <= ladderHours.length; step++)
    await clearAlert(write, alertKey(subscriptionId, step), now)
}

async function hasWaiting(reader: Pick<Write, 'selectFrom'>, id: string): Promise<boolean> {
  const row = await reader
    .selectFrom('delivery')
    .select('id')
    .where('subscription_id', '=', id)
    .where('state', '=', 'pending')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
