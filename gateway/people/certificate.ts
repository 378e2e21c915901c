import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { Certificate, Deletion } from '#contract/entities/people.ts'
import type { GatewayDeps } from '../deps.ts'
import type { Reader, Write } from '../store/index.ts'
import { deletionEntities } from './deletions.ts'
import { eraseHere, forgetBiometrics, keptOf } from './erase.ts'

type Deps = Pick<GatewayDeps, 'clock' | 'config'>

const statements: Readonly<Record<string, string>> = {
  Terminals: 'The person was removed from the terminals named.',
  Leaver: 'The person was removed from every terminal.',
  Biometrics: 'Templates and photo of the person were removed here and from every terminal.',
  Erasure: 'The person was removed from every terminal and from this system.',
}

/** Ends a deletion whose last terminal has confirmed: what is still kept here goes, and the certificate is written. */
export async function finishIfOver(deps: Deps, write: Write, id: string): Promise<boolean> {
  const deletion = await write
    .selectFrom('deletion')
    .selectAll()
    .where('id', '=', id)
    .where('state', '=', 'Open')
    .executeTakeFirst()
  if (!deletion) return false
  const terminals = await write
    .selectFrom('deletion_terminal')
    .select(['state', 'proof'])
    .where('deletion_id', '=', id)
    .execute()
  if (terminals.some(({ state }) => state === 'Open')) return false
  const now = deps.clock.now()
  const code = deletion.employee_code
  const removed: string[] = []
  if (deletion.scope === 'Biometrics') removed.push(...(await forgetBiometrics(write, code)))
  if (deletion.scope === 'Erasure') removed.push(...(await eraseHere(write, code, deletion.statement)))
  if (deletion.scope === 'Leaver')
    await write
      .updateTable('person')
      .set({ status: 'left', updated_at: now })
      .where('employee_code', '=', code)
      .where('status', '=', 'leaving')
      .execute()
  const unproven = terminals.filter(({ state }) => state === 'Unproven').length
  const statement = [
    statements[deletion.scope] ?? '',
    ...(unproven === 0
      ? []
      : [`Of ${unproven} ${unproven === 1 ? 'terminal' : 'terminals'} this could not be proven.`]),
  ].join(' ')
  await write
    .updateTable('deletion')
    .set({
      state: 'Done',
      done_at: now,
      statement,
      removed: JSON.stringify(removed),
      kept: JSON.stringify(await keptOf(write, code, deletion.scope === 'Erasure')),
    })
    .where('id', '=', id)
    .execute()
  const [entity] = await deletionEntities(write, [id])
  const lines = await linesOf(write, id)
  if (entity && lines)
    await write
      .updateTable('deletion')
      .set({ hash: hashOf(entity, lines) })
      .where('id', '=', id)
      .execute()
  return true
}

interface Lines {
  readonly Statement: string
  readonly Removed: string[]
  readonly Kept: string[]
}

async function linesOf(reader: Reader, id: string): Promise<(Lines & { hash: string | null }) | null> {
  const row = await reader
    .selectFrom('deletion')
    .select(['statement', 'removed', 'kept', 'hash'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) return null
  const list = (text: string | null) => JSON.parse(text ?? '[]') as string[]
  return {
    Statement: row.statement ?? '',
    Removed: list(row.removed),
    Kept: list(row.kept),
    hash: row.hash,
  }
}

/** The certificate of a deletion that is done, as it was written then; null while it is open. */
export async function readCertificate(
  reader: Reader,
  deletion: z.output<typeof Deletion>,
): Promise<z.output<typeof Certificate> | null> {
  const lines = await linesOf(reader, deletion.DeletionID)
  if (lines?.hash == null || deletion.DoneAt === null) return null
  const { hash, ...rest } = lines
  return { DeletionID: deletion.DeletionID, IssuedAt: deletion.DoneAt, ...rest, Hash: hash }
}

/** SHA-256 of deletion and lines as JSON with sorted keys, so that whoever holds the paper can check it. */
export function hashOf(deletion: z.output<typeof Deletion>, lines: Lines): string {
  const { Statement, Removed, Kept } = lines
  return createHash('sha256')
    .update(canonical({ Deletion: deletion, Statement, Removed, Kept }))
    .digest('hex')
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([one], [other]) => (one < other ? -1 : 1)))
      : item,
  )
}
