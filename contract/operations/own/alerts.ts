import { z } from 'zod'
import { Alert, AlertKind, AlertSeverity } from '../../entities/alert.ts'
import { defineOperations } from '../../operation.ts'
import {
  common,
  DeviceSN,
  Instant,
  Limit,
  listOf,
  newestFirst,
  OffSet,
  pageAnswer,
  TimeZone,
  text,
} from '../../primitives.ts'

const own = { aliases: [], known: false, origin: 'own' } as const
const read = { ...own, method: 'GET', permission: 'devices:read', changes: [] } as const
const write = { ...own, method: 'POST', permission: 'site:manage', changes: ['site'] } as const
const Id = z
  .string()
  .trim()
  .regex(/^\d{1,15}$/, 'must be a number we gave out')
const yes = () => z.stringbool().or(z.boolean())
const Time = z
  .string()
  .trim()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time as HH:MM')

const Schedule = z.object({
  Days: z.array(z.int().min(1).max(7)).min(1).describe('1 Monday to 7 Sunday'),
  From: Time,
  To: Time.describe('Not after From: on the next day'),
  TimeZone,
})

const AlertRule = z.object({
  RuleID: z.string(),
  Name: z.string(),
  Enabled: z.boolean(),
  Kinds: z.array(AlertKind).nullable().describe('null: all'),
  SeverityMin: AlertSeverity,
  Sites: z.array(z.string()).nullable(),
  DeviceSN: z.array(z.string()).nullable(),
  Tags: z.array(z.string()).nullable(),
  Channels: z.array(z.string()),
  Schedule: Schedule.nullable().describe('null: always'),
  DelayMinutes: z.number().describe('What is over sooner is not told'),
  RepeatMinutes: z.number().describe('The same is told again only after this'),
  TellCleared: z.boolean(),
})

export const ChannelKind = z.enum(['Email', 'Webhook', 'Slack', 'Push'])

const Channel = z.object({
  ChannelID: z.string(),
  Name: z.string(),
  Kind: ChannelKind,
  Target: z.string().describe('Where it goes, without what is secret'),
  Host: z.string().nullable(),
  Port: z.int().nullable(),
  From: z.string().nullable(),
  To: z.array(z.string()).nullable(),
  User: z.string().nullable(),
  LastAt: Instant.nullable(),
  LastOk: z.boolean().nullable(),
  LastAnswer: z.string().nullable().describe('What the other side said to the last message'),
})

const jsonOr = <T extends z.ZodType>(schema: T) =>
  z.preprocess(value => {
    if (typeof value !== 'string') return value
    try {
      return JSON.parse(value)
    } catch {
      return value
    }
  }, schema)

