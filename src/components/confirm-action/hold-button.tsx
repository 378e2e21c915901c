import { useId } from 'react'
import { words } from '../../words/index.ts'
import { Icon, type IconName } from '../icon/icon.tsx'
import styles from './hold-button.module.css'
import { newIdempotencyKey } from './idempotency-key.ts'
import { useHold } from './use-hold.ts'

/**
 * The one control for anything physical or final. Hold it for a second, or press Enter twice. The idempotency key
 * is made here, once per confirmation, so that one meant act can never become two.
 */
export function HoldButton({
  label,
  action,
  icon,
  look = 'default',
  size = 'medium',
  full = false,
  busy = false,
  disabledWhy,
  onConfirm,
}: {
  readonly label: string
  /** The whole act with its place, for those who hear the button: "Open Main entrance, Head office". */
  readonly action: string
  readonly icon?: IconName
  readonly look?: 'default' | 'primary' | 'quiet' | 'danger'
  readonly size?: 'small' | 'medium' | 'large'
  readonly full?: boolean
  readonly busy?: boolean
  /** Why it cannot be done now; the button stays reachable and says so. */
  readonly disabledWhy?: string | undefined
  readonly onConfirm: (idempotencyKey: string) => void
}) {
  const disabled = busy || disabledWhy !== undefined
  const { phase, announcement, handlers } = useHold({
    action,
    disabled,
    onConfirm: () => onConfirm(newIdempotencyKey()),
  })
  const id = useId()
  const { confirm } = words.states
  return (
    <span className={styles.wrap} data-full={full || undefined}>
      <button
        type="button"
        className={styles.button}
        data-phase={phase}
        data-look={look}
        data-size={size}
        aria-label={phase === 'armed' ? `${confirm.shown.armed}: ${action}` : action}
        aria-describedby={id}
        aria-disabled={disabled || undefined}
        title={disabledWhy ?? confirm.hint}
        {...handlers}
      >
        <span className={styles.mark} aria-hidden="true">
          {icon && <Icon name={icon} />}
          <svg className={styles.ring} viewBox="0 0 20 20" width={20} height={20} aria-hidden="true">
            <circle className={styles.track} cx="10" cy="10" r="8" />
            <circle className={styles.progress} cx="10" cy="10" r="8" pathLength="100" />
          </svg>
        </span>
        <span aria-hidden="true">{phase === 'idle' ? label : confirm.shown[phase]}</span>
      </button>
      <span className="visually-hidden" id={id}>
        {disabledWhy ?? confirm.describe}
      </span>
      <span className="visually-hidden" aria-live="assertive">
        {announcement}
      </span>
    </span>
  )
}
