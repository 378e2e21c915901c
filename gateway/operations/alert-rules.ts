import { createHash } from 'node:crypto'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import { AlertKind, AlertSeverity } from '#contract/entities/alert.ts'
import { OperationError } from '#contract/errors.ts'
import { ChannelKind } from '#contract/operations/own/alerts.ts'
import type { OperationAnswer, ParsedInput } from '#contract/types.ts'
import {
  type ChannelRow,
  type ChannelSecretShape,
  readSecret,
  readSettings,
  targetOf,
  writeSecret,
} from '../alerts/channels.ts'
import { testMessage } from '../alerts/message.ts'
import { AlertSchedule } from '../alerts/schedule.ts'
import { toIso } from '../store/devices.ts'
import type { AlertRuleTable } from '../store/schema-health.ts'
import { refusalOf } from '../webhooks/callback-url.ts'
import { sealSecret } from '../webhooks/secrets.ts'
import type { Call, Handlers } from './handler.ts'

type Rule = OperationAnswer<'site.saveAlertRule'>['Rule']
type Channel = OperationAnswer<'site.saveAlertChannel'>['Channel']
const minuteMs = 60_000

export const alertRuleHandlers = {
  async 'site.alertRules'(_input, { deps }) {
    const { read } = deps.store
    const rules = await read.selectFrom('alert_rule').selectAll().orderBy('id').execute()
    const channels = await read.selectFrom('alert_channel').selectAll().orderBy('id').execute()
    return {
      status: 200,
      body: {
        Rules: rules.map(ruleEntity),
        Channels: channels.map(row => channelEntity(deps.config.sealKey, row)),
      },
    }
  },

  async 'site.saveAlertRule'(input, { deps }) {
    const now = deps.clock.now()
    const json = (list: readonly string[] | undefined) => (list === undefined ? null : JSON.stringify(list))
    const values = {
      name: input.Name,
      enabled: input.Enabled ? 1 : 0,
      kinds: json(input.Kinds),
      severity_min: input.SeverityMin,
      sites: json(input.Sites),
      devices: json(input.DeviceSN),
      tags: json(input.Tags),
      channels: JSON.stringify(input.Channels),
      schedule:
        input.Schedule === undefined
          ? null
          : JSON.stringify({
              days: input.Schedule.Days,
              from: input.Schedule.From,
              to: input.Schedule.To,
              zone: input.Schedule.TimeZone,
            }),
      delay_ms: Math.round(input.DelayMinutes * minuteMs),
      repeat_ms: Math.round(input.RepeatMinutes * minuteMs),
      tell_cleared: input.TellCleared ? 1 : 0,
      updated_at: now,
    }
    const row = await deps.store.write(write =>
      input.RuleID === undefined
        ? write
            .insertInto('alert_rule')
            .values({ ...values, created_at: now })
            .returningAll()
            .executeTakeFirst()
        : write
            .updateTable('alert_rule')
            .set(values)
            .where('id', '=', Number(input.RuleID))
            .returningAll()
            .executeTakeFirst(),
    )
    if (!row) throw missing('RuleID', 'rule', input.RuleID)
    return { status: 200, body: { Rule: ruleEntity(row) } }
  },

  async 'site.removeAlertRule'(input, { deps }) {
    const removed = await deps.store.write(write =>
      write
        .deleteFrom('alert_rule')
        .where('id', '=', Number(input.RuleID))
        .returning('id')
        .executeTakeFirst(),
    )
    return { status: 200, body: { Removed: removed !== undefined } }
  },

  async 'site.saveAlertChannel'(input, call) {
    const { deps } = call
    const before = input.ChannelID === undefined ? undefined : await requireChannel(call, input.ChannelID)
    const localAllowed = mayReachLocal(call)
    const secret = secretOf(call, input, before)
    requireWhole(input, secret, localAllowed)
    const values = {
      name: input.Name,
      kind: input.Kind,
      settings: JSON.stringify({
        host: input.Host ?? null,
        port: input.Port ?? null,
        user: input.User === undefined || input.User === '' ? null : input.User,
        from: input.From ?? null,
        to: input.To ?? null,
      }),
      secret: writeSecret(deps.config.sealKey, secret),
      local_allowed: localAllowed ? 1 : 0,
    }
    const row = await deps.store.write(write =>
      before === undefined
        ? write
            .insertInto('alert_channel')
            .values({ ...values, created_at: deps.clock.now() })
            .returningAll()
            .executeTakeFirstOrThrow()
        : write
            .updateTable('alert_channel')
            .set(values)
            .where('id', '=', before.id)
            .returningAll()
            .executeTakeFirstOrThrow(),
    )
    return { status: 200, body: { Channel: channelEntity(deps.config.sealKey, row) } }
  },

  async 'site.removeAlertChannel'(input, { deps }) {
    const id = Number(input.ChannelID)
    const removed = await deps.store.write(async write => {
      const rules = await write.selectFrom('alert_rule').select(['id', 'channels']).execute()
      for (const rule of rules) {
        const channels = z.array(z.string()).parse(JSON.parse(rule.channels))
        if (channels.includes(String(id)))
          await write
            .updateTable('alert_rule')
            .set({ channels: JSON.stringify(channels.filter(one => one !== String(id))) })
            .where('id', '=', rule.id)
            .execute()
      }
      return write.deleteFrom('alert_channel').where('id', '=', id).returning('id').executeTakeFirst()
    })
    return { status: 200, body: { Removed: removed !== undefined } }
  },

  async 'site.testAlertChannel'(input, call) {
    const row = await requireChannel(call, input.ChannelID)
    const { clock, store, alerts } = call.deps
    const started = performance.now()
    const { ok, answer } = await alerts.send(row, testMessage(clock.now()))
    await store.write(write =>
      write
        .updateTable('alert_channel')
        .set({ last_at: clock.now(), last_ok: ok ? 1 : 0, last_answer: answer })
        .where('id', '=', row.id)
        .execute(),
    )
    return {
      status: 200,
      body: { Ok: ok, Answer: answer, DurationMs: Math.round(performance.now() - started) },
    }
  },

  async 'site.pushKey'(_input, { deps }) {
    const row = await deps.store.read
      .selectFrom('push_subscription')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .executeTakeFirst()
    return {
      status: 200,
      body: { Key: deps.config.vapid?.publicKey ?? null, Browsers: Number(row?.n ?? 0) },
    }
  },

  async 'site.subscribePush'(input, call) {
    const { store, config, clock } = call.deps
    const hash = createHash('sha256').update(input.Endpoint).digest('hex')
    const { P256dh: p256dh, Auth: auth } = input
    if (p256dh === undefined || auth === undefined) {
      await store.write(write =>
        write.deleteFrom('push_subscription').where('endpoint_hash', '=', hash).execute(),
      )
      return { status: 200, body: { Subscribed: false } }
    }
    const refusal = refusalOf(input.Endpoint, mayReachLocal(call) ? 'local' : 'public')
    if (refusal !== null)
      throw new OperationError('WEBHOOK_URL_REFUSED', { detail: refusal, field: 'Endpoint' })
    const sealed = sealSecret(config.sealKey, JSON.stringify({ endpoint: input.Endpoint, p256dh, auth }))
    await store.write(write =>
      write
        .insertInto('push_subscription')
        .values({
          endpoint_hash: hash,
          sealed,
          actor: call.caller.actor,
          label: input.Label,
          created_at: clock.now(),
        })
        .onConflict(conflict => conflict.column('endpoint_hash').doUpdateSet({ sealed, label: input.Label }))
        .execute(),
    )
    return { status: 200, body: { Subscribed: true } }
  },
} satisfies Pick<
  Handlers,
  | 'site.alertRules'
  | 'site.saveAlertRule'
  | 'site.removeAlertRule'
  | 'site.saveAlertChannel'
  | 'site.removeAlertChannel'
  | 'site.testAlertChannel'
  | 'site.pushKey'
  | 'site.subscribePush'
