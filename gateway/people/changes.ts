import { randomUUID } from 'node:crypto'
import type { Write } from '../store/index.ts'

export interface Change {
  readonly at: number
  readonly code: string
  readonly actor: string | null
  readonly what: string
  readonly field: string | null
  readonly was: string | null
  readonly became: string | null
  /** Changes made together; one of its own where absent. */
  readonly changeId?: string
}

/** Undo is offered that long after a change. */
export const undoMs = 10_000

/** A name for changes made together. */
export function newChangeId(): string {
  return randomUUID()
}

/** Writes down who changed what of a person; never a secret. */
export async function recordChange(write: Write, change: Change): Promise<void> {
  await write
    .insertInto('person_change')
    .values({
      change_id: change.changeId ?? randomUUID(),
      at: change.at,
      employee_code: change.code,
      actor: change.actor,
      what: change.what,
      field: change.field,
      was: change.was,
      became: change.became,
    })
    .execute()
}
