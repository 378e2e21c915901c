import { z } from 'zod'
import {
  Collision,
  DeviceAdministrator,
  Forecast,
  Orphan,
  PairState,
  PeopleJob,
  UserState,
} from '../../entities/people.ts'
import { defineOperations } from '../../operation.ts'
import {
  common,
  DeviceSN,
  EmployeeCode,
  Instant,
  Limit,
  listOf,
  OffSet,
  pageAnswer,
  text,
} from '../../primitives.ts'

const own = { aliases: [], known: false, origin: 'own' } as const
const flag = z.stringbool().or(z.boolean())

/** People on terminals: what is wanted, what is there, and the work between the two. */
const Proven = z.object({
  Wanted: z.int(),
  WantedHash: z.string().describe('SHA-256 over one line for each, in order, hex'),
  Held: z.int(),
  HeldHash: z.string(),
})

export const ownPeopleTerminals = defineOperations('users', {
  terminals: {
    ...own,
    name: 'ListUserTerminals',
    method: 'GET',
    summary:
      'Terminals people can be put on, and what each can hold and take; names only, for those who see no devices',
    permission: 'people:read',
    input: z.object(common),
    answers: {
      200: z.object({
        Terminals: z.array(
          z.object({
            DeviceSN: z.string(),
            LabelName: z.string(),
            Site: z.string(),
            Online: z.boolean(),
            LastSeen: Instant.nullable(),
            Kinds: z
              .array(z.enum(['Fingerprint', 'Face', 'Palm', 'Card', 'Password']))
              .describe('What it can be made to ask for, or has not denied'),
            KindsKnown: z.boolean().describe('false: of some kind it has not said whether it can'),
            Fingerprint: z.string().nullable().describe('Version of its finger templates; null: not said'),
            Face: z.string().nullable().describe('Version of its face templates'),
            Users: z.int().describe('People it is known to hold'),
            UsersMax: z.int().nullable().describe('null: it has not said'),
          }),
        ),
      }),
    },
    errors: [],
    changes: [],
  },
  states: {
    ...own,
    name: 'ListUserStates',
    method: 'GET',
    summary:
      'People by terminals: what is wanted, what is known to be there, and the difference with its reason',
    permission: 'people:read',
    input: z.object({
      ...common,
      EmployeeCode: EmployeeCode.optional(),
      DeviceSN: DeviceSN.optional(),
      State: listOf(PairState).optional(),
      JobID: text(40).optional(),
      OffSet,
      Limit,
    }),
    answers: { 200: z.object({ States: z.array(UserState), ...pageAnswer }) },
    errors: ['DEVICE_NOT_FOUND', 'INVALID_CURSOR'],
    changes: [],
    sensitive: { FirstName: 'people:read', LastName: 'people:read' },
  },
  push: {
    ...own,
    name: 'PushUsers',
    method: 'POST',
    summary: 'Want people on terminals, with everything they have; done in the background',
    permission: 'people:write',
    input: z.object({ ...common, EmployeeCode: listOf(EmployeeCode), DeviceSN: listOf(DeviceSN) }),
    answers: { 200: z.object({ JobID: z.string(), Total: z.int() }) },
    errors: ['DEVICE_NOT_FOUND', 'USER_NOT_FOUND'],
    changes: ['users'],
    audit: { subject: 'EmployeeCode' },
  },
  retry: {
    ...own,
    name: 'RetryUserSync',
    method: 'POST',
    summary: 'Try again now what failed or is blocked, on one terminal or all',
    permission: 'people:write',
    input: z.object({
      ...common,
      EmployeeCode: EmployeeCode.optional(),
      DeviceSN: DeviceSN.optional(),
      JobID: text(40).optional(),
    }),
    answers: { 200: z.object({ Retried: z.int() }) },
    errors: ['DEVICE_NOT_FOUND'],
    changes: ['users'],
    audit: { subject: 'EmployeeCode' },
  },
  refresh: {
    ...own,
    name: 'ReadUsersBack',
    method: 'POST',
    summary: 'Ask a terminal whom it knows, or whether and how it holds one person',
    permission: 'people:write',
    input: z.object({ ...common, DeviceSN, EmployeeCode: EmployeeCode.optional() }),
    answers: { 200: z.object({ CommandID: z.string() }), 409: z.object({ CommandID: z.string() }) },
    errors: ['DEVICE_NOT_FOUND'],
    changes: ['users'],
    audit: { subject: 'DeviceSN' },
  },
  orphans: {
    ...own,
    name: 'ListOrphans',
    method: 'GET',
    summary: 'People terminals know whom nobody has ordered there',
    permission: 'people:read',
    input: z.object({ ...common, DeviceSN: DeviceSN.optional(), OffSet, Limit }),
    answers: { 200: z.object({ Orphans: z.array(Orphan), ...pageAnswer }) },
    errors: ['DEVICE_NOT_FOUND', 'INVALID_CURSOR'],
    changes: [],
    sensitive: { Name: 'people:read', Card: 'people:credentials', KnownAs: 'people:read' },
  },
  resolveOrphan: {
    ...own,
    name: 'ResolveOrphan',
    method: 'POST',
    summary: 'Import somebody a terminal knows, say which person it is, or remove it from the terminal',
    permission: 'people:write',
    input: z.object({
      ...common,
      DeviceSN,
      EmployeeCode: listOf(EmployeeCode).describe('PINs at the terminal'),
      Action: z.enum(['Import', 'Map', 'Remove']),
      MapTo: EmployeeCode.optional().describe(
        'Of Map: the person it is; put on the terminal under their own code, and the old PIN removed',
      ),
    }),
    answers: {
      200: z.object({ Resolved: z.int(), DeletionID: z.string().nullable(), JobID: z.string().nullable() }),
    },
    errors: ['DEVICE_NOT_FOUND', 'USER_NOT_FOUND'],
    changes: ['users'],
    audit: { subject: 'DeviceSN' },
  },
  collisions: {
    ...own,
    name: 'ListCollisions',
    method: 'GET',
    summary: 'PINs, cards and keypad codes that two people seem to share',
    permission: 'people:read',
    input: z.object({ ...common }),
    answers: { 200: z.object({ Collisions: z.array(Collision) }) },
    errors: [],
    changes: [],
    sensitive: { Name: 'people:read', Value: 'people:credentials' },
  },
  admins: {
    ...own,
    name: 'ListDeviceAdministrators',
    method: 'GET',
    summary: 'Who may change settings at which terminal',
    permission: 'people:read',
    input: z.object({ ...common, DeviceSN: DeviceSN.optional() }),
    answers: {
      200: z.object({
        Administrators: z.array(DeviceAdministrator),
        Without: z
          .array(z.object({ DeviceSN: z.string(), LabelName: z.string() }))
          .describe('Terminals without any: whoever stands before them may open their menu'),
      }),
    },
    errors: ['DEVICE_NOT_FOUND'],
    changes: [],
    sensitive: { Name: 'people:read' },
  },
  jobs: {
    ...own,
    name: 'ListJobs',
    method: 'GET',
    summary: 'Work over many people and terminals, newest first',
    permission: 'people:read',
    input: z.object({ ...common, Running: flag.optional(), OffSet, Limit }),
    answers: { 200: z.object({ Jobs: z.array(PeopleJob), ...pageAnswer }) },
    errors: ['INVALID_CURSOR'],
    changes: [],
    actors: ['Actor'],
  },
  job: {
    ...own,
    name: 'GetJob',
    method: 'GET',
    summary: 'One job with its terminals',
    permission: 'people:read',
    input: z.object({ ...common, JobID: text(40) }),
    answers: { 200: z.object({ Job: PeopleJob }) },
    errors: ['JOB_NOT_FOUND'],
    changes: [],
    actors: ['Actor'],
  },
  jobProof: {
    ...own,
    name: 'GetJobProof',
    method: 'GET',
    summary: 'Of a job over people: per terminal what should be there against what is, as counts and digests',
    permission: 'people:read',
    input: z.object({ ...common, JobID: text(40) }),
    answers: {
      200: z.object({
        Equal: z.boolean(),
        Terminals: z.array(
          z.object({
            DeviceSN: z.string(),
            LabelName: z.string(),
            People: Proven.describe('Held: read back from the terminal, or told by it'),
            Templates: Proven.describe('Held: also what it has answered with yes'),
            Equal: z.boolean(),
          }),
        ),
      }),
    },
    errors: ['JOB_NOT_FOUND'],
    changes: [],
  },
  cancelJob: {
    ...own,
    name: 'CancelJob',
    method: 'POST',
    summary: 'Stop a job: what terminals have stays, what they have not been given is no longer wanted',
    permission: 'people:write',
    input: z.object({ ...common, JobID: text(40) }),
    answers: { 200: z.object({ Job: PeopleJob }) },
    errors: ['JOB_NOT_FOUND'],
    changes: ['users'],
    audit: { subject: 'JobID' },
    actors: ['Actor'],
  },
  forecast: {
    ...own,
    name: 'ForecastCopy',
    method: 'GET',
    summary: 'What terminals would hold after a push, against what they can',
    permission: 'people:read',
    input: z.object({
      ...common,
      SourceDeviceSN: DeviceSN.optional().describe('Everybody on this terminal, unless people are named'),
      EmployeeCode: listOf(EmployeeCode).optional(),
      TargetDeviceSN: listOf(DeviceSN),
    }),
    answers: { 200: z.object({ People: z.int(), Targets: z.array(Forecast) }) },
    errors: ['DEVICE_NOT_FOUND'],
    changes: [],
  },
  enrol: {
    ...own,
    name: 'StartEnrolment',
    method: 'POST',
    summary: 'Let a terminal ask the person before it for a finger, face, palm or card',
    permission: 'people:credentials',
    input: z.object({
      ...common,
      EmployeeCode,
      DeviceSN,
      Kind: z.enum(['Fingerprint', 'Face', 'Palm', 'Card']),
      Finger: z.coerce
        .number<number>()
        .int()
        .min(0)
        .max(9)
        .optional()
        .describe('0 left little finger to 9 right little finger; 6 without one'),
      Overwrite: flag.default(true),
      Duress: flag.default(false),
    }),
    answers: {
      200: z.object({ CommandID: z.string() }),
      409: z.object({ CommandID: z.string() }),
    },
    errors: ['DEVICE_NOT_FOUND', 'USER_NOT_FOUND', 'NOT_SUPPORTED_BY_DEVICE', 'CONSENT_MISSING'],
    changes: ['users'],
    audit: { subject: 'EmployeeCode' },
  },
  enrolment: {
    ...own,
    name: 'GetEnrolment',
    method: 'GET',
    summary: 'How far an enrolment at a terminal has come, step by step',
    permission: 'people:read',
    input: z.object({ ...common, CommandID: z.string().trim().min(1).max(40) }),
    answers: {
      200: z.object({
        CommandID: z.string(),
        EmployeeCode,
        DeviceSN: z.string(),
        Kind: z.enum(['Fingerprint', 'Face', 'Palm', 'Card']),
        Index: z.int(),
        State: z.enum(['Waiting', 'AtTerminal', 'Enrolled', 'Received', 'Failed', 'Cancelled']),
        Steps: z.array(
          z.object({
            Step: z.enum(['Ordered', 'Fetched', 'Answered', 'TemplateReceived', 'Spread']),
            State: z.enum(['Done', 'Now', 'Later', 'Failed']),
            At: Instant.nullable(),
            Words: z.string().nullable(),
          }),
        ),
        Error: z.string().nullable(),
        Algorithm: z.string().nullable().describe('Of the template that came'),
        TryUntil: Instant.nullable().describe('When the order lapses'),
      }),
    },
    errors: ['COMMAND_NOT_FOUND'],
    changes: [],
  },
  cancelEnrolment: {
    ...own,
    name: 'CancelEnrolment',
    method: 'POST',
    summary: 'Take back an enrolment the terminal has not fetched yet',
    permission: 'people:credentials',
    input: z.object({ ...common, CommandID: z.string().trim().min(1).max(40) }),
    answers: {
      200: z.object({ CommandID: z.string(), DeviceSN: z.string(), State: z.literal('Cancelled') }),
    },
    errors: ['COMMAND_NOT_FOUND', 'TOO_LATE'],
    changes: ['users', 'devices'],
    audit: { subject: 'CommandID' },
  },
  unknownCards: {
    ...own,
    name: 'ListUnknownCards',
    method: 'GET',
    summary: 'Cards shown at terminals that belong to nobody',
    permission: 'people:credentials',
    input: z.object({ ...common, Limit }),
    answers: {
      200: z.object({
        Cards: z.array(
          z.object({
            CardNumber: z.string(),
            DeviceSN: z.string(),
            LabelName: z.string(),
            Times: z.int(),
            LastAt: Instant,
          }),
        ),
      }),
    },
    errors: [],
    changes: [],
  },
})
