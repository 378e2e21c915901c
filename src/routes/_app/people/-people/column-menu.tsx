import { useCan } from '../../../../api/session.ts'
import fieldStyles from '../../../../components/field/field.module.css'
import { Menu } from '../../../../components/menu/menu.tsx'
import { peopleWords } from '../../../../words/people.ts'
import styles from './column-menu.module.css'
import { type ColumnId, columnIds } from './people-columns.tsx'
import type { ColumnChoice } from './use-columns.ts'

/** Which columns the directory shows; faces only for those who may look at them, and never by themselves. */
export function ColumnMenu({ columns }: { readonly columns: ColumnChoice }) {
  const w = peopleWords.directory.columns
  const maySeeFaces = useCan('people:credentials')
  const maySeePunches = useCan('attendance:read')
  const ids: (ColumnId | 'photos')[] = columnIds.filter(id => id !== 'attendance' || maySeePunches)
  if (maySeeFaces) ids.push('photos')
  return (
    <Menu label={w.button} icon="table" title={w.title} align="end">
      {() => (
        <fieldset className={styles.menu} style={{ border: 0, margin: 0 }}>
          <legend className="visually-hidden">{w.title}</legend>
          {ids.map(id => (
            <label key={id} className={fieldStyles.check}>
              <input type="checkbox" checked={columns.shown.has(id)} onChange={() => columns.toggle(id)} />
              <span>
                {w[id]}
                {id === 'photos' && <span className={fieldStyles.hint}>{w.photosWhy}</span>}
              </span>
            </label>
          ))}
        </fieldset>
      )}
    </Menu>
  )
}
