import { words } from '../../words/index.ts'
import styles from './page-states.module.css'

/** A grey bone of the size of what is coming; decoration only. */
export function Bone({ width, height = 12 }: { readonly width?: string; readonly height?: number }) {
  return <span className={styles.bone} style={{ inlineSize: width ?? '100%', blockSize: height }} />
}

/** Bones in rows, with one word for those who do not see them. */
export function SkeletonRows({
  rows = 4,
  height = 14,
}: {
  readonly rows?: number
  readonly height?: number
}) {
  const widths = ['92%', '78%', '86%', '64%']
  return (
    <div className={styles.pending} role="status">
      <span className="visually-hidden">{words.states.loading}</span>
      {Array.from({ length: rows }, (_, row) => row).map(row => (
        <Bone key={row} width={widths[row % widths.length] ?? '80%'} height={height} />
      ))}
    </div>
  )
}