>

function mayReachLocal({ caller }: Call): boolean {
  return caller.permissions === 'all' || caller.permissions.has('webhooks:local')
}

/** What was not typed again stays as it was, unless it would go somewhere else than it was typed for. */
function secretOf(
  { deps }: Call,
  input: ParsedInput<'site.saveAlertChannel'>,
  before: ChannelRow | undefined,
): ChannelSecretShape {
  const known = before === undefined ? null : readSecret(deps.config.sealKey, before)
  const isSameServer = before !== undefined && readSettings(before).host === (input.Host ?? null)
  return {
    url: input.Url ?? (before?.kind === input.Kind ? (known?.url ?? null) : null),
    password: input.Password ?? (isSameServer ? (known?.password ?? null) : null),
  }
}

function requireWhole(
  input: ParsedInput<'site.saveAlertChannel'>,
  secret: ChannelSecretShape,
  localAllowed: boolean,
): void {
  const need = (field: string, isThere: boolean) => {
    if (!isThere) throw new OperationError('INVALID_INPUT', { field, detail: `${field} is missing` })
  }
  if (input.Kind === 'Email') {
    need('Host', Boolean(input.Host))
    need('Port', input.Port !== undefined)
    need('From', Boolean(input.From))
    need('To', (input.To ?? []).length > 0)
    const wrong = [input.From ?? '', ...(input.To ?? [])].find(
      one => !/^[^\s@]+@[^\s@]+$|<[^\s@]+@[^\s@]+>$/.test(one),
    )
    if (wrong !== undefined)
      throw new OperationError('INVALID_INPUT', { field: 'To', detail: `${wrong} is no mail address` })
  }
  if (input.Kind !== 'Webhook' && input.Kind !== 'Slack') return
  need('Url', secret.url !== null)
  const refusal = refusalOf(secret.url ?? '', localAllowed ? 'local' : 'public')
  if (refusal !== null)
    throw new OperationError('WEBHOOK_URL_REFUSED', {
      field: 'Url',
      detail: refusal.replace('CallbackUrl', 'Url'),
    })
}

