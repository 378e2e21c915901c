import { useTicking } from '../../format/now.ts'
import { ago, instantFull, lasting } from '../../format/time.ts'

/** "4s ago", ticking; the full moment with its zone in the tooltip and for machines. */
export function Age({ at, timeZone }: { readonly at: string; readonly timeZone?: string }) {
  const text = useTicking(now => ago(at, now))
  return (
    <time dateTime={at} title={instantFull(at, timeZone)}>
      {text}
    </time>
  )
}

/** The ticking age as text, for sentences of the catalogue: `words.doors.seen(age)`. Empty without a moment. */
export function useAge(at: string | number | null): string {
  return useTicking(now => (at === null ? '' : ago(at, now)))
}

/** How long something has lasted, ticking: "49 min". Empty without a moment. */
export function useLasting(since: string | null): string {
  return useTicking(now => (since === null ? '' : lasting(now - Date.parse(since))))
}
