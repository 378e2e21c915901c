import { peopleWords } from '../../../../words/people.ts'
import styles from './hands.module.css'

type FingerState = 'none' | 'enrolled' | 'duress'

/** Fingers of a right hand seen from its back, thumb first: middle of the tip, height, and lean in degrees. */
const shapes = [
  { x: 40, y: 76, height: 44, lean: -38 },
  { x: 42, y: 34, height: 62, lean: -9 },
  { x: 63, y: 22, height: 72, lean: 0 },
  { x: 84, y: 30, height: 64, lean: 7 },
  { x: 103, y: 50, height: 48, lean: 15 },
] as const

/** Both hands with what is enrolled; the list beside it says the same in words. `states` by finger, 0 to 9. */
export function Hands({ states }: { readonly states: readonly FingerState[] }) {
  const w = peopleWords.person.credentials
  return (
    <div className={styles.hands} aria-hidden="true">
      <figure className={styles.hand}>
        <Hand states={[4, 3, 2, 1, 0].map(at => states[at] ?? 'none')} isLeft />
        <figcaption className={styles.caption}>{w.hands.left}</figcaption>
      </figure>
      <figure className={styles.hand}>
        <Hand states={[5, 6, 7, 8, 9].map(at => states[at] ?? 'none')} />
        <figcaption className={styles.caption}>{w.hands.right}</figcaption>
      </figure>
    </div>
  )
}

function Hand({
  states,
  isLeft = false,
}: {
  readonly states: readonly FingerState[]
  readonly isLeft?: boolean
}) {
  return (
    <svg className={styles.drawing} viewBox="0 0 125 150" aria-hidden="true">
      <g transform={isLeft ? 'translate(125 0) scale(-1 1)' : undefined}>
        {shapes.map((shape, at) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: fingers do not move
            key={at}
            className={styles.finger}
            data-state={states[at]}
            x={shape.x - 8.5}
            y={shape.y - 8}
            width={17}
            height={shape.height + 22}
            rx={8.5}
            transform={`rotate(${shape.lean} ${shape.x} ${shape.y + shape.height})`}
          />
        ))}
        <path
          className={styles.palm}
          d="M38 92 Q40 84 50 84 H100 Q112 84 112 96 V118 Q112 142 88 142 H66 Q52 142 44 128 Z"
        />
      </g>
    </svg>
  )
}
