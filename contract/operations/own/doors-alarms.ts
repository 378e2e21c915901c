import { z } from 'zod'
import { AlarmKind, AlarmRule, DoorAlarm } from '../../entities/door-alarm.ts'
import { defineOperations } from '../../operation.ts'
import { common, Instant, listOf, text } from '../../primitives.ts'

const id = z.union([z.string(), z.int().transform(String)]).pipe(z.string().trim().min(1).max(20))
const flag = z.stringbool().or(z.boolean())
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM')
const own = { aliases: [], known: false, origin: 'own' } as const

export const ownDoorAlarms = defineOperations('doors', {
  alarms: {
    ...own,
    name: 'ListDoorAlarms',
    method: 'GET',
    summary: 'Alarms of doors that are open, or all of late',
    permission: 'doors:alarms',
    input: z.object({
      ...common,
      Open: flag.optional().describe('Only those nobody has cleared'),
      Kind: AlarmKind.optional(),
    }),
    answers: { 200: z.object({ Alarms: z.array(DoorAlarm), Open: z.int() }) },
    errors: [],
    changes: [],
    sensitive: { EmployeeCode: 'attendance:identify' },
  },
  actOnAlarm: {
    ...own,
    name: 'ActOnDoorAlarm',
    method: 'POST',
    summary: 'Acknowledge, assign, snooze, clear or annotate an alarm',
    permission: 'doors:alarms',
    input: z.object({
      ...common,
      AlarmID: id,
      Action: z.enum(['Acknowledge', 'Assign', 'Snooze', 'Clear', 'Note']),
      To: text(64).optional().describe('Assign: whom'),
      Until: Instant.optional().describe('Snooze: until when, by default a quarter of an hour'),
      Text: text(500).optional(),
      Silence: flag.optional().describe('Clear: have the terminal end its own alarm as well'),
    }),
    answers: { 200: DoorAlarm },
    errors: ['ALARM_NOT_FOUND', 'ORDER_TOO_LATE'],
    changes: ['doors', 'devices'],
    audit: { subject: 'AlarmID' },
    sensitive: { EmployeeCode: 'attendance:identify' },
  },
  alarmRules: {
    ...own,
    name: 'ListDoorAlarmRules',
    method: 'GET',
    summary: 'What is to happen for which alarms; the first rule that fits decides',
    permission: 'doors:alarms',
    input: z.object({ ...common }),
    answers: { 200: z.object({ Rules: z.array(AlarmRule) }) },
    errors: [],
    changes: [],
  },
  saveAlarmRule: {
    ...own,
    name: 'SaveDoorAlarmRule',
    method: 'POST',
    summary: 'Add or change a rule for alarms',
    permission: 'doors:alarms',
    input: z.object({
      ...common,
      RuleID: id.optional(),
      Name: text(64).min(1),
      Kinds: listOf(AlarmKind),
      Site: text(64).optional(),
      Zone: text(64).optional(),
      From: clock.optional(),
      To: clock.optional(),
      Sound: flag.default(true),
      Notify: listOf(text(64)).optional(),
      RepeatMinutes: z.coerce.number<number>().int().min(0).max(1440).default(10),
      EscalateMinutes: z.coerce.number<number>().int().min(1).max(1440).optional(),
      EscalateTo: listOf(text(64)).optional(),
      Raise: flag.default(true),
      Enabled: flag.default(true),
    }),
    answers: { 200: AlarmRule },
    errors: ['ALARM_NOT_FOUND', 'ZONE_NOT_FOUND'],
    changes: ['doors'],
    audit: { subject: 'Name' },
  },
  removeAlarmRule: {
    ...own,
    name: 'RemoveDoorAlarmRule',
    method: 'POST',
    summary: 'Remove a rule for alarms',
    permission: 'doors:alarms',
    input: z.object({ ...common, RuleID: id }),
    answers: { 200: z.object({ RuleID: z.string() }) },
    errors: ['ALARM_NOT_FOUND'],
    changes: ['doors'],
    audit: { subject: 'RuleID' },
  },
})
