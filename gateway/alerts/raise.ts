import { sql } from 'kysely'
import type { z } from 'zod'
import type { AlertKind } from '#contract/entities/alert.ts'
import type { AlertSays } from '#contract/entities/alert-facts.ts'
import type { Write } from '../store/index.ts'
import { type AlertRule, isAbout, readRule, type Severity } from './match-rules.ts'
import { nextWithin } from './schedule.ts'

/** What happened, in English words for mail and chat, and as a code for whoever shows it; never a secret. */
export interface NewAlert {
  readonly kind: z.output<typeof AlertKind>
  readonly severity: Severity
  /** What it is about: a serial number, a subscription. */
  readonly subject: string
  readonly deviceSN?: string | null | undefined
  readonly site?: string | null | undefined
  /** As shown, such as `Main gate 2`. */
  readonly door?: string | null | undefined
  readonly title: string
  readonly detail: string
  /** Absent: only the words are shown. */
  readonly says?: AlertSays | undefined
  /** Epoch milliseconds. */
  readonly at: number
  /** One alert of a key is open at a time; raising it again counts. */
  readonly dedupeKey: string
  /** Nobody is told before this has passed since `at`: more may belong to it. */
  readonly settleMs?: number | undefined
}

export interface Raised {
  readonly alertId: number
  /** False: it was open already and has been counted once more; nobody is told again. */
  readonly isNew: boolean
}

/**
 * Keeps an alert in the caller's transaction and queues a message for every rule that is about it; the alert worker
 * sends them after the commit. `clearAlert` with the same key ends it.
 */
