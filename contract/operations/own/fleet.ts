import { z } from 'zod'
import { Device } from '../../entities/device.ts'
import { BeatState } from '../../entities/health.ts'
import { defineOperations } from '../../operation.ts'
import {
  common,
  DeviceSN,
  Instant,
  Limit,
  listOf,
  OffSet,
  Order,
  pageAnswer,
  text,
} from '../../primitives.ts'

const own = { aliases: [], known: false, origin: 'own' } as const
const read = { ...own, method: 'GET', permission: 'devices:read', changes: [] } as const
const Tag = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .regex(/^[^\s,;"]+$/, 'must be one word without commas')

const Counted = z.array(z.object({ Name: z.string(), Count: z.int() }))

/** What became of one terminal of an order to many. */
const ManyResult = z.object({
  DeviceSN: z.string(),
  Status: z.enum(['Ordered', 'Queued', 'Refused']).describe('Queued: it is away, the order waits for it'),
  CommandID: z.string().nullable(),
  Cleared: z.int().nullable(),
  Error: z.string().nullable(),
})

const Check = z.object({
  What: z.enum([
    'Name',
    'Site',
    'TimeZone',
    'Profile',
    'People',
    'ReadBack',
    'Templates',
    'Schedules',
    'Holidays',
    'Rights',
    'Tags',
    'Groups',
    'Doors',
    'Fenced',
  ]),
  Old: z.string().describe('Of ReadBack and Templates: what is wanted there, as a count and a digest'),
  New: z.string().describe('Of ReadBack and Templates: what it was read back to hold'),
  Equal: z.boolean(),
})

export const ownFleet = defineOperations('devices', {
  fleet: {
    ...read,
    name: 'ListFleet',
    summary:
      'Adopted terminals, filtered, sorted and paged, with tags, heartbeat and counts of what else there is',
    input: z.object({
      ...common,
      Search: text(100).optional().describe('In name, serial number, address, model and firmware'),
      Site: text(100).optional(),
      State: z.enum(['online', 'offline']).optional(),
      Trouble: z.enum(['any', 'incident', 'clock', 'rejects', 'queue']).optional(),
      Tag: Tag.optional(),
      Model: text(100).optional(),
      Firmware: text(100).optional(),
      Sort: z.enum(['name', 'site', 'state', 'seen', 'firmware', 'clock', 'queue', 'uptime']).default('site'),
      OffSet,
      Limit,
      Order,
    }),
    answers: {
      200: z.object({
        Devices: z.array(
          Device.extend({
            Tags: z.array(z.string()),
            Beats: z.array(BeatState).describe('The last 24 hours in half hours, oldest first'),
            UpPercent: z.number().nullable().describe('Of the last 24 hours'),
          }),
        ),
        Waiting: z.array(Device),
        Total: z.int().describe('Adopted terminals, filters aside'),
        Online: z.int().describe('Of those the filters find, whatever State says'),
        Offline: z.int(),
        Sites: Counted,
        Tags: Counted,
        Models: Counted,
        ...pageAnswer,
      }),
    },
    errors: ['INVALID_CURSOR'],
  },
  firmware: {
    ...read,
    name: 'GetFirmwareMatrix',
    summary: 'How many terminals of each model have which firmware, and which differ from the most',
    input: z.object({ ...common }),
    answers: {
      200: z.object({
        Models: z.array(
          z.object({
            Model: z.string(),
            Devices: z.int(),
            Usual: z.string().nullable().describe('What most of them have'),
            Versions: z.array(
              z.object({
                Firmware: z.string(),
                Count: z.int(),
                IsOutlier: z.boolean(),
                DeviceSN: z.array(z.string()).describe('The first 50'),
              }),
            ),
          }),
        ),
      }),
    },
    errors: [],
  },
  tag: {
    ...own,
    name: 'TagDevices',
    method: 'POST',
    permission: 'devices:operate',
    summary: 'Put words on terminals to find and group them by, or take them off',
    input: z.object({
      ...common,
      DeviceSN: listOf(DeviceSN),
      Add: listOf(Tag).optional(),
      Remove: listOf(Tag).optional(),
    }),
    answers: { 200: z.object({ Changed: z.int().describe('Tags put on or taken off') }) },
    errors: ['DEVICE_NOT_FOUND'],
    changes: ['devices'],
    audit: { subject: 'DeviceSN' },
  },
  orderMany: {
    ...own,
    name: 'OrderDevices',
    method: 'POST',
    permission: 'devices:operate',
    summary: 'The same order to many terminals, with a result for each',
    once: true,
    input: z.object({
      ...common,
      DeviceSN: listOf(DeviceSN),
      Action: z.enum(['Ping', 'SyncTime', 'Restart', 'ClearCommands']),
    }),
    answers: {
      200: z.object({ Results: z.array(ManyResult), Ordered: z.int(), Queued: z.int(), Refused: z.int() }),
    },
    errors: ['IDEMPOTENCY_KEY_REUSED'],
    changes: ['devices'],
    audit: { subject: 'DeviceSN' },
  },
  busy: {
    ...read,
    name: 'ListBusyDevices',
    summary: 'Which of some terminals people use right now: what it would interrupt to restart them all',
    input: z.object({ ...common, DeviceSN: listOf(DeviceSN) }),
    answers: {
      200: z.object({
        PeopleLastMinute: z.int().describe('At all of them together'),
        Devices: z
          .array(z.object({ DeviceSN: z.string(), LabelName: z.string(), PeopleLastMinute: z.int() }))
          .describe('Those with anybody, busiest first'),
      }),
    },
    errors: [],
  },
  activity: {
    ...read,
    name: 'GetDeviceActivity',
    summary: 'Whether people use a terminal right now: what it would interrupt to restart it',
    input: z.object({ ...common, DeviceSN }),
    answers: {
      200: z.object({
        DeviceSN: z.string(),
        PeopleLastMinute: z.int(),
        PunchesLastHour: z.int(),
        LastPunchAt: Instant.nullable(),
      }),
    },
    errors: ['DEVICE_NOT_FOUND'],
  },
  replace: {
    ...own,
    name: 'ReplaceDevice',
    method: 'POST',
    permission: 'devices:adopt',
    summary:
      'Put a new terminal in the place of a broken one: name, site, zone, settings, people and windows go over',
    input: z.object({
      ...common,
      DeviceSN: DeviceSN.describe('The broken one'),
      TargetDeviceSN: DeviceSN.describe('The new one, which has called or still will'),
    }),
    answers: { 200: z.object({ Checks: z.array(Check), AllEqual: z.boolean() }) },
    errors: ['DEVICE_NOT_FOUND', 'INVALID_INPUT'],
    changes: ['devices', 'doors', 'users'],
    audit: { subject: 'DeviceSN' },
  },
  replacement: {
    ...read,
    name: 'GetReplacement',
    summary: 'Whether a terminal was replaced or replaces one, and whether everything went over',
    input: z.object({ ...common, DeviceSN }),
    answers: {
      200: z.object({
        OldDeviceSN: z.string().nullable(),
        NewDeviceSN: z.string().nullable(),
        At: Instant.nullable(),
        Actor: z.string().nullable(),
        Checks: z.array(Check),
        AllEqual: z.boolean(),
      }),
    },
    errors: ['DEVICE_NOT_FOUND'],
    actors: ['Actor'],
  },
})
