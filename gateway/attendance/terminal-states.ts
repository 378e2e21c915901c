import type { Reader } from '../store/index.ts'
import { type TerminalContact, terminalsTelling } from '../store/person-punches.ts'
import { readLocalTime } from '../time/zone.ts'
import type { TerminalState } from './rules/types.ts'

/** What is known of people beside what terminals told. */
export interface TerminalUse {
  /** Every terminal that is believed (store/person-punches.ts, `terminalContacts`). */
  readonly contacts: readonly TerminalContact[]
  /** Terminals somebody has punched at, by employee code. */
  readonly seenAt: ReadonlyMap<string, ReadonlySet<string>>
  /** Site of the plan, by employee code, where there is one. */
  readonly homeSites?: ReadonlyMap<string, string | null>
}

/**
 * The terminals each of some people can use, and how far each has handed over what it recorded. Those are the ones that
 * told of the person and the ones they punched at; of a terminal that has told of nobody at all, everybody of its site
 * is thought to use it. A person of whom nothing places them has none, and is then never called absent.
 */
export async function readTerminalStates(
  reader: Reader,
  employeeCodes: readonly string[],
  { contacts, seenAt, homeSites }: TerminalUse,
): Promise<ReadonlyMap<string, readonly TerminalState[]>> {
  const told = await terminalsTelling(reader, employeeCodes)
  const states = new Map(contacts.map(contact => [contact.sn, terminalState(contact)]))
  const siteOf = new Map(contacts.map(({ sn, site }) => [sn, site]))
  const used = (code: string) => {
    const own = new Set([...(told.get(code) ?? []), ...(seenAt.get(code) ?? [])])
    const sites = new Set([...own].map(sn => siteOf.get(sn)))
    sites.add(homeSites?.get(code) ?? undefined)
    const known = contacts.filter(({ sn, tells, site }) => own.has(sn) || (tells === 0 && sites.has(site)))
    // Where no terminal of the home site tells of them, each of it may be theirs.
    return known.length > 0 ? known : contacts.filter(({ site }) => sites.has(site))
  }
  return new Map(
    employeeCodes.map(code => [
      code,
      used(code).flatMap(({ sn }) => {
        const state = states.get(sn)
        return state ? [state] : []
      }),
    ]),
  )
}

/**
 * A contact says that everything up to it is here, unless a gap is known: terminals send what they hold before they ask
 * for more, and a gap is on record until the terminal has answered for it (ADR 18). A counter that grew by more than
 * came is a gap too (judge-statements.ts).
 */
export function terminalState(contact: TerminalContact): TerminalState {
  const { sn, label, zone, last_seen_at, online, since, missing_from, asked_from } = contact
  const gaps = [missing_from, asked_from].filter(gap => gap !== null).sort()
  const [gap] = gaps
  return {
    deviceSn: sn,
    label,
    zone,
    offlineSinceMs: online === 1 || last_seen_at === null ? null : since,
    statement:
      last_seen_at === null
        ? null
        : {
            atMs: last_seen_at,
            lastLogMs: gap === undefined ? null : last_seen_at,
            lastReceivedMs: gap === undefined ? null : readLocalTime(gap, zone, 0).instant,
          },
  }
}