export async function raiseAlert(write: Write, alert: NewAlert): Promise<Raised> {
  const sn = alert.deviceSN ?? null
  const device =
    sn === null
      ? undefined
      : await write.selectFrom('device').select(['sn', 'site']).where('sn', '=', sn).executeTakeFirst()
  const known = await write
    .updateTable('alert')
    .set({
      times: sql`times + 1`,
      last_at: alert.at,
      severity: alert.severity,
      title: alert.title,
      detail: alert.detail,
      ...saysOf(alert),
    })
    .where('dedupe_key', '=', alert.dedupeKey)
    .where('cleared_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (known) return { alertId: known.id, isNew: false }
  const { id } = await write
    .insertInto('alert')
    .values({
      kind: alert.kind,
      severity: alert.severity,
      subject: alert.subject,
      // Of a terminal that was removed meanwhile only the words are left.
      sn: device?.sn ?? null,
      site: alert.site ?? device?.site ?? null,
      door: alert.door ?? null,
      title: alert.title,
      detail: alert.detail,
      ...saysOf(alert),
      dedupe_key: alert.dedupeKey,
      times: 1,
      started_at: alert.at,
      last_at: alert.at,
      cleared_at: null,
      acknowledged_at: null,
      acknowledged_by: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const about = {
    kind: alert.kind,
    severity: alert.severity,
    sn,
    site: alert.site ?? device?.site ?? null,
    tags: sn === null ? [] : await tagsOf(write, sn),
  }
  const rules = await write.selectFrom('alert_rule').selectAll().where('enabled', '=', 1).execute()
  for (const rule of rules.map(readRule).filter(one => isAbout(one, about)))
    await queueNotices(write, rule, {
      alertId: id,
      dedupeKey: alert.dedupeKey,
      at: alert.at,
      settleMs: alert.settleMs ?? 0,
    })
  return { alertId: id, isNew: true }
}

/**
 * Ends the open alert of a key, in the caller's transaction: what was not told yet is dropped, what was told is told
 * to be over where the rule wants it. Answers the alert's id, or null when none was open.
 */
export async function clearAlert(write: Write, dedupeKey: string, at: number): Promise<number | null> {
  const cleared = await write
    .updateTable('alert')
    .set({ cleared_at: at })
    .where('dedupe_key', '=', dedupeKey)
    .where('cleared_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (!cleared) return null
  await write
    .updateTable('alert_notice')
    .set({ state: 'dropped', answer: overBefore })
    .where('alert_id', '=', cleared.id)
    .where('state', '=', 'pending')
    // What is on its way may have been told; the worker sees to its end.
    .where('attempts', '=', 0)
    .execute()
  await tellEnd(write, cleared.id, at)
  return cleared.id
}

/** The alert of a key that is open, or undefined. */
export async function openAlertId(write: Write, dedupeKey: string): Promise<number | undefined> {
  const open = await write
    .selectFrom('alert')
    .select('id')
    .where('dedupe_key', '=', dedupeKey)
    .where('cleared_at', 'is', null)
    .executeTakeFirst()
  return open?.id
}

/** No rule of alerts: whoever raised it has named the channel. */
const byName = 0

/**
 * Tells an alert to channels that are named, whatever the rules say, in the caller's transaction; names that are no
 * channel are left alone. A channel hears of an alert once, by a rule or by its name.
 */
export async function tellChannels(
  write: Write,
  alert: { readonly alertId: number; readonly dedupeKey: string; readonly at: number },
  names: readonly string[],
): Promise<void> {
  if (names.length === 0) return
  const wanted = new Set(names.map(name => name.trim().toLowerCase()))
  const channels = await write.selectFrom('alert_channel').select(['id', 'name']).execute()
  for (const { id } of channels.filter(({ name }) => wanted.has(name.trim().toLowerCase()))) {
    const told = await write
      .selectFrom('alert_notice')
      .select('id')
      .where('alert_id', '=', alert.alertId)
      .where('channel_id', '=', id)
      .where('about', '=', 'raised')
      .where('state', 'in', ['pending', 'sent'])
      .limit(1)
      .executeTakeFirst()
    if (told) continue
    await insertNotice(write, {
      alert_id: alert.alertId,
      rule_id: byName,
      channel_id: id,
      about: 'raised',
      due_at: alert.at,
      dedupe_key: alert.dedupeKey,
    })
  }
}

/** Said of a message that had nothing to tell any more. */
export const overBefore = 'It was over before it was told'

/** Queues the end of an alert for everyone who was told of it, once each, where the rule wants that. */
export async function tellEnd(write: Write, alertId: number, at: number): Promise<void> {
  const told = await write
    .selectFrom('alert_notice')
    .innerJoin('alert_rule', 'alert_rule.id', 'alert_notice.rule_id')
    .select(['alert_notice.rule_id', 'alert_notice.channel_id', 'alert_notice.dedupe_key'])
    .where('alert_id', '=', alertId)
    .where('about', '=', 'raised')
    .where('state', '=', 'sent')
    .where('tell_cleared', '=', 1)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('alert_notice as ending')
            .select('ending.id')
            .whereRef('ending.alert_id', '=', 'alert_notice.alert_id')
            .whereRef('ending.rule_id', '=', 'alert_notice.rule_id')
            .whereRef('ending.channel_id', '=', 'alert_notice.channel_id')
            .where('ending.about', '=', 'cleared'),
        ),
      ),
    )
    .execute()
  for (const { rule_id, channel_id, dedupe_key } of told)
    await insertNotice(write, {
      alert_id: alertId,
      rule_id,
      channel_id,
      about: 'cleared',
      due_at: at,
      dedupe_key,
    })
}

function saysOf({ says }: NewAlert) {
  return { code: says?.code ?? null, facts: says === undefined ? null : JSON.stringify(says.facts) }
}

async function tagsOf(write: Write, sn: string): Promise<string[]> {
  const rows = await write.selectFrom('device_tag').select('tag').where('sn', '=', sn).execute()
  return rows.map(({ tag }) => tag)
}

async function queueNotices(
  write: Write,
  rule: AlertRule,
  { alertId, dedupeKey, at, settleMs }: { alertId: number; dedupeKey: string; at: number; settleMs: number },
): Promise<void> {
  const dueAt = nextWithin(rule.schedule, at + Math.max(rule.delayMs, settleMs))
  if (dueAt === null) return
  for (const channelId of rule.channels) {
    const told = await write
      .selectFrom('alert_notice')
      .select('id')
      .where('rule_id', '=', rule.id)
      .where('channel_id', '=', channelId)
      .where('dedupe_key', '=', dedupeKey)
      .where('about', '=', 'raised')
      .where('sent_at', '>', at - rule.repeatMs)
      .limit(1)
      .executeTakeFirst()
    await insertNotice(write, {
      alert_id: alertId,
      rule_id: rule.id,
      channel_id: channelId,
      about: 'raised',
      due_at: dueAt,
      dedupe_key: dedupeKey,
      ...(told === undefined
        ? {}
        : {
            state: 'dropped',
            answer: 'The same was told a short while ago; see how often the rule repeats',
          }),
    })
  }
}

async function insertNotice(
  write: Write,
  notice: {
    alert_id: number
    rule_id: number
    channel_id: number
    about: 'raised' | 'cleared'
    due_at: number
    dedupe_key: string
    state?: string
    answer?: string
  },
): Promise<void> {
  await write
    .insertInto('alert_notice')
    .values({ state: 'pending', answer: null, ...notice, attempts: 0, sent_at: null })
    .execute()
}
