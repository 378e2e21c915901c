import { z } from 'zod'
import { Command } from '../../entities/command.ts'
import { defineOperations } from '../../operation.ts'
import {
  common,
  DeviceSN,
  Instant,
  Limit,
  LocalDate,
  listOf,
  newestFirst,
  OffSet,
  pageAnswer,
  text,
} from '../../primitives.ts'

const own = { aliases: [], known: false, origin: 'own' } as const
const read = { ...own, method: 'GET', permission: 'devices:read', changes: [] } as const
const write = { ...own, method: 'POST', permission: 'devices:operate', changes: ['devices'] } as const
const CommandID = z.string().trim().max(64)

const QueuedCommand = Command.extend({
  LabelName: z.string(),
  Attempts: z.int().describe('How often it was handed over'),
  MayCancel: z.boolean(),
  MayRetry: z.boolean(),
  RetryOf: z.string().nullable().describe('The command that was tried again with this one'),
})

export const ownOrders = defineOperations('devices', {
  queue: {
    ...read,
    name: 'ListCommands',
    summary: 'Orders to terminals with age, owner and state',
    input: z.object({
      ...common,
      DeviceSN: DeviceSN.optional(),
      CommandID: listOf(
        z
          .string()
          .trim()
          .regex(/^\d{1,15}$/, 'must be a number we gave out'),
      )
        .optional()
        .describe('Only these, such as those an order to many has become'),
      State: z
        .enum(['open', 'failed', 'done'])
        .optional()
        .describe('open: not answered yet; failed: also expired and unconfirmed'),
      OffSet,
      Limit,
      Order: newestFirst,
    }),
    answers: { 200: z.object({ Commands: z.array(QueuedCommand), ...pageAnswer }) },
    errors: ['DEVICE_NOT_FOUND', 'INVALID_CURSOR'],
    actors: ['Actor'],
  },
  cancelCommand: {
    ...write,
    name: 'CancelCommand',
    summary: 'Take back an order nobody has fetched yet',
    input: z.object({ ...common, CommandID }),
    answers: { 200: Command },
    errors: ['COMMAND_NOT_FOUND', 'COMMAND_UNDER_WAY'],
    audit: { subject: 'CommandID' },
  },
  retryCommand: {
    ...write,
    name: 'RetryCommand',
    summary: 'Give an order again that failed, expired or was never answered',
    input: z.object({ ...common, CommandID }),
    answers: { 200: Command, 409: Command },
    errors: ['COMMAND_NOT_FOUND', 'COMMAND_UNDER_WAY', 'NOT_SUPPORTED_BY_DEVICE'],
    audit: { subject: 'CommandID' },
  },
  hurryCommand: {
    ...write,
    name: 'HurryCommand',
    summary: 'Let an order go before the others that wait for the same terminal',
    input: z.object({ ...common, CommandID }),
    answers: { 200: Command },
    errors: ['COMMAND_NOT_FOUND', 'COMMAND_UNDER_WAY'],
    audit: { subject: 'CommandID' },
  },
  clearData: {
    ...write,
    name: 'ClearDeviceData',
    summary:
      'Delete what a terminal holds, after everything we have of it was put aside; its name has to be typed',
    once: true,
    input: z.object({
      ...common,
      DeviceSN,
      What: z.enum(['Punches', 'Photos', 'Everything']),
      Confirm: text(100).describe('The name of the terminal, exactly as shown'),
    }),
    answers: {
      200: Command.extend({ Backup: z.string().describe('Name of the file that was put aside first') }),
      409: Command.extend({ Backup: z.string() }),
    },
    errors: [
      'DEVICE_NOT_FOUND',
      'DEVICE_WAITING',
      'CONFIRMATION_WRONG',
      'NOT_SUPPORTED_BY_DEVICE',
      'STORE_UNAVAILABLE',
      'REREAD_FIRST',
    ],
    audit: { subject: 'DeviceSN' },
  },
  reread: {
    ...write,
    name: 'ReReadPunches',
    summary: 'Ask a terminal for the punches of a time again; what is known already is not recorded twice',
    input: z.object({ ...common, DeviceSN, FromDate: LocalDate, ToDate: LocalDate }),
    answers: { 200: Command, 409: Command },
    errors: ['DEVICE_NOT_FOUND', 'DEVICE_WAITING', 'INVALID_DATE', 'COMMAND_UNDER_WAY'],
    audit: { subject: 'DeviceSN' },
  },
  startTrace: {
    ...write,
    name: 'StartDeviceTrace',
    summary: 'Keep the raw conversation with a terminal for some minutes, secrets and templates cut out',
    input: z.object({
      ...common,
      DeviceSN,
      Minutes: z.coerce.number<number>().int().min(0).max(60).default(10).describe('0: stop'),
    }),
    answers: { 200: z.object({ DeviceSN: z.string(), Until: Instant.nullable() }) },
    errors: ['DEVICE_NOT_FOUND'],
    audit: { subject: 'DeviceSN' },
  },
  trace: {
    ...read,
    permission: 'devices:operate',
    name: 'GetDeviceTrace',
    summary: 'The raw conversation with a terminal as far as it is kept, oldest first',
    input: z.object({
      ...common,
      DeviceSN,
      After: z.coerce.number<number>().int().min(0).default(0).describe('Only what came after this number'),
    }),
    answers: {
      200: z.object({
        Until: Instant.nullable().describe('How long it is kept on; null: it is not'),
        Dropped: z.int().describe('Conversations that no longer fit'),
        Exchanges: z.array(
          z.object({
            Number: z.int(),
            At: Instant,
            Address: z.string().nullable(),
            Request: z.string(),
            Body: z.string(),
            Bytes: z.int(),
            Status: z.int(),
            Reply: z.string(),
            DurationMs: z.number(),
          }),
        ),
      }),
    },
    errors: ['DEVICE_NOT_FOUND'],
  },
  supportBundle: {
    ...read,
    permission: 'devices:operate',
    name: 'GetSupportBundle',
    summary: 'What somebody who helps needs to see, as one archive, without secrets, people or templates',
    input: z.object({ ...common, DeviceSN, Format: z.enum(['tgz']).default('tgz') }),
    answers: { 200: z.object({}) },
    file: { tgz: 'application/gzip' },
    errors: ['DEVICE_NOT_FOUND'],
    audit: { subject: 'DeviceSN' },
  },
})
