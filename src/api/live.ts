import { type QueryClient, queryOptions } from '@tanstack/react-query'
import type { EventBody, EventId } from '#contract/events.ts'
import type { Resource } from '#contract/resources.ts'
import { type Frame, readEventStream, StreamRefused } from './event-stream.ts'
import { setLink } from './link.ts'
import { makeCommandStale, makeStale } from './query.ts'

/** What each event makes stale; the contract's own table imports zod, so it is said here and checked by type. */
const eventChanges = {
  OnAttendance: ['attendance'],
  OnDeviceStatus: ['devices', 'doors'],
  OnUserSync: ['users'],
  OnMigration: ['webhooks'],
  OnCommand: ['devices'],
  OnDoor: ['doors'],
} as const satisfies Record<EventId, readonly Resource[]>

export type LivePunch = EventBody<'OnAttendance'>

const livePunchesMax = 200
const staleEveryMs = 2000
/** Two heartbeats and a bit; longer silence means the line is dead whatever the socket says. */
const silenceMs = 40_000
const offlineAfterMs = 12_000
const retryMaxMs = 15_000

/** Punches heard on this screen, newest first and bounded. Never fetched: the live link fills it. */
export const livePunchesQuery = queryOptions({
  queryKey: ['live', 'punches'],
  queryFn: (): LivePunch[] => [],
  initialData: [],
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
})

/** Opens the live connection and keeps it; answers the way to close it. `onEnd`: the session is over. */
export function openLive(queryClient: QueryClient, onEnd: () => void): () => void {
  const closing = new AbortController()
  const news = createNews(queryClient)
  let lastEventId = ''
  let failures = 0
  let opened = false
  let wake = () => {}
  let offlineTimer: ReturnType<typeof setTimeout> | undefined

  const end = () => {
    closing.abort()
    onEnd()
  }
  const lost = () => {
    if (closing.signal.aborted) return
    if (!navigator.onLine) return setLink('offline')
    setLink('reconnecting')
    offlineTimer ??= setTimeout(() => setLink('offline'), offlineAfterMs)
  }
  const onOpen = () => {
    clearTimeout(offlineTimer)
    offlineTimer = undefined
    failures = 0
    setLink('live')
    // Whatever was missed while the line was down is fetched once; the replay then only moves the ticker.
    if (opened) news.everything()
    opened = true
  }
  const onFrames = (frames: Frame[]) => {
    for (const frame of frames) {
      if (frame.id !== '') lastEventId = frame.id
      if (frame.event === 'end') return end()
      if (frame.event === 'resync') news.everything()
      else news.take(frame)
    }
  }
  const run = async () => {
    while (!closing.signal.aborted) {
      try {
        const options = { lastEventId, silenceMs, signal: closing.signal }
        await readEventStream('/api/events', options, { onOpen, onFrames })
      } catch (error) {
        if (error instanceof StreamRefused && error.status === 401) return end()
      }
      lost()
      failures += 1
      const waitMs = Math.min(500 * 2 ** failures, retryMaxMs) * (0.7 + Math.random() * 0.6)
      await new Promise<void>(resolve => {
        wake = resolve
        setTimeout(resolve, waitMs)
      })
    }
  }
  const onOnline = () => wake()
  const onOffline = () => setLink('offline')
  window.addEventListener('online', onOnline)
  window.addEventListener('offline', onOffline)
  document.addEventListener('visibilitychange', onOnline)
  setLink('connecting')
  void run()

  return () => {
    closing.abort()
    wake()
    clearTimeout(offlineTimer)
    news.close()
    window.removeEventListener('online', onOnline)
    window.removeEventListener('offline', onOffline)
    document.removeEventListener('visibilitychange', onOnline)
  }
}

/** Events to cache: the ticker is patched, everything else only goes stale, at most every two seconds. */
function createNews(queryClient: QueryClient) {
  const staleTimers = new Map<Resource, ReturnType<typeof setTimeout>>()
  const flushedAt = new Map<Resource, number>()
  let punches: LivePunch[] = []
  let punchTimer: ReturnType<typeof setTimeout> | undefined

  // Each group has its own pace, so that a rush at the turnstiles does not delay a door. The first event after a
  // quiet time counts at once; a burst of 500 costs one fetch.
  const scheduleStale = (resource: Resource) => {
    if (staleTimers.has(resource)) return
    const next = (flushedAt.get(resource) ?? 0) + staleEveryMs
    const flush = () => {
      staleTimers.delete(resource)
      flushedAt.set(resource, Date.now())
      void makeStale(queryClient, [resource])
    }
    staleTimers.set(resource, setTimeout(flush, Math.max(50, next - Date.now())))
  }
  const flushPunches = () => {
    punchTimer = undefined
    const fresh = punches
    punches = []
    queryClient.setQueryData(livePunchesQuery.queryKey, held => mergePunches(fresh, held ?? []))
  }
  return {
    take(frame: Frame) {
      const body = readBody(frame)
      if (!body) return
      for (const resource of eventChanges[body.Event]) scheduleStale(resource)
      if (body.Event === 'OnCommand') void makeCommandStale(queryClient, body.CommandID)
      if (body.Event !== 'OnAttendance') return
      punches.unshift(body)
      // Before the first refetch (50 ms), so that what is shown meanwhile is already the news.
      punchTimer ??= setTimeout(flushPunches, 40)
    },
    everything() {
      void queryClient.invalidateQueries({
        predicate: query => query.queryKey[0] !== 'session' && query.queryKey[0] !== 'live',
      })
    },
    close() {
      for (const timer of staleTimers.values()) clearTimeout(timer)
      clearTimeout(punchTimer)
    },
  }
}

/** Newest first, each punch once, bounded. */
export function mergePunches<P extends { OperationID: string }>(
  fresh: readonly P[],
  held: readonly P[],
): P[] {
  const seen = new Map<string, P>()
  for (const punch of [...fresh, ...held])
    if (!seen.has(punch.OperationID)) seen.set(punch.OperationID, punch)
  return [...seen.values()].slice(0, livePunchesMax)
}

function readBody(frame: Frame): EventBody | null {
  if (!Object.hasOwn(eventChanges, frame.event)) return null
  try {
    // The proxy has parsed it with the contract's schema; parsing again here would bring zod into the bundle.
    return { ...(JSON.parse(frame.data) as EventBody), Event: frame.event } as EventBody
  } catch {
    return null
  }
}
