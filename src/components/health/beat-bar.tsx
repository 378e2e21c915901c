import styles from './beat-bar.module.css'

export type BeatState = 'up' | 'partly' | 'away' | 'planned' | 'unknown'

/** A heartbeat at a glance, one piece per slice of time; `label` says the same to whoever cannot see it. */
export function BeatBar({ beats, label }: { readonly beats: readonly BeatState[]; readonly label: string }) {
  return (
    <span className={styles.bar} role="img" aria-label={label} title={label}>
      {beats.map((state, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a slice is its place
        <span key={index} className={styles.beat} data-state={state} />
      ))}
    </span>
  )
}

/**
 * The same to look into: a slider below says of each slice what it is. The slices themselves are too narrow to be
 * pressed; over them the pointer says it as well.
 */
export function BeatButtons({
  beats,
  label,
  chosen,
  onChoose,
}: {
  readonly beats: readonly { readonly key: string; readonly state: BeatState; readonly says: string }[]
  readonly label: string
  readonly chosen?: string | undefined
  readonly onChoose: (key: string) => void
}) {
  const last = beats.length - 1
  const found = beats.findIndex(({ key }) => key === chosen)
  const place = found < 0 ? last : found
  return (
    <div className={styles.choice}>
      <span className={styles.bar} data-tall aria-hidden="true">
        {beats.map(({ key, state, says }, index) => (
          <span
            key={key}
            className={styles.beat}
            data-state={state}
            data-chosen={index === found || undefined}
            title={says}
          />
        ))}
      </span>
      <input
        type="range"
        className={styles.slider}
        aria-label={label}
        aria-valuetext={beats[place]?.says}
        min={0}
        max={Math.max(0, last)}
        value={Math.max(0, place)}
        onChange={event => {
          const beat = beats[Number(event.target.value)]
          if (beat) onChoose(beat.key)
        }}
      />
    </div>
  )
}
