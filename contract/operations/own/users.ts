import { z } from 'zod'
import { DoorEvent } from '../../entities/door.ts'
import { Changed, DirectoryRow, PersonRecord, PersonStatus, UserChange } from '../../entities/people.ts'
import { Photo, UserType } from '../../entities/person.ts'
import { defineOperations } from '../../operation.ts'
import {
  common,
  DeviceSN,
  EmployeeCode,
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
const flag = z.stringbool().or(z.boolean())
/** Absent stays as it is; empty clears. */
const orEmpty = LocalDate.or(z.literal(''))
const names = { FirstName: 'people:read', LastName: 'people:read' } as const

/** What may be said of one person or of many at once. */
const changeable = {
  Department: text(100).optional(),
  Group: text(100).optional().describe('Access level; empty: none'),
  UserType: UserType.optional(),
  ValidFrom: orEmpty.optional(),
  ValidTo: orEmpty.optional(),
}

export const ownUsers = defineOperations('users', {
  directory: {
    ...own,
    name: 'ListDirectory',
    method: 'GET',
    summary: 'People with department, status, credentials and how their terminals stand',
    permission: 'people:read',
    input: z.object({
      ...common,
      Search: z.string().trim().max(100).optional().describe('In name, code and department'),
      Department: text(100).optional(),
      Group: text(100).optional(),
      Status: listOf(PersonStatus).optional(),
      UserType: UserType.optional().describe('Admin: whom some terminal lets into its menu'),
      DeviceSN: DeviceSN.optional().describe('Wanted on or reported by this terminal'),
      ExpiresWithinDays: z.coerce.number<number>().int().min(0).max(366).optional(),
      IdleDays: z.coerce
        .number<number>()
        .int()
        .min(1)
        .max(3660)
        .optional()
        .describe('Only who could go in and has not punched anywhere for so many days'),
      Trouble: flag.optional().describe('true: only whom some terminal does not hold as wanted'),
      Without: z
        .enum(['Card', 'Fingerprint', 'Face', 'Photo', 'Password', 'Credential', 'Terminal'])
        .optional(),
      Sort: z.enum(['Code', 'Name', 'Department', 'LastChanged']).default('Code'),
      Order: newestFirst.unwrap().default('asc'),
      OffSet,
      Limit,
    }),
    answers: { 200: z.object({ People: z.array(DirectoryRow), ...pageAnswer }) },
    errors: ['DEVICE_NOT_FOUND', 'INVALID_CURSOR'],
    changes: [],
    sensitive: names,
  },
  facets: {
    ...own,
    name: 'CountDirectory',
    method: 'GET',
    summary: 'How many people there are by department, access level and status',
    permission: 'people:read',
    input: z.object(common),
    answers: {
      200: z.object({
        Total: z.int(),
        Departments: z.array(z.object({ Name: z.string(), Count: z.int() })),
        Groups: z.array(z.object({ Name: z.string(), Count: z.int() })),
        Statuses: z.array(z.object({ Name: PersonStatus, Count: z.int() })),
        ExpiresWithin7Days: z.int(),
        Troubles: z.int().describe('People some terminal does not hold as wanted'),
        OpenDeletions: z.int(),
        Orphans: z.int(),
        Collisions: z.int(),
      }),
    },
    errors: [],
    changes: [],
  },
  record: {
    ...own,
    name: 'GetPersonRecord',
    method: 'GET',
    summary: 'Everything kept of one person but the contents of credentials',
    permission: 'people:read',
    input: z.object({ ...common, EmployeeCode }),
    answers: { 200: z.object({ Person: PersonRecord }) },
    errors: ['USER_NOT_FOUND'],
    changes: [],
    sensitive: { ...names, Card: 'people:credentials', Consent: 'people:write' },
    actors: ['RecordedBy'],
  },
  save: {
    ...own,
    name: 'SavePerson',
    method: 'POST',
    summary: 'Create a person or change what is said of one, on no terminal in particular',
    permission: 'people:write',
    input: z.object({
      ...common,
      EmployeeCode,
      FirstName: text(100).optional(),
      LastName: text(100).optional(),
      ...changeable,
      Create: flag.default(false).describe('true: refuse a code that somebody has'),
    }),
    answers: { 200: z.object({ ...Changed, Person: DirectoryRow }) },
    errors: ['USER_NOT_FOUND', 'USER_EXISTS', 'INVALID_DATE'],
    changes: ['users'],
    audit: { subject: 'EmployeeCode', hide: ['FirstName', 'LastName'] },
  },
  bulk: {
    ...own,
    name: 'ChangeUsers',
    method: 'POST',
    summary: 'Change the same fields of many people',
    permission: 'people:write',
    input: z.object({ ...common, EmployeeCode: listOf(EmployeeCode), ...changeable }),
    answers: { 200: z.object(Changed) },
    errors: ['USER_NOT_FOUND', 'INVALID_DATE'],
    changes: ['users'],
    audit: { subject: 'EmployeeCode' },
  },
  undo: {
    ...own,
    name: 'UndoUserChange',
    method: 'POST',
    summary: 'Take a change back: everything it touched is as it was before, unless changed again since',
    permission: 'people:write',
    input: z.object({ ...common, ChangeID: text(40) }),
    answers: {
      200: z.object({
        Restored: z.int().describe('People'),
        Skipped: z.array(EmployeeCode).describe('Changed again since; left alone'),
      }),
    },
    errors: ['CHANGE_NOT_FOUND', 'TOO_LATE'],
    changes: ['users'],
    audit: { subject: 'ChangeID' },
  },
  changes: {
    ...own,
    name: 'ListUserChanges',
    method: 'GET',
    summary: 'Who changed what of people, from what to what',
    permission: 'people:read',
    input: z.object({ ...common, EmployeeCode: EmployeeCode.optional(), OffSet, Limit, Order: newestFirst }),
    answers: { 200: z.object({ Changes: z.array(UserChange), ...pageAnswer }) },
    errors: ['INVALID_CURSOR'],
    changes: [],
    sensitive: { From: 'people:read', To: 'people:read' },
    actors: ['Actor'],
  },
  doorEvents: {
    ...own,
    name: 'ListUserDoorEvents',
    method: 'GET',
    summary: 'What one person did at doors, newest first',
    permission: 'attendance:identify',
    input: z.object({ ...common, EmployeeCode, FromDate: LocalDate, ToDate: LocalDate, OffSet, Limit }),
    answers: { 200: z.object({ Events: z.array(DoorEvent), ...pageAnswer }) },
    errors: ['INVALID_DATE', 'INVALID_CURSOR'],
    changes: [],
    actors: ['Actor'],
  },
  import: {
    ...own,
    name: 'ImportUsers',
    method: 'POST',
    summary: 'Create and change people from rows; a dry run says what each would do and writes nothing',
    permission: 'people:write',
    input: z.object({
      ...common,
      Rows: z
        .array(z.record(z.string(), z.string().max(500)))
        .min(1)
        .max(5000)
        .describe(
          'Columns already mapped: EmployeeCode, FirstName, LastName, Name, Department, Group, UserType, ValidFrom, ValidTo, Card, Password',
        ),
      DryRun: flag.default(true),
      SkipBad: flag.default(false).describe('Take the good rows although others are bad'),
      DeviceSN: listOf(DeviceSN).optional().describe('Put them on these terminals too'),
    }),
    answers: {
      200: z.object({
        Rows: z.array(
          z.object({
            Row: z.int().describe('From 1, as sent'),
            EmployeeCode: z.string(),
            Outcome: z.enum(['Create', 'Change', 'Same', 'Bad']),
            Changes: z.array(z.string()).describe('Field: from to to'),
            Errors: z.array(z.object({ Field: z.string(), Message: z.string() })),
          }),
        ),
        Creates: z.int(),
        Updates: z.int(),
        Same: z.int(),
        Bad: z.int(),
        Written: z.boolean(),
        ChangeID: z.string().nullable(),
        JobID: z.string().nullable(),
      }),
    },
    errors: ['DEVICE_NOT_FOUND'],
    changes: ['users'],
    audit: { subject: 'DeviceSN', hide: ['Rows'] },
  },
  photo: {
    ...own,
    name: 'GetUserPhoto',
    method: 'GET',
    summary: 'The portrait of a person; looking at it is on record',
    permission: 'people:credentials',
    input: z.object({ ...common, EmployeeCode }),
    answers: { 200: z.object({ Photo, At: Instant }) },
    errors: ['USER_NOT_FOUND', 'PHOTO_NOT_FOUND'],
    changes: [],
    audit: { subject: 'EmployeeCode' },
  },
  setPhoto: {
    ...own,
    name: 'SetUserPhoto',
    method: 'POST',
    summary: 'Keep a portrait of a person, where photos are kept at all; without Photo: remove it',
    permission: 'people:credentials',
    input: z.object({ ...common, EmployeeCode, Photo: Photo.optional() }),
    answers: { 200: z.object({ EmployeeCode, HasPhoto: z.boolean() }) },
    errors: ['USER_NOT_FOUND', 'PHOTO_REFUSED', 'PHOTOS_NOT_KEPT'],
    changes: ['users'],
    audit: { subject: 'EmployeeCode', hide: ['Photo'] },
  },
})
