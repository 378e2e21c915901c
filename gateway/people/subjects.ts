import type { Reader } from '../store/index.ts'
import { isDecided } from '../store/schedules.ts'
import type { CredentialMeta, PersonRow, PhotoMeta, Subject } from './wanted.ts'

const metaColumns = [
  'id',
  'employee_code',
  'bio_type',
  'no',
  'idx',
  'major',
  'minor',
  'format',
  'duress',
  'source',
  'bytes',
  'mark',
  'at',
] as const

/** What is said of these people, by code, without the contents of credentials; who is unknown is absent. */
export async function loadSubjects(reader: Reader, codes: readonly string[]): Promise<Map<string, Subject>> {
  if (codes.length === 0) return new Map()
  const people: PersonRow[] = await reader
    .selectFrom('person')
    .selectAll()
    .where('employee_code', 'in', codes)
    .execute()
  const credentials: CredentialMeta[] = await reader
    .selectFrom('credential')
    .select(metaColumns)
    .where('employee_code', 'in', codes)
    .orderBy('id')
    .execute()
  const photos: PhotoMeta[] = await reader
    .selectFrom('person_photo')
    .select(['employee_code', 'type', 'bytes', 'mark', 'keep', 'as_face', 'at'])
    .where('employee_code', 'in', codes)
    .execute()
  const credentialsOf = Map.groupBy(credentials, ({ employee_code }) => employee_code)
  const photoOf = new Map(photos.map(photo => [photo.employee_code, photo]))
  return new Map(
    people.map(person => [
      person.employee_code,
      {
        person,
        credentials: credentialsOf.get(person.employee_code) ?? [],
        photo: photoOf.get(person.employee_code) ?? null,
      },
    ]),
  )
}

/**
 * Schedules that let these people in by a terminal; nobody is in the answer while it was given no schedules at all, and
 * everybody once it was, if only with none.
 */
export async function schedulesByPerson(
  reader: Reader,
  sn: string,
  codes: readonly string[],
): Promise<Map<string, number[]>> {
  const rows = await reader
    .selectFrom('access_right')
    .select(['employee_code', 'schedule_id'])
    .where('sn', '=', sn)
    .where('employee_code', 'in', codes)
    .orderBy('schedule_id')
    .execute()
  const found = new Map<string, number[]>()
  if (await isDecided(reader, sn)) for (const code of codes) found.set(code, [])
  for (const { employee_code, schedule_id } of rows)
    found.set(employee_code, [...(found.get(employee_code) ?? []), schedule_id])
  return found
}
