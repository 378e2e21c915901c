import { z } from 'zod'
import { ClockChange, ClockReading, DriftedSpan } from '../../entities/clock.ts'
import { Device } from '../../entities/device.ts'
import { Incident, IncidentKind } from '../../entities/incident.ts'
import { ProfileName, ProfileSetting } from '../../entities/profile.ts'
import { QuarantinedLine } from '../../entities/quarantine.ts'
import { TerminalLogEntry } from '../../entities/terminal-log.ts'
import { defineOperations } from '../../operation.ts'
import {
  common,
  DeviceSN,
  Limit,
  LocalDate,
  newestFirst,
  OffSet,
  pageAnswer,
  TimeZone,
  text,
} from '../../primitives.ts'

export const ownDevices = defineOperations('devices', {
  adopt: {
    name: 'AdoptDevice',
    aliases: [],
    known: false,
    origin: 'own',
    method: 'POST',
    summary: 'Trust a terminal: name it, place it, and take in what it has sent so far',
    permission: 'devices:adopt',
    input: z.object({
      ...common,
      DeviceSN,
      LabelName: text(100).optional(),
      TimeZone: TimeZone.optional(),
      Site: text(100).optional(),
      HasDoor: z.stringbool().or(z.boolean()).optional(),
      Simulated: z.stringbool().or(z.boolean()).default(false),
      TakeHeld: z
        .stringbool()
        .or(z.boolean())
        .default(false)
        .describe('Also take in what is held because it did not show the communication key'),
    }),
    answers: {
      200: z.object({
        Device,
        TakenIn: z.int().describe('Uploads that had been kept and are now recorded'),
      }),
    },
    errors: [],
    changes: ['devices', 'doors', 'attendance', 'users'],
    audit: { subject: 'DeviceSN' },
  },
  profile: {
    name: 'GetDeviceProfile',
    aliases: [],
    known: false,
    origin: 'own',
    method: 'GET',
    summary: 'How a terminal speaks, setting by setting, each with its evidence',
    permission: 'devices:read',
    input: z.object({ ...common, DeviceSN }),
    answers: { 200: z.object({ DeviceSN: z.string(), Settings: z.array(ProfileSetting) }) },
    errors: ['DEVICE_NOT_FOUND'],
    changes: [],
    actors: ['Evidence'],
  },
  setProfile: {
    name: 'SetDeviceProfile',
    aliases: [],
    known: false,
    origin: 'own',
    method: 'POST',
    summary: 'Say how a terminal speaks; what is said wins over what is learned until it is taken back',
    permission: 'devices:operate',
    input: z.object({
      ...common,
      DeviceSN,
      Name: ProfileName,
      Value: text(64).default('').describe('Empty: forget what was said and learn again'),
      Table: z
        .string()
        .trim()
        .toLowerCase()
        .regex(/^[a-z][\w:]{0,47}$/, 'must be the name of an upload table')
        .optional()
        .describe('Upload table, for an Acknowledgement that holds for one only'),
    }),
    answers: { 200: z.object({ DeviceSN: z.string(), Settings: z.array(ProfileSetting) }) },
    errors: ['DEVICE_NOT_FOUND'],
    changes: ['devices'],
    actors: ['Evidence'],
    audit: { subject: 'DeviceSN' },
  },
  clock: {
    name: 'GetDeviceClock',
    aliases: [],
    known: false,
    origin: 'own',
    method: 'GET',
    summary: 'How the clock of a terminal ran, and what has moved it',
    permission: 'devices:read',
    input: z.object({ ...common, DeviceSN, FromDate: LocalDate, ToDate: LocalDate }),
    answers: {
      200: z.object({
        DeviceSN: z.string(),
        TimeZone: z.string(),
        ClockSkewSeconds: z.number().nullable().describe('As last measured'),
        ToldOffset: z
          .string()
          .nullable()
          .describe('Offset the terminal was told at its last handshake, such as GMT +0530'),
        Readings: z
          .array(ClockReading)
          .describe('Oldest first; of more than 2000 the lowest and the highest of equal slices of time'),
        Changes: z.array(ClockChange).describe('Oldest first; of more than 500 the newest'),
        Drifted: z
          .array(DriftedSpan)
          .describe('Which punches carry the difference, oldest first; of more than 100 spans the newest'),
      }),
    },
    errors: ['DEVICE_NOT_FOUND', 'INVALID_DATE'],
    changes: [],
    actors: ['Actor'],
  },
  setKey: {
    name: 'SetDeviceKey',
    aliases: [],
    known: false,
    origin: 'own',
    method: 'POST',
    summary: 'Say which communication key a terminal has to show; what comes without it is held',
    permission: 'devices:adopt',
    input: z.object({
      ...common,
      DeviceSN,
      Key: z
        .string()
        .max(64)
        .regex(/^[\x21-\x7e]*$/, 'must be printable characters without spaces')
        .default('')
        .describe('As set on the terminal; empty: none is asked for'),
    }),
    answers: { 200: z.object({ DeviceSN: z.string(), KeySet: z.boolean() }) },
    errors: ['DEVICE_NOT_FOUND'],
    changes: ['devices'],
    audit: { subject: 'DeviceSN', hide: ['Key'] },
  },
  discardHeld: {
    name: 'DiscardHeldUploads',
    aliases: [],
    known: false,
    origin: 'own',
    method: 'POST',
    summary: 'Throw away what is held because it did not show the communication key',
    permission: 'devices:adopt',
    input: z.object({ ...common, DeviceSN }),
    answers: { 200: z.object({ DeviceSN: z.string(), Discarded: z.int() }) },
    errors: ['DEVICE_NOT_FOUND'],
    changes: ['devices'],
    audit: { subject: 'DeviceSN' },
  },
  incidents: {
    name: 'ListIncidents',
    aliases: [],
    known: false,
    origin: 'own',
    method: 'GET',
    summary: 'What went wrong between terminals and the gateway, and whether it is over',
    permission: 'devices:read',
    input: z.object({
      ...common,
      DeviceSN: DeviceSN.optional(),
      Kind: IncidentKind.optional(),
      Site: text(100).optional(),
      Open: z.stringbool().or(z.boolean()).optional().describe('true: only what has not ended'),
      OffSet,
      Limit,
      Order: newestFirst,
    }),
    answers: { 200: z.object({ Incidents: z.array(Incident), ...pageAnswer }) },
    errors: ['DEVICE_NOT_FOUND', 'INVALID_CURSOR'],
    changes: [],
  },
  log: {
    name: 'ListDeviceLog',
    aliases: [],
    known: false,
    origin: 'own',
    method: 'GET',
    summary: 'What terminals log of themselves: operations at the terminal, and errors',
    permission: 'devices:read',
    input: z.object({ ...common, DeviceSN: DeviceSN.optional(), OffSet, Limit, Order: newestFirst }),
    answers: { 200: z.object({ Entries: z.array(TerminalLogEntry), ...pageAnswer }) },
    errors: ['DEVICE_NOT_FOUND', 'INVALID_CURSOR'],
    changes: [],
  },
  quarantine: {
    name: 'ListQuarantine',
    aliases: [],
    known: false,
    origin: 'own',
    method: 'GET',
    summary: 'Lines that could not be read, and records kept for later, with the reason',
    permission: 'devices:read',
    input: z.object({
      ...common,
      DeviceSN: DeviceSN.optional(),
      Kept: z
        .stringbool()
        .or(z.boolean())
        .optional()
        .describe('true: only what is kept on purpose; false: only what could not be read'),
      OffSet,
      Limit,
      Order: newestFirst,
    }),
    answers: { 200: z.object({ Lines: z.array(QuarantinedLine), ...pageAnswer }) },
    errors: ['DEVICE_NOT_FOUND', 'INVALID_CURSOR'],
    changes: [],
    sensitive: { Raw: 'devices:operate' },
  },
  reparse: {
    name: 'ReparseQuarantine',
    aliases: [],
    known: false,
    origin: 'own',
    method: 'POST',
    summary:
      'Read the quarantined lines of a terminal again, as if they came now with their own time of receipt',
    permission: 'devices:operate',
    input: z.object({ ...common, DeviceSN }),
    answers: {
      200: z.object({
        Read: z.int().describe('Lines and bodies that were tried'),
        Understood: z.int().describe('Of those: now recorded and out of the quarantine'),
        NewPunches: z.int().describe('Punches among them that were not known yet'),
        Remaining: z.int().describe('Still in quarantine'),
      }),
    },
    errors: ['DEVICE_NOT_FOUND', 'DEVICE_WAITING'],
    changes: ['attendance', 'users', 'doors', 'devices'],
    audit: { subject: 'DeviceSN' },
  },
})
