import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { operationQuery } from '../../../../api/query.ts'
import { turnOfGuess } from '../../../../components/corrections/guessed-direction.ts'
import type { Correcting } from '../../../../components/corrections/use-correct.ts'
import { reviewWords } from '../../../../words/attendance-review.ts'
import type { ExceptionDay } from './exception-day.ts'

/** Turns the first guessed direction of a day of the list, at one key. */
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
      const turn = turnOfGuess(Day)
      if (turn === null) return setNote(reviewWords.inbox.noGuess)
      correcting.add(turn.correction)
    },
  }
}
