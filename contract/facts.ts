import type { Resource } from './resources.ts'
import type { OperationId } from './types.ts'

/** What a caller needs of an operation when its schemas are somewhere else. */
export interface OperationFact {
  readonly name: string
  readonly method: 'GET' | 'POST'
  readonly changes: readonly Resource[]
}

/**
 * Facts from their packed form, one operation a line: id, name, and behind them for a POST what it makes stale, or `-`.
 * Packed, since every browser fetches them with its first frame.
 */
export function unpackFacts(packed: string): { readonly [Id in OperationId]: OperationFact } {
  const facts = packed.split('\n').map((line): [string, OperationFact] => {
    const [id = '', name = '', changes] = line.split(' ')
    return [
      id,
      {
        name,
        method: changes === undefined ? 'GET' : 'POST',
        changes: changes === undefined || changes === '-' ? [] : (changes.split(',') as Resource[]),
      },
    ]
  })
  // The generator writes a line for every operation, and a check holds the file to it.
  return Object.fromEntries(facts) as { readonly [Id in OperationId]: OperationFact }
}
