import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import { z } from 'zod'
import { AlarmKind, type AlarmRule, type AlarmStep, DoorAlarm } from '#contract/entities/door-alarm.ts'
import { toIso } from './devices.ts'
import { doorCountOf } from './door-states.ts'
import type { Reader, Write } from './index.ts'
import type { DoorAlarmRuleTable, DoorAlarmTable } from './schema-doors.ts'

export type AlarmRow = Selectable<DoorAlarmTable>
export type AlarmEntity = z.output<typeof DoorAlarm>
export type RuleEntity = z.output<typeof AlarmRule>
export type StepName = z.output<typeof AlarmStep>['What']

const Texts = z.array(z.string())
const Kinds = z.array(AlarmKind)
const shownMax = 200

/** Alarms nobody has cleared, those nobody has taken first, or all of late; newest first. `sns` null means every terminal. */
export async function findAlarms(
  reader: Reader,
  filter: {
    readonly sns: readonly string[] | null
    readonly open?: boolean | undefined
    readonly kind?: string | undefined
    readonly id?: string | undefined
  },
): Promise<AlarmEntity[]> {
  if (filter.id !== undefined && !/^[1-9]\d{0,14}$/.test(filter.id)) return []
  const rows = await reader
    .selectFrom('door_alarm')
    .innerJoin('device', 'device.sn', 'door_alarm.sn')
    .leftJoin('door_setting', join =>
      join
        .onRef('door_setting.sn', '=', 'door_alarm.sn')
        .onRef('door_setting.door_no', '=', 'door_alarm.door_no'),
    )
    .selectAll('door_alarm')
    .select(['device.label', 'device.site', 'device.zone', 'door_setting.name'])
    .select(['device.flavour', 'device.has_door', 'device.options'])
    .$if(filter.sns !== null, query =>
      query.where('door_alarm.sn', 'in', filter.sns && filter.sns.length > 0 ? [...filter.sns] : ['']),
    )
    .$if(filter.open === true, query => query.where('cleared_at', 'is', null))
    .$if(filter.kind !== undefined, query => query.where('kind', '=', filter.kind ?? ''))
    .$if(filter.id !== undefined, query => query.where('door_alarm.id', '=', Number(filter.id)))
    .orderBy(sql`case when cleared_at is not null then 2 when door_alarm.state = 'raised' then 0 else 1 end`)
    .orderBy('door_alarm.raised_at', 'desc')
    .orderBy('door_alarm.id', 'desc')
    .limit(shownMax)
    .execute()
  if (rows.length === 0) return []
  const steps = await reader
    .selectFrom('door_alarm_step')
    .selectAll()
    .where(
      'alarm_id',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('id')
    .execute()
  return rows.map(row => ({
    AlarmID: String(row.id),
    Kind: AlarmKind.parse(row.kind),
    State: DoorAlarm.shape.State.parse(row.state.charAt(0).toUpperCase() + row.state.slice(1)),
    Silent: row.kind === 'Duress',
    DeviceSN: row.sn,
    DoorNo: row.door_no,
    DoorCount: doorCountOf(row),
    LabelName: row.label,
    DoorName: row.name,
    Site: row.site,
    TimeZone: row.zone,
    EmployeeCode: row.employee_code,
    RaisedAt: new Date(row.raised_at).toISOString(),
    LastAt: new Date(row.last_at).toISOString(),
    Count: row.count,
    AcknowledgedAt: toIso(row.acknowledged_at),
    AssignedTo: row.assigned_to,
    SnoozedUntil: toIso(row.snoozed_until),
    ClearedAt: toIso(row.cleared_at),
    Sound: row.sound === 1 && row.state === 'raised',
    Notify: Texts.parse(JSON.parse(row.notify)),
    EscalatesAt: row.escalated_at === null && row.cleared_at === null ? toIso(row.escalate_at) : null,
    EscalatedAt: toIso(row.escalated_at),
    Rule: row.rule,
    Steps: steps
      .filter(({ alarm_id }) => alarm_id === row.id)
      .map(step => ({
        At: new Date(step.at).toISOString(),
        Actor: step.actor,
        // Written by addStep only.
        What: step.what as StepName,
        Text: step.text,
      })),
  }))
}

/** One alarm as kept, or undefined. */
export async function findAlarm(reader: Reader, id: string): Promise<AlarmRow | undefined> {
  if (!/^[1-9]\d{0,14}$/.test(id)) return undefined
  return reader.selectFrom('door_alarm').selectAll().where('id', '=', Number(id)).executeTakeFirst()
}

/** The newest alarms of these kinds at a terminal that are open, or were cleared since. */
export function alarmsSince(reader: Reader, sn: string, clearedSince: number): Promise<AlarmRow[]> {
  return reader
    .selectFrom('door_alarm')
    .selectAll()
    .where('sn', '=', sn)
    .where(({ or, eb }) => or([eb('cleared_at', 'is', null), eb('cleared_at', '>', clearedSince)]))
    .orderBy('id', 'desc')
    .execute()
}

/** Those whose sleep is over. */
export function sleptEnough(reader: Reader, now: number): Promise<AlarmRow[]> {
  return reader
    .selectFrom('door_alarm')
    .selectAll()
    .where('cleared_at', 'is', null)
    .where('state', '=', 'snoozed')
    .where('snoozed_until', '<=', now)
    .execute()
}

/** Those that were to be taken by now, and nobody has. */
export function leftAlone(reader: Reader, now: number): Promise<AlarmRow[]> {
  return reader
    .selectFrom('door_alarm')
    .selectAll()
    .where('cleared_at', 'is', null)
    .where('state', '=', 'raised')
    .where('escalated_at', 'is', null)
    .where('escalate_at', '<=', now)
    .execute()
}

/** Keeps a new one with its first step. */
export async function insertAlarm(
  write: Write,
  row: Omit<Insertable<DoorAlarmTable>, 'id'>,
): Promise<number> {
  const { id } = await write.insertInto('door_alarm').values(row).returning('id').executeTakeFirstOrThrow()
  await addStep(write, id, { at: row.raised_at, actor: null, what: 'Raised', text: null })
  return id
}

/** Changes one and says who did what. */
export async function changeAlarm(
  write: Write,
  id: number,
  change: Updateable<DoorAlarmTable>,
  step: {
    readonly at: number
    readonly actor: string | null
    readonly what: StepName
    readonly text: string | null
  } | null,
): Promise<void> {
  if (Object.keys(change).length > 0)
    await write.updateTable('door_alarm').set(change).where('id', '=', id).execute()
  if (step) await addStep(write, id, step)
}

async function addStep(
  write: Write,
  alarmId: number,
  step: {
    readonly at: number
    readonly actor: string | null
    readonly what: StepName
    readonly text: string | null
  },
): Promise<void> {
  await write
    .insertInto('door_alarm_step')
    .values({ alarm_id: alarmId, ...step })
    .execute()
}

/** Rules in the order they are asked. */
export async function alarmRules(reader: Reader): Promise<RuleEntity[]> {
  const rows = await reader.selectFrom('door_alarm_rule').selectAll().orderBy('id').execute()
  return rows.map(ruleEntity)
}

/** Adds a rule, or changes the one of this id; undefined where there is none. */
export async function saveRule(
  write: Write,
  id: string | undefined,
  row: Omit<Insertable<DoorAlarmRuleTable>, 'id'>,
): Promise<RuleEntity | undefined> {
  const saved =
    id === undefined
      ? await write.insertInto('door_alarm_rule').values(row).returningAll().executeTakeFirst()
      : await write
          .updateTable('door_alarm_rule')
          .set(row)
          .where('id', '=', Number(id) || 0)
          .returningAll()
          .executeTakeFirst()
  return saved && ruleEntity(saved)
}

/** Removes a rule; false where there was none. */
export async function removeRule(write: Write, id: string): Promise<boolean> {
  const removed = await write
    .deleteFrom('door_alarm_rule')
    .where('id', '=', Number(id) || 0)
    .returning('id')
    .execute()
  return removed.length > 0
}

function ruleEntity(row: Selectable<DoorAlarmRuleTable>): RuleEntity {
  return {
    RuleID: String(row.id),
    Name: row.name,
    Kinds: Kinds.parse(JSON.parse(row.kinds)),
    Site: row.site,
    Zone: row.zone,
    From: row.from_clock,
    To: row.to_clock,
    Sound: row.sound === 1,
    Notify: Texts.parse(JSON.parse(row.notify)),
    RepeatMinutes: row.repeat_minutes,
    EscalateMinutes: row.escalate_minutes,
    EscalateTo: row.escalate_to === null ? [] : Texts.parse(JSON.parse(row.escalate_to)),
    Raise: row.raises === 1,
    Enabled: row.enabled === 1,
  }
}
