import { sql } from 'kysely'
import { clearAlert, type NewAlert, raiseAlert } from '../alerts/raise.ts'
import type { GatewayDeps } from '../deps.ts'
import type { Reader } from '../store/index.ts'
import { hideQueryValues } from '../store/webhooks.ts'
import { figuresSince, summed } from './stats.ts'

/** Failures are counted over this long; fewer attempts than `attemptsMin` say nothing. */
export const errorWindowMs = 15 * 60_000
export const attemptsMin = 20
/** Raised from this share of failed attempts on, and over below the other: between them it stays as it is. */
export const errorPercent = { raise: 20, clear: 10 } as const
/** What has waited for longer than this is late for whoever pays by it. */
export const queueMinutes = { raise: 10, clear: 2 } as const

interface Receiver {
  readonly id: string
  readonly url: string
  readonly name: string | null
  readonly state: string
  readonly pause_reason: string | null
  readonly last_error: string | null
  readonly oldest: number | null
}

type Told = Pick<NewAlert, 'kind' | 'severity' | 'title' | 'detail' | 'says'>

/**
 * Warns of receivers that fail for a good part of what is sent, of queues that grow old, and of those that switched
 * themselves off with 410. Long failing is the ladder's to tell (disable-ladder.ts); this sees it sooner.
 */
export async function watchReceivers({ store, clock }: Pick<GatewayDeps, 'store' | 'clock'>): Promise<void> {
  const now = clock.now()
  const receivers = await readReceivers(store.read)
  const figures = await figuresSince(store.read, now - errorWindowMs, errorWindowMs)
  const told = new Set(
    (
      await store.read
        .selectFrom('alert')
        .select('dedupe_key')
        .where('kind', 'in', ['WebhookErrors', 'WebhookQueue', 'WebhookPaused'])
        .where('cleared_at', 'is', null)
        .execute()
    ).map(({ dedupe_key }) => dedupe_key),
  )
  const news = receivers.flatMap(receiver => {
    const { attempts, failures } = summed(figures.get(receiver.id) ?? [])
    return judge(receiver, { attempts, failures, now }, key => told.has(key))
  })
  const known = new Set(receivers.map(({ id }) => id))
  // Whoever removes a receiver ends what was said of it.
  const orphaned = [...told].filter(key => /^webhook-(errors|queue|gone):/.test(key) && !known.has(idIn(key)))
  if (news.length + orphaned.length === 0) return
  await store.write(async write => {
    for (const { id, key, alert } of news)
      if (alert === null) await clearAlert(write, key, now)
      else await raiseAlert(write, { ...alert, subject: id, at: now, dedupeKey: key })
    for (const key of orphaned) await clearAlert(write, key, now)
  })
}

const idIn = (key: string) => key.slice(key.indexOf(':') + 1)

interface News {
  readonly id: string
  readonly key: string
  /** null: it is over. */
  readonly alert: Told | null
}

function judge(
  receiver: Receiver,
  { attempts, failures, now }: { readonly attempts: number; readonly failures: number; readonly now: number },
  isTold: (key: string) => boolean,
): News[] {
  const { id, last_error: last } = receiver
  const who = receiver.name ?? hideQueryValues(receiver.url)
  const isActive = receiver.state === 'Active'
  const percent = attempts < attemptsMin ? 0 : Math.floor((failures * 100) / attempts)
  const minutes = receiver.oldest === null ? 0 : Math.floor((now - receiver.oldest) / 60_000)
  const news: News[] = []
  const say = (key: string, isOn: boolean, isOver: boolean, alert: () => Told) => {
    if (isOn && !isTold(key)) news.push({ id, key, alert: alert() })
    else if (isOver && isTold(key)) news.push({ id, key, alert: null })
  }
  say(
    `webhook-errors:${id}`,
    isActive && percent >= errorPercent.raise,
    !isActive || percent < errorPercent.clear,
    () => ({
      kind: 'WebhookErrors',
      severity: 'Warning',
      title: `${percent} % of attempts at ${who} fail`,
      detail: `Of ${attempts} attempts of the last ${errorWindowMs / 60_000} minutes.${lastWords(last)}`,
      says: {
        code: 'ReceiverErrors',
        facts: { who, percent, attempts, minutes: errorWindowMs / 60_000, last },
      },
    }),
  )
  say(
    `webhook-queue:${id}`,
    isActive && minutes >= queueMinutes.raise,
    !isActive || minutes < queueMinutes.clear,
    () => ({
      kind: 'WebhookQueue',
      severity: 'Warning',
      title: `What waits for ${who} is ${minutes} minutes old`,
      detail: `It is delivered late, nothing is lost.${lastWords(last)}`,
      says: { code: 'ReceiverQueue', facts: { who, minutes, last } },
    }),
  )
  const isGone = !isActive && receiver.pause_reason === 'gone'
  say(`webhook-gone:${id}`, isGone, !isGone, () => ({
    kind: 'WebhookPaused',
    severity: 'Critical',
    title: `${who} has switched itself off`,
    detail:
      'It answered 410, so nothing more is sent to it. What happens meanwhile is kept; resuming sends it.',
    says: { code: 'ReceiverGone', facts: { who, last } },
  }))
  return news
}

const lastWords = (last: string | null) => (last === null ? '' : ` The last answer: ${last}`)

async function readReceivers(reader: Reader): Promise<Receiver[]> {
  // The oldest is looked for lane by lane, a seek each, whatever the backlog; bulk jobs go at a rate of their own.
  const { rows } = await sql<Receiver>`
    select s.id, s.url, s.name, s.state, s.pause_reason, s.last_error,
      (select created_at from delivery where id = (
        select min((select min(d.id) from delivery d
          where d.subscription_id = l.subscription_id and d.lane = l.lane and d.state = 'pending'))
        from lane l where l.subscription_id = s.id and l.lane not like '%~%')) as oldest
    from subscription s order by s.id`.execute(reader)
  return rows.map(row => ({ ...row, oldest: row.oldest === null ? null : Number(row.oldest) }))
}
