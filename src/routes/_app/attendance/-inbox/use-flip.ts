import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { operationQuery } from '../../../../api/query.ts'
import type { CorrectedDirection } from '../../../../components/corrections/add-punch-form.tsx'
import { flipped } from '../../../../components/corrections/punch-actions.tsx'
import type { Correcting } from '../../../../components/corrections/use-correct.ts'
import { reviewWords } from '../../../../words/attendance-review.ts'
import { correctionWords } from '../../../../words/corrections.ts'
import type { DayBehind, ExceptionDay } from './exception-day.ts'

const ofRole = {
  in: 'CheckIn',
  out: 'CheckOut',
  break_start: 'BreakOut',
  break_end: 'BreakIn',
} as const

/** What a punch counts as; what lies in between counts as neither. */
export function countedDirection(punch: DayBehind['Punches'][number]): CorrectedDirection | 'None' {
  return punch.Role === null || punch.Role === 'between' ? 'None' : ofRole[punch.Role]
}

/** Turns the first guessed direction of a day, at one key. */
export function useFlip(correcting: Correcting) {
  const queryClient = useQueryClient()
  const [note, setNote] = useState<string | null>(null)
  return {
    note,
    async run(row: ExceptionDay) {
      setNote(null)
      const { Day } = await queryClient.fetchQuery(
        operationQuery('attendance.explain', { EmployeeCode: row.EmployeeCode, Date: row.Cell.Date }),
      )
      const guessed = Day.Findings.find(({ Kind }) => Kind === 'guessed_direction')?.PunchIDs[0]
      const punch = Day.Punches.find(({ OperationID }) => OperationID === guessed)
      if (!punch) return setNote(reviewWords.inbox.noGuess)
      correcting.add({
        EmployeeCode: row.EmployeeCode,
        Kind: 'SetDirection',
        PunchID: punch.OperationID,
        Direction: flipped(countedDirection(punch)),
        Reason: correctionWords.flipReason,
      })
    },
  }
}
