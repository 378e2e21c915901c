import { useState } from 'react'
import type { OperationAnswer } from '#contract/types.ts'
import { useCan } from '../../api/session.ts'
import { turnOfGuess } from './guessed-direction.ts'
import { type Correcting, useCorrect } from './use-correct.ts'

type Day = OperationAnswer<'attendance.explain'>['Day']

export interface TurningGuess {
  /** What one key would do to the day that is shown; null where nothing was guessed or nobody may correct. */
  readonly turn: ReturnType<typeof turnOfGuess>
  readonly run: () => void
  /** Of the turn just made on this day, with the way back. */
  readonly correcting: Correcting | null
}

/** Turns the first guessed direction of the day that is shown, at one key. */
export function useTurnGuess(day: Day | undefined): TurningGuess {
  const may = useCan('attendance:correct')
  const correcting = useCorrect()
  const [turnedAt, setTurnedAt] = useState<string | null>(null)
  const at = day === undefined ? null : `${day.EmployeeCode} ${day.Cell.Date}`
  const turn = day !== undefined && may ? turnOfGuess(day) : null
  return {
    turn,
    run: () => {
      if (turn === null || correcting.isBusy) return
      setTurnedAt(at)
      correcting.add(turn.correction)
    },
    correcting: turnedAt !== null && turnedAt === at ? correcting : null,
  }
}
