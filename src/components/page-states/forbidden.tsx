import { Link } from '@tanstack/react-router'
import { words } from '../../words/index.ts'
import { Icon } from '../icon/icon.tsx'
import { usePageTitle } from '../page-header/use-page-title.ts'
import styles from './page-states.module.css'

/** The right for this page is missing. */
export function Forbidden() {
  usePageTitle(words.states.forbiddenTitle)
  return (
    <div className={styles.state} data-page>
      <span className={styles.icon}>
        <Icon name="lock" size={18} />
      </span>
      <h1 className={styles.title}>{words.states.forbiddenTitle}</h1>
      <p className={styles.body}>{words.states.forbiddenBody}</p>
      <div className={styles.actions}>
        <Link to="/">{words.states.toOverview}</Link>
      </div>
    </div>
  )
}
