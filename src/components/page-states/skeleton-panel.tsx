import { SkeletonRows } from './skeleton.tsx'
import styles from './skeleton-panel.module.css'

/** Bones in the frame of a table that is on its way. */
export function SkeletonPanel({ rows = 10 }: { readonly rows?: number }) {
  return (
    <div className={styles.panel}>
      <SkeletonRows rows={rows} height={20} />
    </div>
  )
}