async function requireChannel({ deps }: Call, id: string): Promise<ChannelRow> {
  const row = await deps.store.read
    .selectFrom('alert_channel')
    .selectAll()
    .where('id', '=', Number(id))
    .executeTakeFirst()
  if (!row) throw missing('ChannelID', 'channel', id)
  return row
}

function missing(field: string, what: string, id: string | undefined): OperationError {
  return new OperationError('ALERT_NOT_FOUND', { field, detail: `There is no ${what} ${id ?? ''}` })
}

const Names = z.array(z.string())

function ruleEntity(row: Selectable<AlertRuleTable>): Rule {
  const names = (json: string | null) => (json === null ? null : Names.parse(JSON.parse(json)))
  const schedule = row.schedule === null ? null : AlertSchedule.parse(JSON.parse(row.schedule))
  return {
    RuleID: String(row.id),
    Name: row.name,
    Enabled: row.enabled === 1,
    Kinds: row.kinds === null ? null : AlertKind.array().parse(JSON.parse(row.kinds)),
    SeverityMin: AlertSeverity.parse(row.severity_min),
    Sites: names(row.sites),
    DeviceSN: names(row.devices),
    Tags: names(row.tags),
    Channels: names(row.channels) ?? [],
    Schedule:
      schedule === null
        ? null
        : { Days: schedule.days, From: schedule.from, To: schedule.to, TimeZone: schedule.zone },
    DelayMinutes: row.delay_ms / minuteMs,
    RepeatMinutes: row.repeat_ms / minuteMs,
    TellCleared: row.tell_cleared === 1,
  }
}

function channelEntity(sealKey: Uint8Array, row: ChannelRow): Channel {
  const { host, port, user, from, to } = readSettings(row)
  return {
    ChannelID: String(row.id),
    Name: row.name,
    Kind: ChannelKind.parse(row.kind),
    Target: targetOf(row, readSecret(sealKey, row)),
    Host: host,
    Port: port,
    From: from,
    To: to,
    User: user,
    LastAt: toIso(row.last_at),
    LastOk: row.last_ok === null ? null : row.last_ok === 1,
    LastAnswer: row.last_answer,
  }
}
