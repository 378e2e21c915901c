import type { OperationAnswer } from '#contract/types.ts'
import { CommandStatus } from '../../../../components/commands/command-status.tsx'
import { isSettled } from '../../../../components/commands/use-command.ts'
import { SideSheet } from '../../../../components/side-sheet/side-sheet.tsx'
import { fleetWords } from '../../../../words/fleet.ts'
import styles from '../-fleet/fleet-page.module.css'
import type { ManyCommand } from './use-many-commands.ts'

export type BulkResult = OperationAnswer<'devices.orderMany'>['Results'][number]

type Commands = ReadonlyMap<string, ManyCommand>

/** How an order to many stands: what is done, what waits for an answer, and what came to nothing. */
export function countOutcomes(results: readonly BulkResult[], commands: Commands) {
  const outcomes = results.map(result => outcomeOf(result, commands))
  const of = (outcome: Outcome) => outcomes.filter(one => one === outcome).length
  return { done: of('done'), open: of('open'), failed: of('failed') }
}

type Outcome = 'failed' | 'open' | 'done'
const rank: Record<Outcome, number> = { failed: 0, open: 1, done: 2 }

function outcomeOf(result: BulkResult, commands: Commands): Outcome {
  if (result.Status === 'Refused') return 'failed'
  if (result.CommandID === null) return 'done'
  const command = commands.get(result.CommandID)
  if (command === undefined || !isSettled(command.State)) return 'open'
  return command.State === 'Done' ? 'done' : 'failed'
}

/** What became of it at each terminal, what came to nothing first; it goes on while terminals answer. */
export function BulkResults({
  results,
  commands,
  onClose,
}: {
  readonly results: readonly BulkResult[]
  readonly commands: Commands
  readonly onClose: () => void
}) {
  const w = fleetWords.bulk
  const { done, open, failed } = countOutcomes(results, commands)
  return (
    <SideSheet title={w.results} lead={w.outcome(done, open, failed)} onClose={onClose}>
      <ul className={styles.list}>
        {results
          .toSorted((a, b) => rank[outcomeOf(a, commands)] - rank[outcomeOf(b, commands)])
          .map(result => (
            <li key={result.DeviceSN} className={styles.item}>
              <Item result={result} command={commands.get(result.CommandID ?? '')} />
            </li>
          ))}
      </ul>
    </SideSheet>
  )
}

function Item({
  result,
  command,
}: {
  readonly result: BulkResult
  readonly command: ManyCommand | undefined
}) {
  const w = fleetWords.bulk
  const isFailed = result.Status === 'Refused'
  return (
    <>
      <span className={styles.text}>
        {command?.LabelName ?? result.DeviceSN}
        {command && <span className={styles.small}>{result.DeviceSN}</span>}
      </span>
      {command ? (
        <CommandStatus command={command} short />
      ) : (
        <span className={isFailed ? styles.failed : styles.quiet}>
          {result.Cleared === null ? w.states[result.Status] : w.cleared(result.Cleared)}
          {result.Error ? ` (${result.Error})` : ''}
        </span>
      )}
    </>
  )
}
