import type { Insertable } from 'kysely'
import type { z } from 'zod'
import type { CorrectionKind } from '#contract/entities/correction.ts'
import { OperationError } from '#contract/errors.ts'
import {
  type CorrectionFate,
  correctionName,
  findCorrection,
  insertCorrection,
  insertDecision,
  readCorrectionName,
  stateOf,
} from '../../store/corrections.ts'
import type { Write } from '../../store/index.ts'
import type { CorrectionTable } from '../../store/schema-corrections.ts'
import { shiftDay } from '../../time/zone.ts'
import { contextDays } from '../evaluate.ts'
import { markDaysStale } from '../stale-days.ts'
import type { CorrectionDraft } from './draft-correction.ts'

/** Who acts, when and why. */
export interface Acting {
  readonly actor: string
  readonly now: number
  readonly reason: string
}

export interface NewCorrection {
  readonly employeeCode: string
  readonly kind: z.output<typeof CorrectionKind>
  readonly draft: CorrectionDraft
  readonly needsApproval: boolean
  readonly estimated?: boolean
  readonly repairId?: number
}

/** A note changes nothing, so nobody has to agree to it. */
const withoutEffect = new Set(['Note'])

/**
 * Writes a correction down and answers its id. The same said twice, by a double press or two people at once, is one:
 * the id of what holds already is answered.
 */
export async function addCorrection(write: Write, added: NewCorrection, by: Acting): Promise<number> {
  const { employeeCode, kind, draft, needsApproval, estimated = false, repairId = null } = added
  const known = await sameCorrection(write, added)
  if (known !== undefined) return known
  const row: Insertable<CorrectionTable> = {
    ...draft,
    employee_code: employeeCode,
    kind,
    target_id: null,
    estimated: estimated ? 1 : 0,
    repair_id: repairId,
    reason: by.reason,
    actor: by.actor,
    at: by.now,
    needs_approval: needsApproval && !withoutEffect.has(kind) ? 1 : 0,
  }
  const id = await insertCorrection(write, row)
  await touchDays(write, employeeCode, draft.day)
  return id
}

/** Takes a correction back by a new fact; answers its id. Raises CORRECTION_NOT_FOUND or CORRECTION_SETTLED. */
export async function withdrawCorrection(
  write: Write,
  name: string,
  needsApproval: boolean,
  by: Acting,
): Promise<number> {
  const target = await requireCorrection(write, name)
  const state = stateOf(target)
  if (target.kind === 'Withdraw' || state === 'refused' || state === 'withdrawn') throw settled(target)
  const row = {
    ...aboutOf(target),
    kind: 'Withdraw',
    target_id: target.id,
    before: target.after,
    after: null,
    estimated: 0,
    repair_id: target.repair_id,
    reason: by.reason,
    actor: by.actor,
    at: by.now,
    // What has not come into force yet is nobody's record but the proposer's.
    needs_approval: needsApproval && state === 'in_force' && !withoutEffect.has(target.kind) ? 1 : 0,
  }
  const waiting = await write
    .selectFrom('correction')
    .leftJoin('correction_decision', 'correction_id', 'correction.id')
    .select('correction.id')
    .where('target_id', '=', target.id)
    .where('correction_decision.decision', 'is', null)
    .executeTakeFirst()
  if (waiting) return waiting.id
  const id = await insertCorrection(write, row)
  await touchDays(write, target.employee_code, target.day)
  return id
}

/**
 * A second person agrees or refuses. Raises SAME_PERSON where it is the one who proposed it, and CORRECTION_SETTLED
 * where it does not wait any more.
 */
export async function decideCorrection(
  write: Write,
  name: string,
  decision: 'approve' | 'refuse',
  by: Acting,
): Promise<number> {
  const target = await requireCorrection(write, name)
  if (stateOf(target) !== 'pending') throw settled(target)
  if (target.actor === by.actor)
    throw new OperationError('SAME_PERSON', { detail: `Somebody else has to ${decision} ${name}` })
  const { actor, reason, now: at } = by
  if (!(await insertDecision(write, { correction_id: target.id, decision, actor, reason, at })))
    throw settled(target)
  await touchDays(write, target.employee_code, target.day)
  return target.id
}

async function requireCorrection(write: Write, name: string): Promise<CorrectionFate> {
  const id = readCorrectionName(name)
  const found = id === null ? undefined : await findCorrection(write, id)
  if (found) return found
  throw new OperationError('CORRECTION_NOT_FOUND', {
    field: 'CorrectionID',
    detail: `There is no correction ${name}`,
  })
}

function settled(target: CorrectionFate): OperationError {
  const detail = `${correctionName(target.id)} is ${stateOf(target).replace('_', ' ')}`
  return new OperationError('CORRECTION_SETTLED', { field: 'CorrectionID', detail })
}

function aboutOf(target: CorrectionFate) {
  const { employee_code, day, punch_ref, instant, local_time, zone, offset_minutes, sn } = target
  return { employee_code, day, punch_ref, instant, local_time, zone, offset_minutes, sn }
}

async function sameCorrection(
  write: Write,
  { employeeCode, kind, draft }: NewCorrection,
): Promise<number | undefined> {
  if (kind === 'Note') return undefined
  const rows = await write
    .selectFrom('correction')
    .select('id')
    .where('employee_code', '=', employeeCode)
    .where('day', '=', draft.day)
    .where('kind', '=', kind)
    .where('after', draft.after === null ? 'is' : '=', draft.after)
    .where('punch_ref', draft.punch_ref === null ? 'is' : '=', draft.punch_ref)
    .where('instant', draft.instant === null ? 'is' : '=', draft.instant)
    .orderBy('id', 'desc')
    .execute()
  for (const { id } of rows) {
    const fate = await findCorrection(write, id)
    if (!fate || !['pending', 'in_force'].includes(stateOf(fate))) continue
    return (await overruled(write, fate)) ? undefined : id
  }
  return undefined
}

/** A later direction of the same punch has taken its place, so that saying it again says something. */
async function overruled(write: Write, fate: CorrectionFate): Promise<boolean> {
  if (fate.kind !== 'SetDirection' && fate.kind !== 'AssignShift') return false
  const later = await write
    .selectFrom('correction')
    .select('id')
    .where('employee_code', '=', fate.employee_code)
    .where('day', '=', fate.day)
    .where('kind', '=', fate.kind)
    .where('punch_ref', '=', fate.punch_ref)
    .where('id', '>', fate.id)
    .limit(1)
    .executeTakeFirst()
  return later !== undefined
}

/** A punch may belong to a shift that began the day before, and an exit to one of the day before that. */
export async function touchDays(write: Write, employeeCode: string, day: string): Promise<void> {
  await markDaysStale(write, {
    employeeCodes: [employeeCode],
    fromDay: shiftDay(day, -contextDays),
    toDay: shiftDay(day, contextDays),
  })
}
