import { z } from 'zod'
import { EmployeeCode, Instant } from '../primitives.ts'
import { UserType } from './person.ts'

/**
 * `Active`; `NotYet` and `Expired` by the validity; `Suspended` keeps everything but lets nobody in, at one site or
 * all; `Leaving` while a terminal still has to confirm, `Left` when the last one has.
 */
export const PersonStatus = z.enum(['Active', 'NotYet', 'Expired', 'Suspended', 'Leaving', 'Left'])

/** One row of the directory. */
export const DirectoryRow = z.object({
  EmployeeCode: EmployeeCode,
  FirstName: z.string(),
  LastName: z.string(),
  UserType: UserType.nullable().describe('null: no terminal has said, or it could not be read'),
  Department: z.string(),
  Group: z.string().describe('Name of the access level; empty: none'),
  Status: PersonStatus,
  SuspendedAt: z.array(z.string()).describe('Sites; empty with status Suspended: all of them'),
  ValidFrom: z.string().nullable().describe('Wall clock of each terminal'),
  ValidTo: z.string().nullable(),
  ExpiresInDays: z.int().nullable().describe('Days until ValidTo; null without one or once it is over'),
  Managed: z
    .boolean()
    .describe('true: what is said here is wanted everywhere; false: known only as terminals report it'),
  HasPhoto: z.boolean(),
  HasPassword: z.boolean(),
  HasCard: z.boolean(),
  Fingerprints: z.int(),
  Faces: z.int(),
  Palms: z.int(),
  Terminals: z.int().describe('Terminals this person is wanted on'),
  InStep: z.int().describe('Of those: hold what is wanted'),
  Troubles: z.int().describe('Of those: failed or blocked, so that waiting will not help'),
  LastSeenAt: Instant.nullable().describe('Newest punch'),
})

/** A credential kept here, without its content. */
export const CredentialInfo = z.object({
  CredentialID: z.string(),
  Type: z.enum([
    'Fingerprint',
    'Face',
    'Palm',
    'FingerVein',
    'Iris',
    'Retina',
    'Voice',
    'General',
    'FacePhoto',
  ]),
  Index: z.int().describe('Finger 0 to 9, left little finger to right little finger; else 0 or side'),
  Algorithm: z.string().nullable().describe('Version of the template, such as 10 or 12.0; null: not stated'),
  Duress: z.boolean(),
  Size: z.int().describe('Bytes'),
  Source: z.string().describe('Serial number of the terminal it came from; empty: sent through the API'),
  At: Instant,
})

/** Everything kept here of one person, contents of credentials and the password left out. */
export const PersonRecord = DirectoryRow.extend({
  Card: z.string().nullable(),
  Consent: z
    .object({
      Given: z.boolean(),
      On: z.string(),
      Note: z.string(),
      RecordedBy: z.string().nullable(),
    })
    .nullable()
    .describe('null: nobody has recorded any'),
  RetainUntil: z
    .string()
    .nullable()
    .describe('Day after which templates and photo are removed by themselves'),
  Credentials: z.array(CredentialInfo),
  CreatedAt: Instant.nullable(),
  ChangedAt: Instant,
})

/** Why a person is not on a terminal as wanted. `None`: nothing is wrong. */
export const ReasonCode = z.enum([
  'None',
  'Waiting',
  'Offline',
  'Sending',
  'Verifying',
  'Unconfirmed',
  'Refused',
  'Full',
  'Algorithm',
  'Unsupported',
  'Different',
  'Suspended',
  'NotYet',
  'Expired',
  'NoTemplate',
])

/**
 * `InStep`: holds what is wanted; `Pending`: under way or waiting for the terminal; `Failed`: refused, tried again at
 * NextTryAt; `Blocked`: cannot be done until something changes; `Removing`; `Removed`; `Withheld`: not wanted there at
 * the moment (suspended, not valid yet, expired), and gone from it.
 */
export const PairState = z.enum(['InStep', 'Pending', 'Failed', 'Blocked', 'Removing', 'Removed', 'Withheld'])

/** One thing a person should have on a terminal. */
export const PairItem = z.object({
  Item: z.string().describe('User, Card, Password, Photo, Right 1, Fingerprint 6, Face, ...'),
  State: z.enum(['InStep', 'Missing', 'Different', 'Extra', 'Blocked', 'Unknown']),
  Proof: z
    .enum(['None', 'Answered', 'ReadBack', 'Reported'])
    .describe(
      'Answered: the terminal said yes; ReadBack: it was asked and holds it; Reported: it said so itself',
    ),
  Reason: z.string().nullable(),
  At: Instant.nullable(),
})

/** One person on one terminal: what is wanted against what is known. */
export const UserState = z.object({
  EmployeeCode: EmployeeCode,
  FirstName: z.string(),
  LastName: z.string(),
  DeviceSN: z.string(),
  LabelName: z.string(),
  Site: z.string(),
  Online: z.boolean(),
  State: PairState,
  ReasonCode,
  Reason: z.string().nullable().describe('In words, such as: offline since 2026-03-02 09:12'),
  Since: Instant.describe('Since when it is in this state'),
  NextTryAt: Instant.nullable(),
  Attempts: z.int(),
  CommandID: z.string().nullable().describe('The order under way'),
  ConfirmedAt: Instant.nullable().describe('When the terminal last held all that was wanted'),
  ReportedAt: Instant.nullable().describe('When the terminal last spoke of this person'),
  Items: z.array(PairItem),
})

