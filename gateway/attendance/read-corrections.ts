import { Direction } from '#contract/entities/punch.ts'
import { type CorrectionFate, correctionName, correctionsOfPeople, stateOf } from '../store/corrections.ts'
import type { Reader } from '../store/index.ts'
import type { Correction } from './rules/types.ts'

/**
 * Corrections in force, by person, as the rules take them: about days of a range, both inclusive. What waits for a second
 * person, was refused or taken back is not among them. `siteOf` places the punches they add.
 */
export async function readCorrections(
  reader: Reader,
  employeeCodes: readonly string[],
  range: { readonly fromDay: string; readonly toDay: string },
  siteOf: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, readonly Correction[]>> {
  const fates = await correctionsOfPeople(reader, employeeCodes, range)
  const rules = fates
    .filter(fate => stateOf(fate) === 'in_force')
    .flatMap(fate => {
      const rule = ruleCorrection(fate, siteOf)
      return rule === null ? [] : [{ code: fate.employee_code, rule }]
    })
  const byPerson = Map.groupBy(rules, ({ code }) => code)
  return new Map([...byPerson].map(([code, own]) => [code, own.map(({ rule }) => rule)]))
}

/** What a stored correction means to the rules; null for those that mean nothing to them. */
export function ruleCorrection(fate: CorrectionFate, siteOf: ReadonlyMap<string, string>): Correction | null {
  const fact = { id: correctionName(fate.id), by: fate.actor, reason: fate.reason, atMs: effectiveFrom(fate) }
  const punchId = fate.punch_ref ?? ''
  switch (fate.kind) {
    case 'AddPunch':
      return { ...fact, kind: 'add_punch', estimated: fate.estimated === 1, punch: addedPunch(fate, siteOf) }
    case 'IgnorePunch':
      return { ...fact, kind: 'ignore_punch', punchId }
    case 'SetDirection':
      return { ...fact, kind: 'set_direction', punchId, direction: Direction.parse(fate.after) }
    case 'AssignShift':
      return { ...fact, kind: 'assign_shift', punchId, plannedShiftId: fate.after ?? '' }
    case 'Excuse':
      return isExcused(fate.after) ? { ...fact, kind: 'excuse', date: fate.day, what: fate.after } : null
    default:
      return null
  }
}

/** Counts from when it came into force; a guess gives way to what arrived after it was guessed. */
function effectiveFrom({ estimated, at, decided_at }: CorrectionFate): number {
  return estimated === 1 ? at : (decided_at ?? at)
}

function addedPunch(fate: CorrectionFate, siteOf: ReadonlyMap<string, string>) {
  return {
    id: correctionName(fate.id),
    instantMs: fate.instant ?? 0,
    localTime: fate.local_time ?? '',
    zone: fate.zone ?? 'UTC',
    offsetMinutes: fate.offset_minutes ?? 0,
    direction: Direction.parse(fate.after),
    modality: 'others',
    deviceSn: fate.sn ?? '',
    site: fate.sn === null ? '' : (siteOf.get(fate.sn) ?? ''),
    clockSkewMs: null,
    flags: [],
    receivedAtMs: effectiveFrom(fate),
  } as const
}

function isExcused(what: string | null): what is 'absence' | 'late' | 'early_leave' {
  return what === 'absence' || what === 'late' || what === 'early_leave'
}
