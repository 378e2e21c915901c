import { stampClock } from '../../format/stamp.ts'
import { correctionWords } from '../../words/corrections.ts'
import { words } from '../../words/index.ts'
import { Button } from '../button/button.tsx'
import styles from './corrections.module.css'
import { CorrectionSaid } from './said.tsx'
import type { TurningGuess } from './use-turn-guess.ts'

/** The guess of a day with its one key, and what has come of it. */
export function TurnGuess({ turn, run, correcting }: TurningGuess) {
  if (turn === null && correcting === null) return null
  const w = correctionWords
  return (
    <div className={styles.guess}>
      {turn && (
        <Button
          size="small"
          icon="sort"
          aria-keyshortcuts="f"
          busy={correcting?.isBusy ?? false}
          onClick={run}
        >
          {w.turnGuess(stampClock(turn.punch.At), words.punches.direction[turn.direction])}
        </Button>
      )}
      {correcting && <CorrectionSaid correcting={correcting} />}
    </div>
  )
}