/** Somebody a terminal knows and nobody has ordered there. */
export const Orphan = z.object({
  DeviceSN: z.string(),
  LabelName: z.string(),
  Site: z.string(),
  EmployeeCode: EmployeeCode.describe('PIN at the terminal'),
  Name: z.string().describe('As that terminal has it'),
  UserType: UserType.nullable().describe('null: no terminal has said, or it could not be read'),
  Card: z.string().nullable(),
  KnownAs: z.string().nullable().describe('Name of the person with this code here; null: nobody has it'),
  ReportedAt: Instant,
})

/** The same PIN or card for what look like two people. */
export const Collision = z.object({
  Kind: z.enum(['Pin', 'Card', 'Password']),
  Value: z.string().describe('The PIN or card; covered for passwords'),
  Holders: z.array(
    z.object({
      EmployeeCode: EmployeeCode,
      Name: z.string(),
      DeviceSN: z.string().nullable(),
      LabelName: z.string().nullable(),
    }),
  ),
})

/** Somebody who may change settings at a terminal. */
export const DeviceAdministrator = z.object({
  DeviceSN: z.string(),
  LabelName: z.string(),
  Site: z.string(),
  EmployeeCode: EmployeeCode,
  Name: z.string(),
  Privilege: z.enum(['Enroller', 'Admin', 'Custom', 'SuperAdmin']),
  Wanted: z.boolean().describe('false: nobody has said so here; the terminal says it'),
  ReportedAt: Instant.nullable(),
})

/** Work over many people and terminals. */
export const PeopleJob = z.object({
  JobID: z.string(),
  Kind: z.enum(['Copy', 'Push', 'Import', 'Change', 'Resend']),
  State: z.enum(['Running', 'Done', 'DoneWithTroubles', 'Cancelled']),
  Title: z.string(),
  Total: z.int().describe('People times terminals'),
  InStep: z.int(),
  Waiting: z.int(),
  Troubles: z.int(),
  Progress: z.number().describe('0 to 100'),
  StartedAt: Instant,
  EndedAt: Instant.nullable(),
  Actor: z.string().nullable(),
  Terminals: z
    .array(
      z.object({
        DeviceSN: z.string(),
        LabelName: z.string(),
        Online: z.boolean(),
        Total: z.int(),
        InStep: z.int(),
        Troubles: z.int(),
        Reason: z.string().nullable().describe('The reason most of its rows wait or failed for'),
      }),
    )
    .describe('Empty in lists'),
})

/** What one terminal would hold after a push. */
export const Forecast = z.object({
  DeviceSN: z.string(),
  LabelName: z.string(),
  Online: z.boolean(),
  Fits: z.boolean(),
  Counts: z.array(
    z.object({
      What: z.enum(['Users', 'Fingerprints', 'Faces', 'Cards']),
      Now: z.int().nullable(),
      After: z.int().nullable(),
      Max: z.int().nullable().describe('null: the terminal has not said'),
    }),
  ),
  Warnings: z
    .array(z.string())
    .describe('Such as: 12 fingerprints of algorithm 9 cannot be read by algorithm 10'),
})

/** How it is known that a terminal no longer holds somebody. */
export const DeletionProof = z.enum(['None', 'ReadBack', 'Answered', 'NeverThere', 'DeviceRemoved'])

/** Removing a person from terminals, until the last one has confirmed. */
export const Deletion = z.object({
  DeletionID: z.string(),
  EmployeeCode: EmployeeCode,
  Scope: z
    .enum(['Terminals', 'Leaver', 'Biometrics', 'Erasure'])
    .describe(
      'Terminals: from those named; Leaver: from all; Biometrics: templates and photo; Erasure: all of it',
    ),
  State: z.enum(['Open', 'Done']),
  AskedAt: Instant,
  Actor: z.string().nullable(),
  DoneAt: Instant.nullable(),
  Terminals: z.array(
    z.object({
      DeviceSN: z.string(),
      LabelName: z.string(),
      State: z.enum(['Open', 'Confirmed', 'Unproven']),
      Proof: DeletionProof,
      At: Instant.nullable(),
      Reason: z.string().nullable(),
    }),
  ),
})

/** The end of a deletion on paper. Without the name: it outlives the person's data. */
export const Certificate = z.object({
  DeletionID: z.string(),
  IssuedAt: Instant,
  Statement: z.string(),
  Removed: z.array(z.string()).describe('What is no longer kept here, such as: 2 fingerprint templates'),
  Kept: z.array(z.string()).describe('What stays and why, such as: 312 punches, needed for pay'),
  Hash: z.string().describe('SHA-256, hex, of the deletion and these lines as canonical JSON'),
})

/** One change of one person. */
export const UserChange = z.object({
  ChangeID: z.string(),
  At: Instant,
  EmployeeCode: EmployeeCode,
  Actor: z.string().nullable(),
  What: z.string().describe('Such as Changed, Enrolled, Suspended, Found, Deleted'),
  Field: z.string().nullable(),
  From: z.string().nullable().describe('Covered for secrets'),
  To: z.string().nullable(),
})

/** What was changed, and until when it can be taken back with one call. */
export const Changed = {
  ChangeID: z.string(),
  UndoUntil: Instant,
  Changed: z.int().describe('People'),
}
