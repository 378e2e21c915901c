import type { OperationAnswer } from '#contract/types.ts'
import { words } from '../../../../words/index.ts'
import { peopleWords } from '../../../../words/people.ts'

export type Change = OperationAnswer<'users.changes'>['Changes'][number]

/** What was done, and to which field in the page's own words: "Enrolled · Right index finger". */
export function whatChanged({ What, Field }: Pick<Change, 'What' | 'Field'>): string {
  if (Field === null) return What
  const names: Readonly<Record<string, string>> = peopleWords.person.fields
  const finger = /^Fingerprint (\d)$/.exec(Field)?.[1]
  const name = finger === undefined ? names[Field] : peopleWords.person.credentials.finger[Number(finger)]
  return `${What} · ${name ?? Field}`
}

/** From what to what; only what is now where nothing was replaced, and nothing where nothing is said. */
export function becameWhat({ What, From, To }: Pick<Change, 'What' | 'From' | 'To'>): string {
  if (From === null && To === null) return ''
  if (From === null && What !== 'Changed') return To ?? ''
  return `${From ?? words.parts.none} → ${To ?? words.parts.none}`
}
