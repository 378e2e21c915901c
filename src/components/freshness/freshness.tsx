import { toServerTime } from '../../api/clock.ts'
import { useLink } from '../../api/link.ts'
import { useTicking } from '../../format/now.ts'
import { ago, instantClock } from '../../format/time.ts'
import { words } from '../../words/index.ts'
import styles from './freshness.module.css'

/** How old what you see is. While the live link is down it names the moment instead of an age that looks alive. */
export function Freshness({ updatedAt }: { readonly updatedAt: number }) {
  const { state } = useLink()
  const at = toServerTime(updatedAt)
  const isLost = state === 'reconnecting' || state === 'offline'
  const text = useTicking(now => {
    // Nothing has come yet; the skeleton or the error says so.
    if (updatedAt === 0) return ''
    return isLost ? words.freshness.stale(instantClock(at)) : words.freshness.updated(ago(at, now))
  })
  return (
    <span className={styles.freshness} data-lost={isLost || undefined}>
      {text}
    </span>
  )
}