export const ownAlerts = defineOperations('site', {
  alerts: {
    ...read,
    name: 'ListAlerts',
    summary: 'What wants a person, newest first, and whether somebody was told',
    input: z.object({
      ...common,
      Open: yes().optional(),
      DeviceSN: DeviceSN.optional(),
      OffSet,
      Limit,
      Order: newestFirst,
    }),
    answers: { 200: z.object({ Alerts: z.array(Alert), Open: z.int(), ...pageAnswer }) },
    errors: ['INVALID_CURSOR'],
  },
  updateAlert: {
    ...write,
    permission: 'devices:operate',
    name: 'UpdateAlert',
    summary: 'Acknowledge an alert, or clear it',
    input: z.object({ ...common, AlertID: Id, Acknowledge: yes().optional(), Clear: yes().optional() }),
    answers: { 200: z.object({ Changed: z.boolean() }) },
    errors: ['ALERT_NOT_FOUND'],
    audit: { subject: 'AlertID' },
  },
  notices: {
    ...read,
    name: 'ListAlertMessages',
    summary: 'Messages of an alert, each with what the other side answered',
    input: z.object({ ...common, AlertID: Id }),
    answers: {
      200: z.object({
        Messages: z.array(
          z.object({
            Rule: z.string(),
            Channel: z.string(),
            About: z.enum(['Raised', 'Cleared']),
            State: z.enum(['Pending', 'Sent', 'Failed', 'Dropped']),
            DueAt: Instant,
            SentAt: Instant.nullable(),
            Attempts: z.int(),
            Answer: z.string().nullable(),
          }),
        ),
      }),
    },
    errors: ['ALERT_NOT_FOUND'],
  },
  alertRules: {
    ...read,
    name: 'ListAlertRules',
    summary: 'Which alerts are told to whom, when and how often',
    input: z.object({ ...common }),
    answers: { 200: z.object({ Rules: z.array(AlertRule), Channels: z.array(Channel) }) },
    errors: [],
  },
  saveAlertRule: {
    ...write,
    name: 'SaveAlertRule',
    summary: 'Make a rule, or change one',
    input: z.object({
      ...common,
      RuleID: Id.optional().describe('Absent: a new one'),
      Name: text(100).min(1),
      Enabled: yes().default(true),
      Kinds: listOf(AlertKind).optional().describe('Absent: all'),
      SeverityMin: AlertSeverity.default('Warning'),
      Sites: listOf(text(100)).optional(),
      DeviceSN: listOf(DeviceSN).optional(),
      Tags: listOf(text(40)).optional(),
      Channels: listOf(Id),
      Schedule: jsonOr(Schedule).optional().describe('Absent: always'),
      DelayMinutes: z.coerce.number<number>().min(0).max(1440).default(0),
      RepeatMinutes: z.coerce.number<number>().min(0).max(10_080).default(30),
      TellCleared: yes().default(true),
    }),
    answers: { 200: z.object({ Rule: AlertRule }) },
    errors: ['ALERT_NOT_FOUND'],
    audit: { subject: 'Name' },
  },
  removeAlertRule: {
    ...write,
    name: 'RemoveAlertRule',
    summary: 'Remove a rule',
    input: z.object({ ...common, RuleID: Id }),
    answers: { 200: z.object({ Removed: z.boolean() }) },
    errors: [],
    audit: { subject: 'RuleID' },
  },
  saveAlertChannel: {
    ...write,
    name: 'SaveAlertChannel',
    summary: 'Say where messages may go, or change it; what is secret is never read back',
    input: z.object({
      ...common,
      ChannelID: Id.optional().describe('Absent: a new one'),
      Name: text(100).min(1),
      Kind: ChannelKind,
      Url: text(1000).optional().describe('Of a webhook or Slack; absent: as it was'),
      Host: text(200).optional().describe('Of the mail server'),
      Port: z.coerce.number<number>().int().min(1).max(65_535).optional(),
      User: text(200).optional(),
      Password: z.string().max(500).optional().describe('Absent: as it was'),
      From: text(200).optional(),
      To: listOf(text(200)).optional(),
    }),
    answers: { 200: z.object({ Channel }) },
    errors: ['ALERT_NOT_FOUND', 'INVALID_INPUT', 'WEBHOOK_URL_REFUSED'],
    audit: { subject: 'Name', hide: ['Url', 'Password'] },
  },
  removeAlertChannel: {
    ...write,
    name: 'RemoveAlertChannel',
    summary: 'Remove where messages go; rules lose it',
    input: z.object({ ...common, ChannelID: Id }),
    answers: { 200: z.object({ Removed: z.boolean() }) },
    errors: [],
    audit: { subject: 'ChannelID' },
  },
  testAlertChannel: {
    ...write,
    name: 'TestAlertChannel',
    summary: 'Send a message now and answer what the other side said',
    input: z.object({ ...common, ChannelID: Id }),
    answers: { 200: z.object({ Ok: z.boolean(), Answer: z.string(), DurationMs: z.int() }) },
    errors: ['ALERT_NOT_FOUND'],
    audit: { subject: 'ChannelID' },
  },
  pushKey: {
    ...read,
    name: 'GetPushKey',
    summary: 'The public key a browser needs to be told of alerts',
    input: z.object({ ...common }),
    answers: { 200: z.object({ Key: z.string().nullable(), Browsers: z.int() }) },
    errors: [],
  },
  subscribePush: {
    ...write,
    permission: 'devices:read',
    name: 'SubscribePush',
    summary: 'Let this browser be told of alerts, or stop it',
    input: z.object({
      ...common,
      Endpoint: z.url().max(1000),
      P256dh: text(200).optional().describe('Absent: stop it'),
      Auth: text(100).optional(),
      Label: text(100).default('Browser'),
    }),
    answers: { 200: z.object({ Subscribed: z.boolean() }) },
    errors: ['WEBHOOK_URL_REFUSED'],
    audit: { subject: 'Label', hide: ['Endpoint', 'P256dh', 'Auth'] },
  },
})
