import { SideSheet } from '../../../../components/side-sheet/side-sheet.tsx'
import { reviewWords } from '../../../../words/attendance-review.ts'
import styles from './inbox.module.css'

/** Which key does what. */
export function InboxKeys({ onClose }: { readonly onClose: () => void }) {
  const w = reviewWords.inbox
  return (
    <SideSheet title={w.keysTitle} onClose={onClose}>
      <dl className={styles.keys}>
        {w.keyList.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </SideSheet>
  )
}
