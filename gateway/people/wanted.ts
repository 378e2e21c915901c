import type { Selectable } from 'kysely'
import type { z } from 'zod'
import type { ReasonCode } from '#contract/entities/people.ts'
import type { PersonTable } from '../store/schema.ts'
import type { CredentialTable, PersonPhotoTable } from '../store/schema-people.ts'
import { localAt, plannedInstant, shiftSeconds } from '../time/zone.ts'
import { type Abilities, fitsAlgorithm } from './abilities.ts'
import { bioItem, itemName, typeName, visibleFace } from './bio-types.ts'
import type { Mark } from './marks.ts'

export type PersonRow = Selectable<PersonTable>
export type CredentialMeta = Omit<Selectable<CredentialTable>, 'content'>
export type PhotoMeta = Omit<Selectable<PersonPhotoTable>, 'content'>
export type Reason = z.output<typeof ReasonCode>

/** Everything said of one person that terminals may hold, without contents. */
export interface Subject {
  readonly person: PersonRow
  readonly credentials: readonly CredentialMeta[]
  readonly photo: PhotoMeta | null
}

/** The fields of a person's own row, as a terminal is to have them. */
export interface WantedFields {
  readonly name: string
  /** 0 user, 14 administrator; null: left as it is on the terminal. */
  readonly privilege: number | null
  /** null: left as it is on the terminal. */
  readonly card: string | null
  readonly validFrom: string | null
  readonly validTo: string | null
  readonly passwordMark: string | null
}

export interface WantedItem {
  readonly item: string
  readonly mark: string
}

export interface BlockedItem {
  readonly item: string
  readonly code: Reason
  readonly reason: string
}

/** What one terminal should hold of one person at this moment. */
export interface Wanted {
  /** false: nothing of the person. */
  readonly present: boolean
  /** Why not, or why without access. */
  readonly code: Reason
  readonly reason: string | null
  readonly fields: WantedFields
  readonly items: readonly WantedItem[]
  readonly blocked: readonly BlockedItem[]
  /** When this has to be looked at again because a day comes or goes; null: never by itself. */
  readonly changesAt: number | null
}

/** The schedule every terminal has of its own, all day long; for those that were given none, where only it decides. */
const always = 1

/** A validity long over, for terminals that keep somebody whom they must not let in. */
const over = '2000-01-02'

/**
 * What a terminal should hold of a person: the row, rights on access terminals, and every template and photo it can
 * use. Who is suspended, not valid yet or no more is kept off terminals that cannot end a validity themselves. Once a
 * terminal has schedules of ours (`schedules` is not null), nobody is let in who is in none of them.
 */
export function wantedOn(
  { person, credentials, photo }: Subject,
  device: Abilities,
  about: { readonly now: number; readonly mark: Mark; readonly schedules: readonly number[] | null },
): Wanted {
  const local = localAt(about.now, device.zone).local
  const suspended = isSuspendedAt(person, device.site)
  const time = timing(person, device, local)
  const isOut = suspended || time.code !== 'None'
  const code: Reason = suspended ? 'Suspended' : time.code
  const reason = suspended ? 'Suspended' : time.words
  const keepsRow = device.keepsValidity || !isOut
  const name = `${person.first_name} ${person.last_name}`.trim()
  const fields: WantedFields = {
    name,
    privilege: person.privilege,
    card: person.card,
    passwordMark: person.password_mark,
    ...(device.keepsValidity
      ? suspended && !device.isAccess
        ? { validFrom: null, validTo: over }
        : { validFrom: person.valid_from, validTo: person.valid_to }
      : { validFrom: null, validTo: null }),
  }
  const none = { fields, items: [], blocked: [], changesAt: device.keepsValidity ? null : time.changesAt }
  if (!keepsRow || person.status !== 'active') return { ...none, present: false, code, reason }
  const items: WantedItem[] = [{ item: 'user', mark: about.mark('user', JSON.stringify(fields)) }]
  if (device.isAccess && !suspended)
    for (const schedule of about.schedules ?? [always])
      for (const door of doorsInRows(device))
        items.push({
          item: `right:${schedule}${door}`,
          mark: about.mark('right', `${schedule}${door}/${device.doors}`),
        })
  const blocked: BlockedItem[] = []
  const chosen = new Map<string, CredentialMeta>()
  for (const credential of credentials) {
    const refusal = refusalOf(credential, device)
    const item = bioItem(credential)
    if (refusal === null) chosen.set(item, credential)
    else if (!chosen.has(item)) blocked.push({ item, ...refusal })
  }
  for (const [item, { mark }] of chosen) items.push({ item, mark })
  // A photo sent to be a face makes a new one; any other only where there is none.
  const hasFace = [...chosen.values()].some(
    ({ bio_type, at }) => bio_type === visibleFace && (photo?.as_face !== 1 || at >= photo.at),
  )
  if (photo && device.takesPhoto && !hasFace) items.push({ item: 'photo', mark: photo.mark })
  return {
    present: true,
    code,
    reason,
    fields,
    items,
    blocked: blocked.filter(({ item }) => !chosen.has(item) && !coveredByPhoto(item, items)),
    changesAt: device.keepsValidity ? null : time.changesAt,
  }
}

