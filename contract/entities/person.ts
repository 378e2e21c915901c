import { z } from 'zod'
import { EmployeeCode, Instant, LocalDate, text } from '../primitives.ts'

export const UserType = z.enum(['User', 'Admin'])

/** Template item as older clients send it (cams-gateway 2.3); `Data` is base64 and secret. */
export const Template = z.object({
  Type: z.enum([
    'Fingerprint',
    'Face',
    'Palm',
    'FingerVein',
    'Iris',
    'Retina',
    'Password',
    'Card',
    'TemplatePhoto',
    'UserPhoto',
  ]),
  Index: z.coerce.number<number>().int().min(0).max(99).default(0),
  Size: z.coerce.number<number>().int().min(0).optional(),
  Data: z.string().max(4_000_000),
})

export const Photo = z.object({
  Type: z.enum(['jpg', 'jpeg', 'png']).default('jpg'),
  Size: z.coerce.number<number>().int().min(0).optional(),
  Data: z.string().max(8_000_000).describe('base64'),
})

export const Person = z.object({
  EmployeeCode: EmployeeCode,
  FirstName: z.string(),
  LastName: z.string(),
  UserType: UserType,
  Card: z.string().nullable(),
  DeviceCount: z.int().describe('Terminals that have reported this person'),
  LastSeenAt: Instant.nullable(),
})

/** Fields of AddUser and UpdateUser. */
export const personFields = {
  FirstName: text(100),
  LastName: text(100).optional(),
  UserType: UserType.default('User'),
  ValidFrom: LocalDate.optional(),
  ValidTo: LocalDate.optional(),
}

/** Result of a write on one terminal. */
export const DeviceResult = z.object({
  DeviceSN: z.string(),
  Status: z.enum(['done', 'queued', 'refused']),
  CommandID: z.string().nullable(),
  Error: z.string().nullable(),
})
