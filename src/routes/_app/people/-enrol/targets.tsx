import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { OperationResult } from '#contract/types.ts'
import { operationQuery } from '../../../../api/query.ts'
import { Badge, type Tone } from '../../../../components/badge/badge.tsx'
import { TerminalPicker } from '../../../../components/people/terminal-picker.tsx'
import { timesInText } from '../../../../format/times-in-text.ts'
import { peopleWords } from '../../../../words/people.ts'
import styles from './enrol.module.css'

export type DeviceResults = OperationResult<'users.assignCard'>['body']['Results']

/** Terminals a credential goes to: all the person is wanted on, else those chosen here. */
export function useTargets(code: string) {
  const { data } = useQuery(operationQuery('users.states', { EmployeeCode: code, Limit: 1000 }))
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const wanted = data?.States.filter(each => each.State !== 'Removing' && each.State !== 'Removed').map(
    each => each.DeviceSN,
  )
  const isChoosing = wanted?.length === 0
  return {
    sns: isChoosing ? [...chosen] : (wanted ?? []),
    isKnown: wanted !== undefined,
    isChoosing,
    chosen,
    setChosen,
  }
}

/** Where a credential goes, in words or to be ticked. */
export function TargetChoice({ targets }: { readonly targets: ReturnType<typeof useTargets> }) {
  const w = peopleWords.person.cardForm
  if (!targets.isKnown) return null
  if (!targets.isChoosing)
    return (
      <p className={styles.note}>
        {w.where} ({peopleWords.picker.chosen(targets.sns.length)})
      </p>
    )
  return (
    <>
      <p className={styles.note}>{w.noTerminal}</p>
      <TerminalPicker
        label={peopleWords.push.terminals}
        chosen={targets.chosen}
        onChange={targets.setChosen}
      />
    </>
  )
}

const tones: Record<DeviceResults[number]['Status'], Tone> = {
  done: 'ok',
  queued: 'accent',
  refused: 'danger',
}

/** What each terminal was told, or why not. Whether it holds it is shown with the terminals of the person. */
export function ResultList({ results }: { readonly results: DeviceResults }) {
  const w = peopleWords.person.cardForm
  const { data } = useQuery(operationQuery('users.terminals', {}))
  const labelOf = (sn: string) => data?.Terminals.find(each => each.DeviceSN === sn)?.LabelName ?? sn
  return (
    <ul className={styles.results} aria-label={w.results}>
      {results.map(result => (
        <li key={result.DeviceSN}>
          <Badge tone={tones[result.Status]}>{w.result[result.Status]}</Badge>
          {labelOf(result.DeviceSN)}
          {result.Error && <span className={styles.note}>{timesInText(result.Error)}</span>}
        </li>
      ))}
    </ul>
  )
}
