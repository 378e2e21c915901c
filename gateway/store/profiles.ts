import { type Selectable, sql } from 'kysely'
import { z } from 'zod'
import { ProfileName, type ProfileSetting, profileChoices } from '#contract/entities/profile.ts'
import { type DeviceRow, toIso } from './devices.ts'
import type { Reader, Write } from './index.ts'
import type { DeviceProfileTable } from './schema.ts'

export type ProfileSettingEntity = z.output<typeof ProfileSetting>
type Name = z.output<typeof ProfileName>
type Choices = typeof profileChoices
/** Settings with a fixed list of values. */
type ChoiceName = { [N in Name]: Choices[N] extends readonly string[] ? N : never }[Name]
type Choice<N extends ChoiceName> = Choices[N][number]

/** How a terminal speaks, as far as anything here depends on it; defaults filled in. */
export interface Profile {
  readonly flavour: Choice<'Flavour'>
  /** Undefined for UTF-8, which is always tried first. */
  readonly charset: string | undefined
  readonly language: number | null
  readonly commandDialect: Choice<'CommandDialect'>
  readonly keyStyle: Choice<'KeyStyle'>
  readonly columns: Choice<'Columns'>
  readonly verifyCodes: Choice<'VerifyCodes'>
  readonly transFlag: Choice<'TransFlag'>
  readonly handshake: Choice<'Handshake'>
  readonly doorLayout: Choice<'DoorLayout'>
  readonly relayPolarity: Choice<'RelayPolarity'>
  /** What is not a default, by key. */
  readonly kept: ReadonlyMap<string, Kept>
}

interface Kept {
  readonly value: string
  readonly edited: boolean
}

/** Something seen of a terminal that says how it speaks. */
export interface Fact {
  readonly name: Name
  /** Upload table in lower case, where it holds for one only. */
  readonly table?: string | undefined
  readonly value: string
  readonly evidence: string
}

const Column = z.record(z.string(), z.object({ value: z.string(), edited: z.boolean() }))
const defaults: { readonly [N in ChoiceName]: Choice<N> } = {
  Flavour: 'attendance',
  Acknowledgement: 'count',
  Charset: 'utf-8',
  CommandDialect: 'userinfo',
  KeyStyle: 'PIN',
  Columns: 'auto',
  VerifyCodes: 'standard',
  TransFlag: 'words',
  Handshake: 'full',
  DoorLayout: 'unlock',
  RelayPolarity: 'unknown',
}
/** Where the access flavour starts from something else (iclock-push 12.1, 12.5). */
const accessDefaults: typeof defaults = {
  ...defaults,
  CommandDialect: 'user',
  KeyStyle: 'Pin',
  DoorLayout: 'vendor',
}
const cacheMax = 1000
/** Terminals are many, ways to speak few. */
const cache = new Map<string, Profile>()

/** The profile in a device row; costs a map look-up for all but the first of a kind. */
export function readProfile(device: Pick<DeviceRow, 'profile'>): Profile {
  const known = cache.get(device.profile)
  if (known) return known
  const kept = new Map(Object.entries(Column.parse(JSON.parse(device.profile))))
  const flavour = choiceIn(kept, 'Flavour', defaults)
  const base = flavour === 'access' ? accessDefaults : defaults
  const charset = choiceIn(kept, 'Charset', base)
  const language = kept.get('Language')?.value
  const profile: Profile = {
    flavour,
    charset: charset === 'utf-8' ? undefined : charset,
    language: language === undefined ? null : Number(language),
    commandDialect: choiceIn(kept, 'CommandDialect', base),
    keyStyle: choiceIn(kept, 'KeyStyle', base),
    columns: choiceIn(kept, 'Columns', base),
    verifyCodes: choiceIn(kept, 'VerifyCodes', base),
    transFlag: choiceIn(kept, 'TransFlag', base),
    handshake: choiceIn(kept, 'Handshake', base),
    doorLayout: choiceIn(kept, 'DoorLayout', base),
    relayPolarity: choiceIn(kept, 'RelayPolarity', base),
    kept,
  }
  if (cache.size >= cacheMax) cache.clear()
  cache.set(device.profile, profile)
  return profile
}

/**
 * How uploads of one table are acknowledged: its own style, else that of the terminal, but what a person said of the
 * terminal outweighs what was learned of the table (iclock-push 6.3).
 */
export function ackStyleOf(profile: Profile, table: string): Choice<'Acknowledgement'> {
  const general = profile.kept.get('Acknowledgement')
  const own = profile.kept.get(keyOf('Acknowledgement', table))
  const chosen = own !== undefined && (own.edited || !general?.edited) ? own : general
  const value = chosen?.value ?? defaults.Acknowledgement
  return isChoice('Acknowledgement', value) ? value : defaults.Acknowledgement
}

/** True when somebody has said so, and learning therefore may not. */
export function isEdited(profile: Profile, name: Name, table?: string): boolean {
  return profile.kept.get(keyOf(name, table))?.edited ?? false
}

/** Those facts that would change something: not known yet or otherwise, and not overruled by a person. */
export function news(profile: Profile, facts: readonly Fact[]): Fact[] {
  return facts.filter(({ name, table, value }) => {
    const known = profile.kept.get(keyOf(name, table))
    return known === undefined || (!known.edited && known.value !== value)
  })
}

