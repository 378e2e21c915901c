import { createHash } from 'node:crypto'
import type { GatewayDeps } from '../deps.ts'
import { findDevice } from '../store/devices.ts'
import type { Reader, Write } from '../store/index.ts'
import { abilitiesOf } from './abilities.ts'
import { startJob } from './jobs.ts'
import { type Mark, readMarker } from './marks.ts'
import { loadSubjects, schedulesByPerson } from './subjects.ts'
import { wantOn } from './want.ts'
import { wantedOn } from './wanted.ts'

type Deps = Pick<GatewayDeps, 'clock' | 'config' | 'log'>

const codesAtOnce = 500

/** Everybody a terminal has told of, and everybody wanted there. */
export async function peopleOn(reader: Reader, sn: string): Promise<string[]> {
  const reported = await reader
    .selectFrom('person_device')
    .innerJoin('person', 'person.employee_code', 'person_device.employee_code')
    .select('person_device.employee_code')
    .where('sn', '=', sn)
    .where('status', '=', 'active')
    .execute()
  const wanted = await reader
    .selectFrom('person_wanted')
    .select('employee_code')
    .where('sn', '=', sn)
    .where('wanted', '=', 1)
    .execute()
  return [...new Set([...reported, ...wanted].map(row => row.employee_code))].sort()
}

/** From now on the records here decide: whoever was only reported by terminals is theirs no more. */
export async function manage(write: Write, codes: readonly string[]): Promise<void> {
  for (let from = 0; from < codes.length; from += 500)
    await write
      .updateTable('person')
      .set({ managed: 1 })
      .where('employee_code', 'in', codes.slice(from, from + 500))
      .where('managed', '=', 0)
      .execute()
}

/**
 * Everybody of one terminal is wanted on the one that takes its place, and on the old one nobody is any more: it is
 * broken, and what it holds is neither asked for nor proven again. In the caller's transaction; answers whom.
 */
export async function takeOverPeople(
  deps: Deps,
  write: Write,
  { from, to, actor }: { readonly from: string; readonly to: string; readonly actor: string | null },
): Promise<string[]> {
  const codes = await peopleOn(write, from)
  if (codes.length > 0) {
    await manage(write, codes)
    const pairs = []
    for (let at = 0; at < codes.length; at += codesAtOnce)
      pairs.push(...(await wantOn(deps, write, codes.slice(at, at + codesAtOnce), [to])))
    const title = `${codes.length} people from ${from} to ${to}, which takes its place`
    await startJob(write, { kind: 'Copy', title, actor, at: deps.clock.now() }, pairs)
  }
  await write.deleteFrom('person_wanted').where('sn', '=', from).where('wanted', '=', 1).execute()
  return codes
}

/** How many people, or things of theirs, and a digest over who and what: equal digests are equal lists. */
export interface PeopleProof {
  readonly count: number
  /** SHA-256 over one line for each, in order, hex. */
  readonly hash: string
}

export interface TerminalProof {
  readonly people: { readonly wanted: PeopleProof; readonly held: PeopleProof }
  readonly templates: { readonly wanted: PeopleProof; readonly held: PeopleProof }
}

/**
 * What one terminal should hold against what it is known to hold: of people only what was read back from it or told by
 * it counts; of templates and photos also what it has answered with yes, for not every firmware can be asked for them.
 * `only`: of these people.
 */
export async function proveTerminal(
  deps: Pick<GatewayDeps, 'clock' | 'config'>,
  reader: Reader,
  sn: string,
  only: readonly string[] | null = null,
): Promise<TerminalProof> {
  const device = await findDevice(reader, sn)
  const rows = await reader
    .selectFrom('person_wanted')
    .select('employee_code')
    .where('sn', '=', sn)
    .where('wanted', '=', 1)
    .orderBy('employee_code')
    .execute()
  const asked = only === null ? null : new Set(only)
  const codes = rows.map(({ employee_code }) => employee_code).filter(code => asked?.has(code) ?? true)
  const mark = await readMarker(deps, reader)
  const people = { wanted: [] as string[], held: [] as string[] }
  const templates = { wanted: [] as string[], held: [] as string[] }
  for (let at = 0; device !== undefined && at < codes.length; at += codesAtOnce) {
    const some = codes.slice(at, at + codesAtOnce)
    for (const { code, item, mark: one } of await wantedItems(deps, reader, device, some, mark))
      (item === 'user' ? people : templates).wanted.push(`${code} ${item} ${one}`)
    const held = await reader
      .selectFrom('person_item')
      .select(['employee_code', 'item', 'mark', 'proof'])
      .where('sn', '=', sn)
      .where('employee_code', 'in', some)
      .where(({ or, eb }) =>
        or([eb('item', '=', 'user'), eb('item', '=', 'photo'), eb('item', 'like', 'bio:%')]),
      )
      .execute()
    for (const { employee_code, item, mark: one, proof } of held) {
      if (item !== 'user') templates.held.push(`${employee_code} ${item} ${one}`)
      else if (proof === 'ReadBack' || proof === 'Reported') people.held.push(`${employee_code} user ${one}`)
    }
  }
  return {
    people: { wanted: proofOf(people.wanted), held: proofOf(people.held) },
    templates: { wanted: proofOf(templates.wanted), held: proofOf(templates.held) },
  }
}

async function wantedItems(
  { clock }: Pick<GatewayDeps, 'clock'>,
  reader: Reader,
  device: Parameters<typeof abilitiesOf>[0],
  codes: readonly string[],
  mark: Mark,
) {
  const subjects = await loadSubjects(reader, codes)
  const schedules = await schedulesByPerson(reader, device.sn, codes)
  const now = clock.now()
  return codes.flatMap(code => {
    const subject = subjects.get(code)
    if (subject === undefined) return []
    const wanted = wantedOn(subject, abilitiesOf(device), {
      now,
      mark,
      schedules: schedules.get(code) ?? null,
    })
    return wanted.items
      .filter(({ item }) => !item.startsWith('right:'))
      .map(({ item, mark: one }) => ({ code, item, mark: one }))
  })
}

function proofOf(lines: readonly string[]): PeopleProof {
  const hash = createHash('sha256')
  for (const line of lines.toSorted()) hash.update(`${line}\n`)
  return { count: lines.length, hash: hash.digest('hex') }
}
