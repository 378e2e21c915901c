import { z } from 'zod'
import { DeviceResult, Person, Photo, personFields, Template, UserType } from '../entities/person.ts'
import { defineOperations } from '../operation.ts'
import {
  common,
  DeviceSN,
  EmployeeCode,
  Instant,
  Limit,
  LocalDate,
  listOf,
  OffSet,
  pageAnswer,
  text,
} from '../primitives.ts'

const onDevices = { EmployeeCode, DeviceSN: listOf(DeviceSN) }
const results = z.object({ Results: z.array(DeviceResult) })
const written = { 200: results, 409: results } as const
const inList = { FirstName: 'people:read', LastName: 'people:read', Card: 'people:credentials' } as const
const personal = { ...inList, Templates: 'people:credentials', Data: 'people:biometrics' } as const

export const users = defineOperations('users', {
  add: {
    name: 'AddUser',
    aliases: ['CreateUser'],
    known: true,
    method: 'POST',
    summary: 'Put a person on one or more terminals',
    permission: 'people:write',
    input: z.object({ ...common, ...onDevices, ...personFields }),
    answers: written,
    errors: ['DEVICE_NOT_FOUND', 'NOT_SUPPORTED_BY_DEVICE'],
    changes: ['users'],
    audit: { subject: 'EmployeeCode', hide: ['FirstName', 'LastName'] },
  },
  update: {
    name: 'UpdateUser',
    aliases: ['EditUser', 'ModifyUser'],
    known: true,
    method: 'POST',
    summary: 'Change name, role, validity or privileges',
    permission: 'people:write',
    input: z.object({
      ...common,
      ...onDevices,
      FirstName: text(100).optional(),
      LastName: text(100).optional(),
      UserType: UserType.optional(),
      ValidFrom: LocalDate.optional(),
      ValidTo: LocalDate.optional(),
    }),
    answers: written,
    errors: ['DEVICE_NOT_FOUND', 'USER_NOT_FOUND'],
    changes: ['users'],
    audit: { subject: 'EmployeeCode', hide: ['FirstName', 'LastName'] },
  },
  remove: {
    name: 'DeleteUser',
    aliases: ['RemoveUser'],
    known: false,
    method: 'POST',
    summary: 'Remove a person from terminals',
    permission: 'people:write',
    input: z.object({ ...common, ...onDevices }),
    answers: written,
    errors: ['DEVICE_NOT_FOUND', 'USER_NOT_FOUND'],
    changes: ['users'],
    audit: { subject: 'EmployeeCode' },
  },
  get: {
    name: 'GetUser',
    aliases: ['GetUserInfo'],
    known: false,
    method: 'GET',
    summary: 'One person; template data only when asked for',
    permission: 'people:read',
    input: z.object({
      ...common,
      EmployeeCode,
      DeviceSN: DeviceSN.optional(),
      IncludeCredentials: z.stringbool().or(z.boolean()).default(false),
    }),
    answers: {
      200: z.object({
        User: Person.extend({
          ValidFrom: z.string().nullable(),
          ValidTo: z.string().nullable(),
          HasPassword: z.boolean(),
          Templates: z.array(
            Template.omit({ Data: true }).extend({
              Algorithm: z.string().nullable(),
              Data: z.string().nullable().describe('base64; null unless asked for and allowed'),
            }),
          ),
        }),
      }),
    },
    errors: ['USER_NOT_FOUND', 'DEVICE_NOT_FOUND'],
    changes: [],
    sensitive: personal,
  },
  list: {
    name: 'ListUsers',
    aliases: ['GetUsers', 'GetAllUsers'],
    known: false,
    method: 'GET',
    summary: 'People known at the terminals',
    permission: 'people:read',
    input: z.object({
      ...common,
      DeviceSN: DeviceSN.optional(),
      Search: z.string().trim().max(100).optional(),
      OffSet,
      Limit,
    }),
    answers: { 200: z.object({ Users: z.array(Person), ...pageAnswer }) },
    errors: ['DEVICE_NOT_FOUND', 'INVALID_CURSOR'],
    changes: [],
    sensitive: inList,
  },
  devices: {
    name: 'GetUserDevices',
    aliases: ['ListUserDevices'],
    known: false,
    method: 'GET',
    summary: 'Terminals that know a person',
    permission: 'people:read',
    input: z.object({ ...common, EmployeeCode }),
    answers: {
      200: z.object({
        Devices: z.array(
          z.object({
            DeviceSN: z.string(),
            LabelName: z.string(),
            SyncState: z.enum(['Reported', 'Pending', 'Failed']),
            SeenAt: Instant.nullable(),
          }),
        ),
      }),
    },
    errors: ['USER_NOT_FOUND'],
    changes: [],
  },
  enrollFingerprint: {
    name: 'EnrollFingerprint',
    aliases: ['AddFingerprint', 'PushFingerprint', 'UploadFingerprint'],
    known: false,
    method: 'POST',
    summary: 'Push a fingerprint template to terminals; without one: let a terminal ask for the finger',
    permission: 'people:credentials',
    input: z.object({
      ...common,
      ...onDevices,
      Template: Template.optional(),
      Finger: z.coerce
        .number<number>()
        .int()
        .min(0)
        .max(9)
        .optional()
        .describe('To be asked for; 0 left little finger to 9 right little finger'),
    }),
    answers: written,
    errors: ['DEVICE_NOT_FOUND', 'USER_NOT_FOUND', 'NOT_SUPPORTED_BY_DEVICE', 'CONSENT_MISSING'],
    changes: ['users'],
    audit: { subject: 'EmployeeCode', hide: ['Template'] },
  },
  enrollFace: {
    name: 'EnrollFace',
    aliases: ['AddFace', 'RegisterFace'],
    known: false,
    method: 'POST',
    summary: 'Push a face template or photo to terminals; with neither: let a terminal ask for the face',
    permission: 'people:credentials',
    input: z.object({
      ...common,
      ...onDevices,
      Template: Template.optional(),
      Photo: Photo.optional(),
      Keep: z
        .stringbool()
        .or(z.boolean())
        .optional()
        .describe('false: the photo is not kept as the portrait, although photos are kept'),
    }),
    answers: written,
    errors: [
      'DEVICE_NOT_FOUND',
      'USER_NOT_FOUND',
      'NOT_SUPPORTED_BY_DEVICE',
      'PHOTO_REFUSED',
      'CONSENT_MISSING',
    ],
    changes: ['users'],
    audit: { subject: 'EmployeeCode', hide: ['Template', 'Photo'] },
  },
  assignCard: {
    name: 'AssignCard',
    aliases: ['AddCard', 'SetCard'],
    known: false,
    method: 'POST',
    summary: 'Give a person a card',
    permission: 'people:credentials',
    input: z.object({
      ...common,
      ...onDevices,
      CardNumber: text(20).regex(/^\d+$/, 'must be the decimal card number'),
    }),
    answers: written,
    errors: ['DEVICE_NOT_FOUND', 'USER_NOT_FOUND', 'CREDENTIAL_REFUSED'],
    changes: ['users'],
    audit: { subject: 'EmployeeCode', hide: ['CardNumber'] },
  },
  setPassword: {
    name: 'SetPassword',
    aliases: ['SetUserPassword', 'SetPin'],
    known: false,
    method: 'POST',
    summary: "Set a person's keypad code",
    permission: 'people:credentials',
    input: z.object({
      ...common,
      ...onDevices,
      Password: z.string().regex(/^\d{1,8}$/, 'must be 1 to 8 digits'),
    }),
    answers: written,
    errors: ['DEVICE_NOT_FOUND', 'USER_NOT_FOUND', 'CREDENTIAL_REFUSED'],
    changes: ['users'],
    audit: { subject: 'EmployeeCode', hide: ['Password'] },
  },
  copy: {
    name: 'CopyUsers',
    aliases: ['TransferUsers', 'CloneUsers'],
    known: false,
    method: 'POST',
    summary: 'Copy people and templates between terminals',
    permission: 'people:write',
    input: z.object({
      ...common,
      SourceDeviceSN: DeviceSN,
      TargetDeviceSN: listOf(DeviceSN),
      EmployeeCode: listOf(EmployeeCode).optional(),
      IncludeTemplates: z.stringbool().or(z.boolean()).default(true),
    }),
    answers: { 200: z.object({ JobID: z.string() }), 409: z.object({ JobID: z.string() }) },
    errors: ['DEVICE_NOT_FOUND'],
    changes: ['users'],
    audit: { subject: 'SourceDeviceSN' },
  },
  resend: {
    name: 'ResendUser',
    aliases: ['ReSyncUser', 'SyncUser'],
    known: false,
    method: 'POST',
    summary: 'Send a person to a terminal once more',
    permission: 'people:write',
    input: z.object({ ...common, EmployeeCode, DeviceSN }),
    answers: { 200: z.object({ CommandID: z.string() }), 409: z.object({ CommandID: z.string() }) },
    errors: ['DEVICE_NOT_FOUND', 'USER_NOT_FOUND'],
    changes: ['users'],
    audit: { subject: 'EmployeeCode' },
  },
})
