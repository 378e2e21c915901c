import type { NavItem } from '../../components/app-shell/nav-items.ts'
import { words } from '../../words/index.ts'
import styles from './palette.module.css'

/** Every key, from the same list the keys work by. */
export function KeySheet({ items }: { readonly items: readonly NavItem[] }) {
  const w = words.palette.keys
  const rows = [
    { keys: ['Ctrl', 'K'], label: w.palette },
    { keys: ['?'], label: w.help },
    ...items.map(item => ({ keys: ['g', item.letter], label: w.goTo(item.label) })),
    { keys: ['Enter', 'Enter'], label: w.confirm },
    { keys: ['Esc'], label: w.close },
  ]
  return (
    <div className={styles.sheet}>
      <h2 className={styles.title}>{words.palette.keysTitle}</h2>
      <dl className={styles.keys}>
        {rows.map(row => (
          <div key={row.label} className={styles.keyRow}>
            <dt>
              {row.keys.map((key, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the same key may come twice and never moves
                <kbd key={index}>{key}</kbd>
              ))}
            </dt>
            <dd>{row.label}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