/** Some terminals want one door in a row, others all of them as a mask (iclock-push 12.1). */
function doorsInRows({ access, doors }: Abilities): string[] {
  if (access.oneDoorPerRow !== true) return ['']
  return Array.from({ length: doors }, (_, index) => `:${index + 1}`)
}

/** The photo becomes a face of the terminal's own algorithm, so an unreadable face template is no loss. */
function coveredByPhoto(item: string, items: readonly WantedItem[]): boolean {
  return item.startsWith(`bio:${visibleFace}:`) && items.some(other => other.item === 'photo')
}

function refusalOf(credential: CredentialMeta, device: Abilities): Omit<BlockedItem, 'item'> | null {
  const name = typeName(credential.bio_type).toLowerCase()
  if (device.supports(credential.bio_type) === false)
    return { code: 'Unsupported', reason: `This terminal takes no ${name} of this kind` }
  const algorithm = device.algorithm(credential.bio_type)
  if (!fitsAlgorithm(credential.major, algorithm))
    return {
      code: 'Algorithm',
      reason: `${itemName(bioItem(credential))} is of algorithm ${credential.major}, the terminal has ${algorithm}`,
    }
  return null
}

/** Whether a person is let in nowhere, or not at this site. */
export function isSuspendedAt(person: Pick<PersonRow, 'suspended'>, site: string): boolean {
  if (person.suspended === null) return false
  return person.suspended === '*' || suspendedSites(person).includes(site)
}

/** The sites that do not let a person in; none where all do, or none does. */
export function suspendedSites({ suspended }: Pick<PersonRow, 'suspended'>): string[] {
  if (suspended === null || suspended === '*') return []
  const sites: unknown = JSON.parse(suspended)
  return Array.isArray(sites) ? sites.filter(site => typeof site === 'string') : []
}

function timing(
  person: Pick<PersonRow, 'valid_from' | 'valid_to'>,
  device: Pick<Abilities, 'zone'>,
  local: string,
): { code: Reason; words: string | null; changesAt: number | null } {
  const from = firstSecond(person.valid_from)
  const to = lastSecond(person.valid_to)
  if (from !== null && local < from)
    return { code: 'NotYet', words: `Not valid before ${from}`, changesAt: plannedInstant(from, device.zone) }
  if (to !== null && local > to) return { code: 'Expired', words: `Not valid since ${to}`, changesAt: null }
  const changesAt = to === null ? null : plannedInstant(shiftSeconds(to, 1), device.zone)
  return { code: 'None', words: null, changesAt }
}

/** The first second of a validity that may be a day. */
export function firstSecond(local: string | null): string | null {
  return local === null ? null : local.length === 10 ? `${local} 00:00:00` : filled(local)
}

/** The last second of a validity that may be a day. */
export function lastSecond(local: string | null): string | null {
  return local === null ? null : local.length === 10 ? `${local} 23:59:59` : filled(local)
}

function filled(local: string): string {
  const text = local.replace('T', ' ')
  return text.length === 16 ? `${text}:00` : text
}
