import { Link, useLocation } from '@tanstack/react-router'
import { useSession } from '../../api/session.ts'
import { words } from '../../words/index.ts'
import { Icon } from '../icon/icon.tsx'
import styles from './link-status.module.css'

/** Reminds of the printed password on every page, until it is changed; the settings page says it at the form. */
export function InitialPasswordBanner() {
  const session = useSession()
  const { pathname } = useLocation()
  if (!session?.PasswordIsInitial || pathname === '/settings') return null
  return (
    <p className={styles.banner}>
      <Icon name="lock" />
      <span>
        {words.account.initialPassword} <Link to="/settings">{words.account.changePassword}</Link>
      </span>
    </p>
  )
}
