import { correctionWords } from '../../words/corrections.ts'
import { Button } from '../button/button.tsx'
import styles from './corrections.module.css'
import type { Correcting } from './use-correct.ts'

/** What has come of the last correction, with the way back. */
export function CorrectionSaid({ correcting }: { readonly correcting: Correcting }) {
  const { said, fault, undo, isBusy } = correcting
  return (
    <>
      <div className={styles.said} role="status">
        {said}
        {said && undo && (
          <Button look="quiet" size="small" icon="restart" disabled={isBusy} onClick={undo}>
            {correctionWords.undo}
          </Button>
        )}
      </div>
      {fault && (
        <p className={styles.fault} role="alert">
          {fault}
        </p>
      )}
    </>
  )
}
