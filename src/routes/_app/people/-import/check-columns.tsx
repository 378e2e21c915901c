import { Badge, type Tone } from '../../../../components/badge/badge.tsx'
import type { Column } from '../../../../components/data-table/data-table.tsx'
import { count } from '../../../../format/number.ts'
import { peopleWords } from '../../../../words/people.ts'
import styles from './import.module.css'
import type { RowFault } from './rows.ts'
import type { Judged } from './send-rows.ts'

const tones: Record<Judged['outcome'], Tone> = {
  Create: 'ok',
  Change: 'accent',
  Same: 'neutral',
  Bad: 'danger',
}

/** A row of the file: what it would do, or what is wrong with it. */
export function checkColumns(): Column<Judged>[] {
  const w = peopleWords.importing
  return [
    { id: 'row', header: w.row, width: '64px', align: 'end', cell: each => count(each.row) },
    { id: 'code', header: w.code, width: 'minmax(90px, 1fr)', cell: each => each.code },
    {
      id: 'outcome',
      header: w.outcome,
      width: 'minmax(120px, 1fr)',
      cell: each => <Badge tone={tones[each.outcome]}>{w.outcomes[each.outcome]}</Badge>,
    },
    {
      id: 'details',
      header: w.details,
      width: 'minmax(260px, 4fr)',
      cell: each => {
        const text = detailsOf(each)
        return (
          <span className={each.outcome === 'Bad' ? styles.bad : undefined} title={text}>
            {text}
          </span>
        )
      },
    },
  ]
}

/** The same on a phone: one column, with what is wrong in two lines of its own. */
export function narrowCheckColumns(): Column<Judged>[] {
  const w = peopleWords.importing
  return [
    {
      id: 'row',
      header: w.row,
      width: 'minmax(0, 1fr)',
      cell: each => {
        const text = detailsOf(each)
        return (
          <div className={styles.row}>
            <span className={styles.line}>
              <span>
                {count(each.row)} · {each.code}
              </span>
              <Badge tone={tones[each.outcome]}>{w.outcomes[each.outcome]}</Badge>
            </span>
            <span className={`${styles.text} ${each.outcome === 'Bad' ? styles.bad : ''}`} title={text}>
              {text}
            </span>
          </div>
        )
      },
    },
  ]
}

function detailsOf({ errors, changes }: Judged): string {
  const lines = errors.map(({ Field, Message }) => `${fieldName(Field)}: ${Message}`)
  return [...lines, ...changes.map(inWords)].join('; ')
}

/** What this browser found wrong with a cell, in words. */
export function faultText(fault: RowFault): string {
  const w = peopleWords.importing.faults
  if (fault.kind === 'code') return w.code
  if (fault.kind === 'pin') return w.pin
  if (fault.kind === 'twice') return w.twice(count(fault.row))
  if (fault.kind === 'long') return w.long(count(fault.max))
  return w[fault.kind](fault.value)
}

/** "ValidTo: from to to" with the field's name as the page has it. */
function inWords(change: string): string {
  const at = change.indexOf(':')
  return at < 0 ? change : `${fieldName(change.slice(0, at))}${change.slice(at)}`
}

function fieldName(field: string): string {
  const names: Readonly<Record<string, string>> = peopleWords.importing.fields
  return names[field] ?? field
}