/** Keeps what was learned, unless a person has said otherwise. */
export function learnFacts(write: Write, sn: string, facts: readonly Fact[], at: number): Promise<void> {
  return changeProfile(write, sn, async () => {
    for (const { name, table, value, evidence } of facts)
      await write
        .insertInto('device_profile')
        .values({ sn, name: keyOf(name, table), value, source: 'learned', evidence, at })
        .onConflict(conflict =>
          conflict
            .columns(['sn', 'name'])
            .doUpdateSet({ value, evidence, at })
            .where('device_profile.source', '=', 'learned'),
        )
        .execute()
  })
}

/** Keeps what a person said; it holds until taken back. */
export function editSetting(write: Write, sn: string, fact: Fact, at: number): Promise<void> {
  const { name, table, value, evidence } = fact
  return changeProfile(write, sn, async () => {
    await write
      .insertInto('device_profile')
      .values({ sn, name: keyOf(name, table), value, source: 'edited', evidence, at })
      .onConflict(conflict =>
        conflict.columns(['sn', 'name']).doUpdateSet({ value, source: 'edited', evidence, at }),
      )
      .execute()
  })
}

/** Forgets a setting, so that it is the default until it is learned anew. */
export function forgetSetting(
  write: Write,
  sn: string,
  name: Name,
  table: string | undefined,
): Promise<void> {
  return changeProfile(write, sn, async () => {
    await write
      .deleteFrom('device_profile')
      .where('sn', '=', sn)
      .where('name', '=', keyOf(name, table))
      .execute()
  })
}

/** When a setting was last learned or said; null while it is a default. */
export async function settledAt(
  reader: Reader,
  sn: string,
  name: Name,
  table: string | undefined,
): Promise<number | null> {
  const row = await reader
    .selectFrom('device_profile')
    .select('at')
    .where('sn', '=', sn)
    .where('name', '=', keyOf(name, table))
    .executeTakeFirst()
  return row?.at ?? null
}

/** Every setting of a terminal in the order of the contract, those of single tables behind the general one. */
export async function profileSettings(reader: Reader, device: DeviceRow): Promise<ProfileSettingEntity[]> {
  const rows = await reader
    .selectFrom('device_profile')
    .selectAll()
    .where('sn', '=', device.sn)
    .orderBy('name')
    .execute()
  const base = readProfile(device).flavour === 'access' ? accessDefaults : defaults
  return ProfileName.options.flatMap(name => {
    const own = rows.filter(row => row.name === name || row.name.startsWith(`${name}:`))
    const general = own.find(row => row.name === name)
    const standard = name === 'TimeZone' ? device.zone : name === 'Language' ? '' : base[name]
    const first = { Name: name, Table: null, Choices: choicesOf(name) }
    return [
      general
        ? { ...first, ...stated(general) }
        : { ...first, Value: standard, Source: 'Default' as const, Evidence: null, At: null },
      ...own
        .filter(row => row !== general)
        .map(row => ({ ...first, Table: row.name.slice(name.length + 1), ...stated(row) })),
    ]
  })
}

/** What a setting may be, or null where any value of its kind will do. */
export function choicesOf(name: Name): string[] | null {
  const choices = profileChoices[name]
  return choices === null ? null : [...choices]
}

function stated(
  row: Selectable<DeviceProfileTable>,
): Pick<ProfileSettingEntity, 'Value' | 'Source' | 'Evidence' | 'At'> {
  return {
    Value: row.value,
    Source: row.source === 'edited' ? 'Edited' : 'Learned',
    Evidence: row.evidence,
    At: toIso(row.at),
  }
}

/** One change at a time per terminal; the columns that requests read follow in the same transaction. */
async function changeProfile(write: Write, sn: string, change: () => Promise<void>): Promise<void> {
  // Locks the row in PostgreSQL; SQLite has one writer anyway.
  await sql`update device set profile = profile where sn = ${sn}`.execute(write)
  await change()
  const rows = await write.selectFrom('device_profile').selectAll().where('sn', '=', sn).execute()
  const kept = Object.fromEntries(
    rows.map(({ name, value, source }) => [name, { value, edited: source === 'edited' }]),
  )
  const zone = kept.TimeZone?.value
  await write
    .updateTable('device')
    .set({
      profile: JSON.stringify(kept),
      flavour: kept.Flavour?.value ?? null,
      ...(zone === undefined ? {} : { zone }),
    })
    .where('sn', '=', sn)
    .execute()
}

function keyOf(name: Name, table?: string): string {
  return table === undefined ? name : `${name}:${table}`
}

/** A value this build does not know, from a newer one, counts as none. */
function choiceIn<N extends ChoiceName>(
  kept: ReadonlyMap<string, Kept>,
  name: N,
  base: { readonly [M in N]: Choice<M> },
): Choice<N> {
  const value = kept.get(name)?.value
  return value !== undefined && isChoice(name, value) ? value : base[name]
}

function isChoice<N extends ChoiceName>(name: N, value: string): value is Choice<N> {
  const choices: readonly string[] = profileChoices[name]
  return choices.includes(value)
}
