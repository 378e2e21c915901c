import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { OperationAnswer } from '#contract/types.ts'
import { operationQuery } from '../../api/query.ts'
import { count } from '../../format/number.ts'
import { words } from '../../words/index.ts'
import { peopleWords } from '../../words/people.ts'
import { Dot } from '../badge/badge.tsx'
import { Button } from '../button/button.tsx'
import { QueryBlock } from '../page-states/query-states.tsx'
import styles from './terminal-picker.module.css'

export type UserTerminal = OperationAnswer<'users.terminals'>['Terminals'][number]

/** Above this many, a field to narrow the list is worth its place. */
const searchFrom = 8

/** Terminals to tick, one or many, with what speaks for and against each. */
export function TerminalPicker({
  label,
  chosen,
  only,
  onChange,
}: {
  readonly label: string
  readonly chosen: ReadonlySet<string>
  /** Which are offered at all; others are left out. */
  readonly only?: (terminal: UserTerminal) => boolean
  readonly onChange: (chosen: ReadonlySet<string>) => void
}) {
  const query = useQuery(operationQuery('users.terminals', {}))
  return (
    <QueryBlock query={query}>
      {({ Terminals }) => (
        <Picker
          label={label}
          terminals={only ? Terminals.filter(only) : Terminals}
          chosen={chosen}
          onChange={onChange}
        />
      )}
    </QueryBlock>
  )
}

function Picker({
  label,
  terminals,
  chosen,
  onChange,
}: {
  readonly label: string
  readonly terminals: readonly UserTerminal[]
  readonly chosen: ReadonlySet<string>
  readonly onChange: (chosen: ReadonlySet<string>) => void
}) {
  const w = peopleWords.picker
  const [text, setText] = useState('')
  const wanted = text.trim().toLowerCase()
  const shown = terminals.filter(terminal =>
    `${terminal.LabelName} ${terminal.Site} ${terminal.DeviceSN}`.toLowerCase().includes(wanted),
  )
  const toggle = (sn: string) => {
    const next = new Set(chosen)
    if (!next.delete(sn)) next.add(sn)
    onChange(next)
  }
  const areAll = shown.length > 0 && shown.every(terminal => chosen.has(terminal.DeviceSN))
  return (
    <fieldset className={styles.picker}>
      <legend className={styles.legend}>{label}</legend>
      <div className={styles.bar}>
        {terminals.length > searchFrom && (
          <input
            type="search"
            className="gh-input"
            aria-label={w.search}
            placeholder={w.search}
            value={text}
            onChange={event => setText(event.target.value)}
          />
        )}
        <Button
          size="small"
          disabled={shown.length === 0}
          onClick={() =>
            onChange(
              new Set(
                areAll
                  ? [...chosen].filter(sn => !shown.some(terminal => terminal.DeviceSN === sn))
                  : [...chosen, ...shown.map(terminal => terminal.DeviceSN)],
              ),
            )
          }
        >
          {areAll ? w.none : w.all}
        </Button>
        <span className={styles.count} role="status">
          {w.chosen(chosen.size)}
        </span>
      </div>
      {shown.length === 0 ? (
        <p className={styles.note}>{words.parts.combobox.none}</p>
      ) : (
        <ul className={styles.list}>
          {shown.map(terminal => (
            <li key={terminal.DeviceSN} className={styles.item}>
              <label>
                <input
                  type="checkbox"
                  checked={chosen.has(terminal.DeviceSN)}
                  onChange={() => toggle(terminal.DeviceSN)}
                />
                <span className={styles.name}>
                  {terminal.LabelName} <span className={styles.note}>{terminal.Site}</span>
                </span>
                <span className={styles.end}>
                  {terminal.UsersMax !== null && (
                    <span>{w.holds(count(terminal.Users), count(terminal.UsersMax))}</span>
                  )}
                  <Dot tone={terminal.Online ? 'ok' : 'neutral'} ring={!terminal.Online} />
                  {terminal.Online ? w.online : w.offline}
                </span>
              </label>
            </li>
          ))}
        </ul>
      )}
    </fieldset>
  )
}
