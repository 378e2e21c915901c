import { z } from 'zod'
import { Certificate, Deletion, PersonRecord, UserChange, UserState } from '../../entities/people.ts'
import { Photo, Template } from '../../entities/person.ts'
import { defineOperations } from '../../operation.ts'
import {
  common,
  EmployeeCode,
  Instant,
  Limit,
  LocalDate,
  OffSet,
  pageAnswer,
  text,
} from '../../primitives.ts'

const own = { aliases: [], known: false, origin: 'own' } as const
const flag = z.stringbool().or(z.boolean())

const PeopleRules = {
  PasswordDigitsMin: z.int().min(1).max(8),
  PasswordsUnique: z.boolean().describe('No two people with the same keypad code'),
  KeepPhotos: z.boolean().describe('false: photos are turned into templates and not kept'),
  ConsentNeeded: z.boolean().describe('No template or face is taken without recorded consent'),
  RetentionDays: z
    .int()
    .min(0)
    .max(3660)
    .describe('Days after somebody has left until templates, photo and card are removed here; 0: at once'),
}

/** What people are owed: leaving for good, proof of it, consent, and a copy of what is kept. */
export const ownPeopleCare = defineOperations('users', {
  suspend: {
    ...own,
    name: 'SuspendUser',
    method: 'POST',
    summary: 'Let a person in nowhere, or not at one site, and keep everything for later',
    permission: 'people:write',
    input: z.object({
      ...common,
      EmployeeCode,
      Site: text(100).optional().describe('Absent: everywhere'),
      Reason: text(200).optional(),
    }),
    answers: { 200: z.object({ Terminals: z.int().describe('That have to be told') }) },
    errors: ['USER_NOT_FOUND'],
    changes: ['users'],
    audit: { subject: 'EmployeeCode' },
  },
  resume: {
    ...own,
    name: 'ResumeUser',
    method: 'POST',
    summary: 'Let a suspended person in again, at one site or everywhere',
    permission: 'people:write',
    input: z.object({ ...common, EmployeeCode, Site: text(100).optional() }),
    answers: { 200: z.object({ Terminals: z.int() }) },
    errors: ['USER_NOT_FOUND'],
    changes: ['users'],
    audit: { subject: 'EmployeeCode' },
  },
  offboard: {
    ...own,
    name: 'OffboardUser',
    method: 'POST',
    summary: 'Remove a leaver from every terminal; open until the last one has confirmed',
    permission: 'people:write',
    input: z.object({ ...common, EmployeeCode, Reason: text(200).optional() }),
    answers: { 200: z.object({ Deletion }) },
    errors: ['USER_NOT_FOUND'],
    changes: ['users'],
    audit: { subject: 'EmployeeCode' },
    actors: ['Actor'],
  },
  deletions: {
    ...own,
    name: 'ListDeletions',
    method: 'GET',
    summary: 'Removals with a tick per terminal, newest first',
    permission: 'people:read',
    input: z.object({
      ...common,
      EmployeeCode: EmployeeCode.optional(),
      Open: flag.optional(),
      OffSet,
      Limit,
    }),
    answers: { 200: z.object({ Deletions: z.array(Deletion), ...pageAnswer }) },
    errors: ['INVALID_CURSOR'],
    changes: [],
    actors: ['Actor'],
  },
  certificate: {
    ...own,
    name: 'GetDeletionCertificate',
    method: 'GET',
    summary: 'What was removed, from where, when and how that is known',
    permission: 'people:read',
    input: z.object({ ...common, DeletionID: text(40) }),
    answers: { 200: z.object({ Deletion, Certificate }) },
    errors: ['DELETION_NOT_FOUND', 'DELETION_OPEN'],
    changes: [],
    actors: ['Actor'],
  },
  consent: {
    ...own,
    name: 'RecordConsent',
    method: 'POST',
    summary: 'Write down that a person agrees to templates being kept, or no longer does, and until when',
    permission: 'people:write',
    input: z.object({
      ...common,
      EmployeeCode,
      Given: flag.describe('false: taken back; templates and photo are removed everywhere'),
      On: LocalDate,
      Note: text(300).default(''),
      RetainUntil: LocalDate.or(z.literal('')).optional().describe('Last day; empty: none'),
    }),
    answers: { 200: z.object({ EmployeeCode, DeletionID: z.string().nullable() }) },
    errors: ['USER_NOT_FOUND'],
    changes: ['users'],
    audit: { subject: 'EmployeeCode' },
  },
  exportData: {
    ...own,
    name: 'ExportPersonData',
    method: 'GET',
    summary: 'All that is kept of one person, for that person',
    permission: 'people:write',
    input: z.object({ ...common, EmployeeCode }),
    answers: {
      200: z.object({
        MadeAt: Instant,
        Person: PersonRecord,
        Terminals: z.array(UserState),
        Punches: z.array(
          z.object({ Time: z.string(), DeviceSN: z.string(), Direction: z.string(), Type: z.string() }),
        ),
        PunchesLeftOut: z.int().describe('Older than the newest 100,000'),
        PunchPhotos: z
          .array(z.object({ Time: z.string(), DeviceSN: z.string(), Size: z.int() }))
          .describe('Taken at terminals, without the pictures: GetAttendancePhoto answers each'),
        DoorEvents: z.array(
          z.object({ Time: z.string(), DeviceSN: z.string(), DoorNo: z.int(), Event: z.string() }),
        ),
        DoorEventsLeftOut: z.int().describe('Older than the newest 10,000'),
        Days: z
          .array(
            z.object({
              Date: z.string(),
              Status: z.string(),
              Worked: z.int(),
              Expected: z.int(),
              Overtime: z.int(),
              Late: z.int(),
              EarlyLeave: z.int(),
            }),
          )
          .describe('As last judged, in minutes'),
        Corrections: z.array(
          z.object({
            Date: z.string(),
            Kind: z.string(),
            Before: z.string().nullable(),
            After: z.string().nullable(),
            Reason: z.string(),
            Actor: z.string().nullable(),
            At: Instant,
          }),
        ),
        Leave: z.array(
          z.object({
            FromDate: z.string(),
            ToDate: z.string(),
            Kind: z.string(),
            Portion: z.string(),
            Note: z.string(),
            TakenBack: z.boolean(),
          }),
        ),
        Departments: z
          .array(z.object({ FromDate: z.string(), Name: z.string().nullable() }))
          .describe('Of the plan of attendance; each until the next'),
        Shifts: z.array(
          z.object({ FromDate: z.string(), ToDate: z.string().nullable(), Name: z.string().nullable() }),
        ),
        DoorRights: z.array(z.object({ DeviceSN: z.string(), Schedule: z.string() })),
        RollCalls: z.array(z.object({ At: Instant, State: z.string(), Note: z.string().nullable() })),
        Deletions: z.array(Deletion),
        Changes: z.array(UserChange),
        Templates: z
          .array(Template)
          .describe('Contents, for those with the right; which there are stands in Person.Credentials'),
        Photo: Photo.nullable(),
      }),
    },
    errors: ['USER_NOT_FOUND'],
    changes: [],
    audit: { subject: 'EmployeeCode' },
    sensitive: { Templates: 'people:biometrics', Photo: 'people:credentials', Card: 'people:credentials' },
    actors: ['Actor', 'RecordedBy'],
  },
  erase: {
    ...own,
    name: 'ErasePersonData',
    method: 'POST',
    summary: 'Remove a person from terminals and from here: name, card, code, templates, photo and history',
    permission: 'people:biometrics',
    input: z.object({
      ...common,
      EmployeeCode,
      Confirm: EmployeeCode.describe('The code once more'),
      Punches: z.enum(['Keep', 'Remove']).default('Keep'),
    }),
    answers: { 200: z.object({ Deletion }) },
    errors: ['USER_NOT_FOUND'],
    changes: ['users', 'attendance'],
    audit: { subject: 'EmployeeCode' },
    actors: ['Actor'],
  },
  rules: {
    ...own,
    name: 'GetPeopleRules',
    method: 'GET',
    summary: 'Rules for keypad codes, photos, consent and retention',
    permission: 'people:read',
    input: z.object(common),
    answers: { 200: z.object(PeopleRules) },
    errors: [],
    changes: [],
  },
  setRules: {
    ...own,
    name: 'SetPeopleRules',
    method: 'POST',
    summary: 'Change those rules; what is absent stays',
    permission: 'people:biometrics',
    input: z.object({
      ...common,
      PasswordDigitsMin: z.coerce.number<number>().int().min(1).max(8).optional(),
      PasswordsUnique: flag.optional(),
      KeepPhotos: flag.optional().describe('false also removes those kept'),
      ConsentNeeded: flag.optional(),
      RetentionDays: z.coerce.number<number>().int().min(0).max(3660).optional(),
    }),
    answers: { 200: z.object(PeopleRules) },
    errors: [],
    changes: ['users'],
    audit: { subject: 'KeepPhotos' },
  },
})
