import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { OperationAnswer, OperationInput } from '#contract/types.ts'
import { errorDetail, errorTextKey } from '../../api/error-text.ts'
import { operationMutation, operationQuery } from '../../api/query.ts'
import { correctionWords } from '../../words/corrections.ts'
import { words } from '../../words/index.ts'

export type CorrectionEntry = OperationAnswer<'attendance.corrections'>['Corrections'][number]
export type NewCorrection = OperationInput<'attendance.addCorrection'>

export interface Correcting {
  /** Writes a correction down; `done` hears of it once it is. */
  readonly add: (input: NewCorrection, done?: (correction: CorrectionEntry) => void) => void
  readonly withdraw: (correctionId: string, reason: string, done?: () => void) => void
  readonly decide: (correctionId: string, decision: 'approve' | 'refuse', reason?: string) => void
  readonly isBusy: boolean
  /** What has come of the last one, in words; null before the first. */
  readonly said: string | null
  /** What went wrong with the last one. */
  readonly fault: string | null
  /** Takes the last one back; absent where there is nothing to take back. */
  readonly undo: (() => void) | undefined
}

/** Corrections from a screen: add, take back, decide, and undo what was just done. */
export function useCorrect(): Correcting {
  const w = correctionWords
  const adding = useMutation(operationMutation('attendance.addCorrection'))
  const withdrawing = useMutation(operationMutation('attendance.withdrawCorrection'))
  const deciding = useMutation(operationMutation('attendance.decideCorrection'))
  const [said, setSaid] = useState<string | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const [last, setLast] = useState<string | null>(null)
  const onError = (error: unknown) => {
    const { title, advice } = words.errors[errorTextKey(error)]
    setFault(`${title}. ${errorDetail(error) ?? advice}`)
  }
  const begin = () => {
    setSaid(null)
    setFault(null)
    setLast(null)
  }
  const withdraw: Correcting['withdraw'] = (CorrectionID, Reason, done) => {
    begin()
    withdrawing.mutate(
      { input: { CorrectionID, Reason } },
      {
        onSuccess: ({ body: { Correction } }) => {
          setSaid(Correction.State === 'pending' ? w.proposed : w.undone)
          done?.()
        },
        onError,
      },
    )
  }
  return {
    add: (input, done) => {
      begin()
      adding.mutate(
        { input },
        {
          onSuccess: ({ body: { Correction } }) => {
            setSaid(Correction.State === 'pending' ? w.proposed : w.done)
            setLast(Correction.CorrectionID)
            done?.(Correction)
          },
          onError,
        },
      )
    },
    withdraw,
    decide: (CorrectionID, Decision, Reason = '') => {
      begin()
      deciding.mutate(
        { input: { CorrectionID, Decision, Reason } },
        { onSuccess: ({ body: { Correction } }) => setSaid(w.states[Correction.State]), onError },
      )
    },
    isBusy: adding.isPending || withdrawing.isPending || deciding.isPending,
    said,
    fault,
    undo: last === null ? undefined : () => withdraw(last, w.undoReason),
  }
}

/** Whether corrections need a second person; undefined while nobody knows. */
export function useTwoPersons(): boolean | undefined {
  return useQuery({ ...operationQuery('attendance.control', {}), staleTime: 60_000 }).data?.TwoPersons
}
