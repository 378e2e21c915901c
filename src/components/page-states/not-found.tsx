import { Link } from '@tanstack/react-router'
import { words } from '../../words/index.ts'
import { Icon } from '../icon/icon.tsx'
import { usePageTitle } from '../page-header/use-page-title.ts'
import styles from './page-states.module.css'

/** No such page, or what it showed is gone. */
export function NotFound() {
  usePageTitle(words.states.notFoundTitle)
  return (
    <div className={styles.state} data-page>
      <span className={styles.icon}>
        <Icon name="question" size={18} />
      </span>
      <h1 className={styles.title}>{words.states.notFoundTitle}</h1>
      <p className={styles.body}>{words.states.notFoundBody}</p>
      <div className={styles.actions}>
        <Link to="/">{words.states.toOverview}</Link>
      </div>
    </div>
  )
}
