import { OperationError } from '#contract/errors.ts'
import type { ParsedInput } from '#contract/types.ts'
import { enqueueIn } from '../commands/enqueue.ts'
import { type AlarmHappening, type AlarmState, nextAlarm } from '../doors/alarms/next-alarm.ts'
import { closeAlert } from '../doors/alarms/tell-alert.ts'
import { doorNews } from '../doors/door-news.ts'
import { requireDevice, requireSite } from '../http/caller.ts'
import {
  type AlarmEntity,
  type AlarmRow,
  alarmRules,
  changeAlarm,
  findAlarm,
  findAlarms,
  removeRule,
  type StepName,
  saveRule,
} from '../store/door-alarms.ts'
import { forgetToldAlarm } from '../store/door-states.ts'
import type { Write } from '../store/index.ts'
import { recordEvents } from '../webhooks/outbox.ts'
import { visibleZones } from './door-scope.ts'
import type { Call, Handlers } from './handler.ts'
import { visibleDevices } from './scope.ts'

type Act = ParsedInput<'doors.actOnAlarm'>

const snoozeMs = 15 * 60_000

export const doorAlarmHandlers = {
  async 'doors.alarms'(input, call) {
    const sns = visibleDevices(call)
    const alarms = await findAlarms(call.deps.store.read, { sns, open: input.Open, kind: input.Kind })
    const open = input.Open ? alarms : await findAlarms(call.deps.store.read, { sns, open: true })
    return { status: 200, body: { Alarms: alarms, Open: open.length } }
  },

  async 'doors.actOnAlarm'(input, call) {
    const { deps } = call
    const now = deps.clock.now()
    const alarm = await deps.store.write(async write => {
      const found = await findAlarm(write, input.AlarmID)
      if (!found) throw new OperationError('ALARM_NOT_FOUND', { field: 'AlarmID' })
      requireDevice(call.caller, found.sn)
      await act(call, write, found, input, now)
      const note = {
        sn: found.sn,
        door: found.door_no,
        id: `a${found.id}-${input.Action}`,
        detail: `Alarm: ${input.Action.toLowerCase()}`,
      }
      await recordEvents(write, await doorNews(write, [note], now), deps.clock)
      return found
    })
    if (input.Silence) deps.wakeCommands(alarm.sn)
    deps.wakeDelivery()
    const [shown] = await findAlarms(deps.store.read, { sns: null, id: input.AlarmID })
    if (!shown) throw new OperationError('ALARM_NOT_FOUND', { field: 'AlarmID' })
    return { status: 200, body: shown satisfies AlarmEntity }
  },

  async 'doors.alarmRules'(_input, call) {
    const { sites } = call.caller
    const rules = await alarmRules(call.deps.store.read)
    // Rules for every site decide at theirs as well, so they are shown; to change them is not theirs.
    const Rules = sites ? rules.filter(({ Site }) => Site === null || sites.has(Site)) : rules
    return { status: 200, body: { Rules } }
  },

  async 'doors.saveAlarmRule'(input, call) {
    requireSite(call.caller, input.Site || null)
    if (input.RuleID !== undefined) await requireOwnRule(call, input.RuleID)
    if (input.Zone && !(await visibleZones(call)).has(input.Zone))
      throw new OperationError('ZONE_NOT_FOUND', { field: 'Zone' })
    const saved = await call.deps.store.write(write =>
      saveRule(write, input.RuleID, {
        name: input.Name,
        kinds: JSON.stringify([...new Set(input.Kinds)]),
        site: input.Site || null,
        zone: input.Zone || null,
        from_clock: input.From ?? null,
        to_clock: input.To ?? null,
        sound: input.Sound ? 1 : 0,
        notify: JSON.stringify(input.Notify ?? []),
        repeat_minutes: input.RepeatMinutes,
        escalate_minutes: input.EscalateMinutes ?? null,
        escalate_to: input.EscalateTo === undefined ? null : JSON.stringify(input.EscalateTo),
        raises: input.Raise ? 1 : 0,
        enabled: input.Enabled ? 1 : 0,
      }),
    )
    if (!saved)
      throw new OperationError('ALARM_NOT_FOUND', { field: 'RuleID', detail: 'There is no such rule' })
    return { status: 200, body: saved }
  },

  async 'doors.removeAlarmRule'(input, call) {
    await requireOwnRule(call, input.RuleID)
    if (!(await call.deps.store.write(write => removeRule(write, input.RuleID))))
      throw new OperationError('ALARM_NOT_FOUND', { field: 'RuleID', detail: 'There is no such rule' })
    return { status: 200, body: { RuleID: input.RuleID } }
  },
} satisfies Partial<Handlers>

/** A rule that is there has to be of the caller's sites; one that is not is for whoever asks next to say. */
async function requireOwnRule(call: Call, id: string): Promise<void> {
  const rule = (await alarmRules(call.deps.store.read)).find(({ RuleID }) => RuleID === id)
  if (rule) requireSite(call.caller, rule.Site, 'RuleID')
}

const happenings: Readonly<Record<Exclude<Act['Action'], 'Note'>, AlarmHappening['type']>> = {
  Acknowledge: 'acknowledge',
  Assign: 'assign',
  Snooze: 'snooze',
  Clear: 'clear',
}
const steps: Readonly<Record<Act['Action'], StepName>> = {
  Acknowledge: 'Acknowledged',
  Assign: 'Assigned',
  Snooze: 'Snoozed',
  Clear: 'Cleared',
  Note: 'Note',
}

async function act(call: Call, write: Write, alarm: AlarmRow, input: Act, now: number): Promise<void> {
  const { actor } = call.caller
  const step = { at: now, actor, what: steps[input.Action], text: input.Text || null }
  if (input.Action === 'Note') return changeAlarm(write, alarm.id, {}, step)
  // Written by doors/alarms only.
  const state = nextAlarm(alarm.state as AlarmState, { type: happenings[input.Action] })
  if (state === null)
    throw new OperationError('ORDER_TOO_LATE', {
      field: 'Action',
      detail: `An alarm that is ${alarm.state} cannot be told to ${input.Action.toLowerCase()}`,
    })
  if (input.Action === 'Assign' && !input.To)
    throw new OperationError('INVALID_INPUT', { field: 'To', detail: 'To is missing: whom the alarm is for' })
  const until = input.Until === undefined ? now + snoozeMs : Date.parse(input.Until)
  await changeAlarm(
    write,
    alarm.id,
    {
      state,
      ...(input.Action === 'Acknowledge' ? { acknowledged_at: now } : {}),
      ...(input.Action === 'Assign'
        ? { assigned_to: input.To ?? null, acknowledged_at: alarm.acknowledged_at ?? now }
        : {}),
      snoozed_until: input.Action === 'Snooze' ? until : null,
      ...(input.Action === 'Clear' ? { cleared_at: now } : {}),
    },
    { ...step, text: [input.To, step.text].filter(Boolean).join(': ') || null },
  )
  if (input.Action === 'Clear') {
    await closeAlert(write, alarm.id, now)
    await forgetToldAlarm(write, alarm.sn, alarm.door_no, alarm.kind)
  }
  if (input.Silence)
    await enqueueIn(call.deps, write, {
      sn: alarm.sn,
      kind: 'alarm.cancel',
      payload: { DoorNo: alarm.door_no },
      actor,
      key: null,
    })
}
