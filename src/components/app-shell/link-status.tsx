import { type LinkState, useLink } from '../../api/link.ts'
import { useTicking } from '../../format/now.ts'
import { ago, instantClock } from '../../format/time.ts'
import { words } from '../../words/index.ts'
import { Dot, type Tone } from '../badge/badge.tsx'
import { Icon } from '../icon/icon.tsx'
import styles from './link-status.module.css'

const tones: Record<LinkState, Tone> = {
  connecting: 'neutral',
  live: 'ok',
  reconnecting: 'warn',
  offline: 'danger',
}

/** A lost link that is back within this time is not worth a banner. */
const patienceMs = 4000

/** Whether what happens now reaches this screen. */
export function LinkStatus() {
  const { state, since } = useLink()
  const age = useTicking(now => ago(since, now))
  const title = state === 'live' ? words.link.liveSince(age) : instantClock(since)
  return (
    <span className={styles.status} data-state={state} role="status" title={title}>
      <Dot tone={tones[state]} ring={state !== 'live'} />
      {words.link[state]}
    </span>
  )
}

/** Says since when the screen is old, above everything else on the page. */
export function LinkBanner() {
  const { state, since } = useLink()
  const isLost = state === 'reconnecting' || state === 'offline'
  const isShown = useTicking(now => isLost && (state === 'offline' || now - since > patienceMs))
  return (
    <div role="status">
      {isShown && (
        <p className={styles.banner} data-state={state}>
          <Icon name="warning" />
          {state === 'offline'
            ? words.link.offlineLost(instantClock(since))
            : words.link.lost(instantClock(since))}
        </p>
      )}
    </div>
  )
}
