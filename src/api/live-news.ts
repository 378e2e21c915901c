import { type QueryClient, queryOptions } from '@tanstack/react-query'
import type { EventBody, EventId } from '#contract/events.ts'
import type { Resource } from '#contract/resources.ts'
import type { Frame } from './event-stream.ts'
import { makeCommandStale, makeStale } from './query.ts'

/** What each event makes stale; the contract's own table imports zod, so it is said here and checked by type. */
const eventChanges = {
  OnAttendance: ['attendance'],
  OnDeviceStatus: ['devices', 'doors'],
  OnUserSync: ['users'],
  OnMigration: ['webhooks'],
  OnCommand: ['devices'],
  OnDoor: ['doors'],
  OnUserUpdated: ['users'],
  OnUserDeleted: ['users'],
} as const satisfies Record<EventId, readonly Resource[]>

export type LivePunch = EventBody<'OnAttendance'>

const livePunchesMax = 200
const staleEveryMs = 2000
const staleSoonMs = 50
/** Before the first refetch, so that what is shown meanwhile is already the news. */
const punchesSoonMs = 40

/** Punches heard on this screen, newest first and bounded. Never fetched: the live link fills it. */
export const livePunchesQuery = queryOptions({
  queryKey: ['live', 'punches'],
  queryFn: (): LivePunch[] => [],
  initialData: [],
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
})

/** Events to cache: the ticker is patched, everything else only goes stale, at most every two seconds a group. */
export function createNews(queryClient: QueryClient) {
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
    staleTimers.set(resource, setTimeout(flush, Math.max(staleSoonMs, next - Date.now())))
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
      punches.push(body)
      punchTimer ??= setTimeout(flushPunches, punchesSoonMs)
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

interface Arrived {
  readonly OperationID: string
  readonly ReceivedAt: string
}

/** Each punch once, the last to arrive first, bounded. By arrival, since a terminal's clock may be wrong. */
export function mergePunches<P extends Arrived>(fresh: readonly P[], held: readonly P[]): P[] {
  const byId = new Map([...held, ...fresh].map(punch => [punch.OperationID, punch]))
  return [...byId.values()].sort(byArrival).slice(0, livePunchesMax)
}

function byArrival(a: Arrived, b: Arrived): number {
  if (a.ReceivedAt !== b.ReceivedAt) return a.ReceivedAt < b.ReceivedAt ? 1 : -1
  return a.OperationID < b.OperationID ? 1 : -1
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
