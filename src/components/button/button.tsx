import type { ComponentProps, ReactNode } from 'react'
import { Icon, type IconName } from '../icon/icon.tsx'
import styles from './button.module.css'

type ButtonLook = 'default' | 'primary' | 'quiet' | 'danger'

interface ButtonProps extends Omit<ComponentProps<'button'>, 'className' | 'children'> {
  readonly look?: ButtonLook
  readonly size?: 'small' | 'medium' | 'large'
  readonly icon?: IconName
  /** Shows a spinner and refuses clicks; the label stays, so the width does not jump. */
  readonly busy?: boolean
  readonly full?: boolean
  readonly children?: ReactNode
}

/** The plain button. For anything physical or final use HoldButton instead. */
export function Button({
  look = 'default',
  size = 'medium',
  icon,
  busy = false,
  full = false,
  type = 'button',
  disabled,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      className={styles.button}
      data-look={look}
      data-size={size}
      data-full={full || undefined}
      data-icon-only={children === undefined || undefined}
      data-busy={busy || undefined}
      aria-busy={busy || undefined}
      disabled={disabled || busy}
    >
      {busy ? <span className={styles.spinner} aria-hidden="true" /> : icon && <Icon name={icon} />}
      {children}
    </button>
  )
}
