import type { OperationAnswer } from '#contract/types.ts'
import { correctionWords } from '../../words/corrections.ts'
import type { CorrectedDirection } from './add-punch-form.tsx'
import { flipped } from './punch-actions.tsx'
import type { NewCorrection } from './use-correct.ts'

type Day = OperationAnswer<'attendance.explain'>['Day']

const ofRole = {
  in: 'CheckIn',
  out: 'CheckOut',
  break_start: 'BreakOut',
  break_end: 'BreakIn',
} as const

/** What a punch counts as; what lies in between counts as neither. */
export function countedDirection({
  Role,
}: Pick<Day['Punches'][number], 'Role'>): CorrectedDirection | 'None' {
  return Role === null || Role === 'between' ? 'None' : ofRole[Role]
}

/**
 * The punch of a day whose direction was guessed, and what turns it: the first whose key was outvoted, else, of those
 * that were guessed without a key, the one guessed with the least confidence. Null where none was.
 */
export function turnOfGuess(day: Pick<Day, 'EmployeeCode' | 'Findings' | 'Punches'>) {
  const guessed = day.Findings.find(({ Kind }) => Kind === 'guessed_direction')?.PunchIDs[0]
  const punch = day.Punches.find(({ OperationID }) => OperationID === guessed) ?? leastSure(day)
  if (!punch) return null
  const Direction = flipped(countedDirection(punch))
  const correction: NewCorrection = {
    EmployeeCode: day.EmployeeCode,
    Kind: 'SetDirection',
    PunchID: punch.OperationID,
    Direction,
    Reason: correctionWords.flipReason,
  }
  return { punch, direction: Direction, correction }
}

function leastSure({ Punches }: Pick<Day, 'Punches'>): Day['Punches'][number] | undefined {
  const guessed = ['no_key', 'first_last', 'toggle']
  return Punches.filter(
    ({ Role, RoleReason }) => Role !== 'between' && RoleReason !== null && guessed.includes(RoleReason),
  ).sort((a, b) => (a.Confidence ?? 1) - (b.Confidence ?? 1))[0]
}
