import { words } from '../../words/index.ts'
import styles from './page-states.module.css'
import { Bone } from './skeleton.tsx'

/** What a page shows while its first data is on the way. */
export function PendingPage() {
  return (
    <div className={styles.pending} role="status">
      <span className="visually-hidden">{words.states.loading}</span>
      <Bone width="160px" height={24} />
      <Bone height={88} />
      <Bone height={280} />
    </div>
  )
}
