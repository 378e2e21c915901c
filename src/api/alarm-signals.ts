import type { QueryClient } from '@tanstack/react-query'
import type { AlarmSignalsBody } from '#contract/dashboard/session.ts'
import { errorFromReply } from '#contract/envelope.ts'
import { browserFetch } from './client.ts'
import { sessionQuery } from './session.ts'

/** Keeps how the signed-in person wants to hear of door alarms; it holds on every page and in every browser of theirs. */
export async function saveAlarmSignals(queryClient: QueryClient, signals: AlarmSignalsBody): Promise<void> {
  const reply = await browserFetch('/api/session/alarm-signals', {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify(signals),
  })
  if (reply.status >= 400)
    throw errorFromReply(reply.status, JSON.parse((await reply.text()) || 'null'), null)
  queryClient.setQueryData(sessionQuery.queryKey, session => session && { ...session, AlarmSignals: signals })
}
