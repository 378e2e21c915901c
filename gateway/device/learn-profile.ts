import { isUtf8 } from 'node:buffer'
import type { DeviceRow } from '../store/devices.ts'
import { type Fact, type Profile, readProfile } from '../store/profiles.ts'
import { flavourOf } from './protocol/access/flavour.ts'
import type { ParsedPunch } from './protocol/attendance/attlog.ts'
import { languageName } from './protocol/codes.ts'
import { quirksOf } from './protocol/known-models.ts'
import { escapeForLog } from './protocol/query.ts'
import { decodeText } from './protocol/text.ts'
import type { KnownRequest } from './routes.ts'

/**
 * What a request gives away by its line alone. A handshake that names the flavour and endpoints only access terminals
 * know are proof; an attendance table decides only where nothing is known, because some access firmware keeps posting
 * them (iclock-push 1).
 */
export function factsOfRequest(profile: Profile, request: KnownRequest): Fact[] {
  const facts: Fact[] = []
  const handshake = request.cdata?.kind === 'handshake' ? request.cdata : null
  const flavour = flavourOf(request)
  const isProof = handshake !== null || flavour === 'access'
  if (flavour !== null && (isProof || !profile.kept.has('Flavour')))
    facts.push({ name: 'Flavour', value: flavour, evidence: flavourEvidence(request, handshake?.deviceType) })
  if (handshake !== null && handshake.language !== null && handshake.language >= 0)
    facts.push({
      name: 'Language',
      value: String(handshake.language),
      evidence: `language=${handshake.language} in its handshake (${languageName(handshake.language) ?? 'unknown'})`,
    })
  return facts
}

/** What the model is known for, and its language where no handshake has said it. `told` is everything it has said about itself. */
export function factsOfOptions(device: DeviceRow, told: Readonly<Record<string, string>>): Fact[] {
  const { flavour, language } = readProfile(device)
  const quirks = quirksOf({
    model: told.DeviceName ?? device.model ?? undefined,
    firmware: told.FWVersion ?? told.FirmVer ?? device.firmware ?? undefined,
    pushVersion: told.PushVersion,
    flavour,
  })
  const facts: Fact[] = quirks.map(({ name, table, value, source }) => ({
    name,
    value,
    ...(table === undefined ? {} : { table }),
    evidence: `It calls itself ${escapeForLog(told.DeviceName ?? told.FWVersion ?? told.FirmVer ?? '')}; ${source}`,
  }))
  if (language === null && /^\d{1,3}$/.test(told.Language ?? ''))
    facts.push({
      name: 'Language',
      value: String(Number(told.Language)),
      evidence: `Language=${told.Language} among its options`,
    })
  return facts
}

/** Meaning of the columns, from the first punch of an upload; nothing where it could be either. */
export function factsOfPunches(profile: Profile, punches: readonly ParsedPunch[]): Fact[] {
  const [first] = punches
  if (first === undefined || profile.kept.has('Columns')) return []
  if (first.door !== null || first.event !== null || first.index !== null)
    return [
      { name: 'Columns', value: 'keyed', evidence: 'Lines of name=value under ATTLOG, as an F22 writes' },
    ]
  if (first.offsetSeconds !== null)
    return [
      {
        name: 'Columns',
        value: 'standard',
        evidence: `Column 11 holds an offset, ${first.offsetSeconds} seconds`,
      },
    ]
  const columns = first.raw.split('\t').length
  if (columns < tftColumnsMin) return []
  return [{ name: 'Columns', value: 'tft', evidence: `${columns} columns, job and tip codes among them` }]
}

/** How it spells the key of a person, from its own user rows: what it writes, it reads. */
export function factsOfPeople(profile: Profile, body: Buffer): Fact[] {
  if (profile.kept.has('KeyStyle') || !body.includes('USER Pin=')) return []
  return [{ name: 'KeyStyle', value: 'Pin', evidence: 'Its user rows say Pin=' }]
}

/** The charset of text that is not UTF-8, where the language of the terminal tells it (iclock-push 2.3). */
export function factsOfText(profile: Profile, table: string, body: Buffer): Fact[] {
  const charset = profile.language === null ? undefined : charsetOfLanguage.get(profile.language)
  if (charset === undefined || profile.kept.has('Charset') || isUtf8(body)) return []
  if (decodeText(body, { charset }).decoding !== 'profile') return []
  const language = `${profile.language} (${languageName(profile.language)})`
  const evidence = `Text in ${table} that is not UTF-8 and reads as ${charset}, while its language is ${language}`
  return [{ name: 'Charset', value: charset, evidence }]
}

/** What a refusal says: the other table for people, the other way to open a door (iclock-push 7, 8, 12.10). */
export function factsOfResult(profile: Profile, kind: string, returnCode: number): Fact[] {
  const answered = (what: string) => `${what} was answered ${returnCode}`
  if (kind.startsWith('user.') && wrongTable.has(returnCode)) {
    const value = profile.commandDialect === 'userinfo' ? 'user' : 'userinfo'
    return [{ name: 'CommandDialect', value, evidence: answered(`A write to ${profile.commandDialect}`) }]
  }
  // Access terminals mean other things by these numbers, and AC_UNLOCK knows no door number.
  if (profile.flavour === 'access') return []
  if (kind === 'door.open' && unknownCommand.has(returnCode)) {
    const isUnlock = profile.doorLayout === 'unlock'
    const value = isUnlock ? 'vendor' : 'unlock'
    return [{ name: 'DoorLayout', value, evidence: answered(isUnlock ? 'AC_UNLOCK' : 'CONTROL DEVICE') }]
  }
  return []
}

const tftColumnsMin = 16
const charsetOfLanguage: ReadonlyMap<number, string> = new Map([
  [83, 'gbk'],
  [66, 'windows-1256'],
])
/** −629 wrong table name, −100 no such table, −1004 not for this configuration. */
const wrongTable: ReadonlySet<number> = new Set([-629, -100, -1004])
/** −22 and −13 no such command, −1002 and −708 unsupported. */
const unknownCommand: ReadonlySet<number> = new Set([-22, -13, -1002, -708])

function flavourEvidence(request: KnownRequest, deviceType: string | null | undefined): string {
  if (deviceType) return `DeviceType=${escapeForLog(deviceType)} in its handshake`
  const table = request.query.get('table')
  return table ? `It uploads the table ${escapeForLog(table)}` : `It calls ${request.endpoint}`
}
