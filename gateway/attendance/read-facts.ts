import type { Reader } from '../store/index.ts'
import { type TerminalContact, terminalsSeen } from '../store/person-punches.ts'
import type { Evaluation } from './evaluate.ts'
import { type PersonClosures, readClosures } from './periods/read-closures.ts'
import { readCorrections } from './read-corrections.ts'
import { readTerminalStates } from './terminal-states.ts'

/** What is known of a person's days beside punches and plan. */
export type PersonFacts = Pick<Evaluation, 'corrections' | 'terminals'> & { readonly closed: PersonClosures }

export interface FactsRequest {
  /** Days, both inclusive, with those around the range that shifts may reach over. */
  readonly fromDay: string
  readonly toDay: string
  readonly contacts: readonly TerminalContact[]
  /** Terminals punched at since then are theirs; the same whatever range is asked for, or kept days would differ. */
  readonly seenSinceDay: string
  /** Site of the plan by employee code, where there is one. */
  readonly homeSites: ReadonlyMap<string, string | null>
}

/** Corrections in force, terminals and closures of some people: a handful of queries for all of them together. */
export async function readFacts(
  reader: Reader,
  employeeCodes: readonly string[],
  { contacts, seenSinceDay, homeSites, ...range }: FactsRequest,
): Promise<ReadonlyMap<string, PersonFacts>> {
  const siteOf = new Map(contacts.map(({ sn, site }) => [sn, site]))
  const seenAt = await terminalsSeen(reader, employeeCodes, seenSinceDay)
  const [terminals, corrections, closed] = await Promise.all([
    readTerminalStates(reader, employeeCodes, { contacts, seenAt, homeSites }),
    readCorrections(reader, employeeCodes, range, siteOf),
    readClosures(reader, employeeCodes, range),
  ])
  return new Map(
    employeeCodes.map(code => [
      code,
      {
        terminals: terminals.get(code) ?? [],
        corrections: corrections.get(code) ?? [],
        closed: closed(code),
      },
    ]),
  )
}
