import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { OperationError } from '#contract/errors.ts'
import { client } from '../../api/client.ts'
import { serverNow } from '../../api/clock.ts'
import { sessionQuery } from '../../api/session.ts'
import { newIdempotencyKey } from '../../components/confirm-action/idempotency-key.ts'
import { type KeptMuster, type MusterState, mergeTicks, takeAnswer } from './muster.ts'

const storageKey = 'gatehouse-roll-call'
const askEveryMs = 8000

export type MusterLink = 'asking' | 'connected' | 'away' | 'signed-out' | 'forbidden'

/**
 * The list, kept on this phone: ticks are made at once, wherever that is, and sent when there is a network. Signing out
 * takes it off the phone.
 */
export function useMuster(search: { readonly emergency?: number; readonly site?: string }) {
  const queryClient = useQueryClient()
  const [kept, setKept] = useState<KeptMuster | null>(readKept)
  const [link, setLink] = useState<MusterLink>('asking')
  const latest = useRef(kept)
  const change = useCallback((next: KeptMuster | null) => {
    latest.current = next
    setKept(next)
    if (next) localStorage.setItem(storageKey, JSON.stringify(next))
    else localStorage.removeItem(storageKey)
  }, [])
  const { emergency, site } = search
  const exchange = useCallback(async () => {
    try {
      const session = await queryClient.fetchQuery({ ...sessionQuery, networkMode: 'always', retry: false })
      if (session === null) {
        change(null)
        return setLink('signed-out')
      }
      await sendUnsent(latest.current)
      const { body } = await client.call('doors.rollCall', {
        ...(emergency === undefined ? {} : { EmergencyID: String(emergency) }),
        ...(site === undefined ? {} : { Site: site }),
      })
      change(takeAnswer(latest.current, body, session.Name))
      setLink('connected')
    } catch (error) {
      if (error instanceof OperationError && error.status === 403) {
        change(null)
        return setLink('forbidden')
      }
      setLink('away')
    }
  }, [queryClient, change, emergency, site])
  useEffect(() => {
    void exchange()
    const timer = setInterval(() => void exchange(), askEveryMs)
    const again = () => void exchange()
    window.addEventListener('online', again)
    return () => {
      clearInterval(timer)
      window.removeEventListener('online', again)
    }
  }, [exchange])
  const tick = (code: string, state: MusterState) => {
    const now = latest.current
    if (!now) return
    const made = {
      TickID: newIdempotencyKey(),
      EmployeeCode: code,
      State: state,
      At: new Date(serverNow()).toISOString(),
      By: now.by,
    }
    change({ ...now, ticks: mergeTicks(now.ticks, [made]), unsent: [...now.unsent, made.TickID] })
    void exchange()
  }
  return { kept, link, tick }
}

async function sendUnsent(kept: KeptMuster | null): Promise<void> {
  if (!kept || kept.unsent.length === 0) return
  const unsent = new Set(kept.unsent)
  await client.call('doors.saveMuster', {
    RollCallID: kept.rollCallId,
    Ticks: kept.ticks
      .filter(({ TickID }) => unsent.has(TickID))
      .map(({ By, ...rest }) => ({ ...rest, ...(By === null ? {} : { By }) })),
  })
}

function readKept(): KeptMuster | null {
  try {
    const text = localStorage.getItem(storageKey)
    // Written by this file only; another build's shape at worst shows an empty list until the server answers.
    return text === null ? null : (JSON.parse(text) as KeptMuster)
  } catch {
    return null
  }
}
