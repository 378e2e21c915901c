import type { QueryClient } from '@tanstack/react-query'
import { type Frame, readEventStream, StreamRefused } from './event-stream.ts'
import { setLink } from './link.ts'
import { createNews } from './live-news.ts'
import { sessionQuery } from './session.ts'

/** Two heartbeats and a bit; longer silence means the line is dead whatever the socket says. */
const silenceMs = 40_000
const offlineAfterMs = 12_000
const retryMaxMs = 15_000
/** A tab nobody looks at gives its connection back: browsers allow six to one plain-http address, for all tabs. */
const hiddenMaxMs = 30_000

let isListenedTo = false

/** Whether somebody wants to hear of things in a tab they do not look at: it then keeps its connection. */
export function stayListening(on: boolean): void {
  isListenedTo = on
}

/** Opens the live connection and keeps it; answers the way to close it. `onEnd`: the session is over. */
export function openLive(queryClient: QueryClient, onEnd: () => void): () => void {
  const closing = new AbortController()
  const news = createNews(queryClient)
  const watch = watchTab()
  let attempt = new AbortController()
  let lastEventId = ''
  let failures = 0
  let opened = false
  let offlineTimer: ReturnType<typeof setTimeout> | undefined

  const end = () => {
    closing.abort()
    onEnd()
  }
  const lost = () => {
    if (closing.signal.aborted) return
    if (watch.isAway()) return setLink('connecting')
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
      if (frame.event === 'end') {
        if (endReason(frame) === 'session_ended') return end()
        // The rights may have changed: ask who we are now; the stream comes back with them.
        void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey })
      } else if (frame.event === 'resync') news.everything()
      else if (frame.event !== '') news.take(frame)
    }
  }
  const run = async () => {
    while (!closing.signal.aborted) {
      await watch.untilSeen()
      attempt = new AbortController()
      try {
        const signal = AbortSignal.any([closing.signal, attempt.signal])
        await readEventStream('/api/events', { lastEventId, silenceMs, signal }, { onOpen, onFrames })
      } catch (error) {
        if (error instanceof StreamRefused && error.status === 401) return end()
      }
      lost()
      failures += 1
      await watch.pause(Math.min(500 * 2 ** failures, retryMaxMs) * (0.7 + Math.random() * 0.6))
    }
  }
  watch.start({
    onAway: () => attempt.abort(),
    onOffline: () => {
      setLink('offline')
      // The old stream may survive a short gap and then never say that it is back.
      attempt.abort()
    },
  })
  setLink('connecting')
  void run()

  return () => {
    closing.abort()
    watch.stop()
    clearTimeout(offlineTimer)
    news.close()
  }
}

function endReason(frame: Frame): unknown {
  try {
    return (JSON.parse(frame.data) as { reason?: unknown }).reason
  } catch {
    return undefined
  }
}

/** Pauses that end early when the network or the reader comes back; `away` once a tab has been hidden for a while. */
function watchTab() {
  let isAway = false
  let wake = () => {}
  let seen = () => {}
  let hiddenTimer: ReturnType<typeof setTimeout> | undefined
  const listening = new AbortController()
  return {
    isAway: () => isAway,
    untilSeen: () => (isAway ? new Promise<void>(resolve => (seen = resolve)) : Promise.resolve()),
    pause(milliseconds: number) {
      return new Promise<void>(resolve => {
        const timer = setTimeout(resolve, milliseconds)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    },
    start(on: { onAway: () => void; onOffline: () => void }) {
      const { signal } = listening
      window.addEventListener('online', () => wake(), { signal })
      window.addEventListener('offline', on.onOffline, { signal })
      const onVisibility = () => {
        clearTimeout(hiddenTimer)
        if (document.hidden && !isListenedTo) {
          hiddenTimer = setTimeout(() => {
            isAway = true
            on.onAway()
          }, hiddenMaxMs)
          return
        }
        isAway = false
        seen()
        wake()
      }
      document.addEventListener('visibilitychange', onVisibility, { signal })
    },
    stop() {
      listening.abort()
      clearTimeout(hiddenTimer)
      isAway = false
      seen()
      wake()
    },
  }
}
