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

/** The same to choose from: each slice is a button that says what it is. */
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
  return (
    <fieldset className={styles.bar} data-tall aria-label={label}>
      {beats.map(({ key, state, says }) => (
        <button
          key={key}
          type="button"
          className={styles.beat}
          data-state={state}
          data-chosen={key === chosen || undefined}
          aria-pressed={key === chosen}
          aria-label={says}
          title={says}
          onClick={() => onChoose(key)}
        />
      ))}
    </fieldset>
  )
}
