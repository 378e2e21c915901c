import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { OperationInput, OperationResult } from '#contract/types.ts'
import { errorTextKey } from '../../../../api/error-text.ts'
import { makeStale } from '../../../../api/query.ts'
import { callWithPass, confirmPassword } from '../../../../api/step-up.ts'

type Id = 'doors.startEmergency' | 'doors.endEmergency'

/**
 * Sends an order of an emergency. Where the server wants the password once more, the order waits for it and goes on
 * under the same key, so that one meant act stays one.
 */
export function useEmergencyOrder<I extends Id>(id: I, onDone: (result: OperationResult<I>) => void) {
  const queryClient = useQueryClient()
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [waiting, setWaiting] = useState<{ input: OperationInput<I>; key: string } | null>(null)
  const run = async (input: OperationInput<I>, key: string, pass?: string) => {
    setBusy(true)
    setError(null)
    try {
      const result = await callWithPass(id, input, { idempotencyKey: key, pass })
      setWaiting(null)
      await makeStale(queryClient, ['doors', 'devices'])
      onDone(result)
    } catch (cause) {
      if (errorTextKey(cause) === 'stepUp') setWaiting({ input, key })
      else setError(cause)
    } finally {
      setBusy(false)
    }
  }
  return {
    isBusy,
    error,
    needsPassword: waiting !== null,
    send: (input: OperationInput<I>, key: string) => void run(input, key),
    async confirm(password: string) {
      if (!waiting) return
      setBusy(true)
      try {
        await run(waiting.input, waiting.key, await confirmPassword(password))
      } catch (cause) {
        setError(cause)
        setBusy(false)
      }
    },
    giveUp: () => setWaiting(null),
  }
}
