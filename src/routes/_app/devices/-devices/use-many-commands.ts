import { useQueries } from '@tanstack/react-query'
import type { OperationAnswer } from '#contract/types.ts'
import { operationQuery } from '../../../../api/query.ts'
import { isSettled } from '../../../../components/commands/use-command.ts'

export type ManyCommand = OperationAnswer<'devices.queue'>['Commands'][number]

const atOnce = 100
/** Of hundreds some are away for long; asking for all of them every two seconds would be a load of its own. */
const pollMs = { few: 2000, many: 10_000 }
const fewPieces = 2

/** Follows the commands an order to many has become, in pieces, until each is settled; by command id. */
export function useManyCommands(ids: readonly string[]): ReadonlyMap<string, ManyCommand> {
  const pieces = Array.from({ length: Math.ceil(ids.length / atOnce) }, (_, index) =>
    ids.slice(index * atOnce, (index + 1) * atOnce),
  )
  const answers = useQueries({
    queries: pieces.map(CommandID => ({
      ...operationQuery('devices.queue', { CommandID, Limit: atOnce }),
      refetchInterval: (query: { state: { data?: OperationAnswer<'devices.queue'> | undefined } }) =>
        query.state.data?.Commands.every(({ State }) => isSettled(State))
          ? (false as const)
          : pieces.length > fewPieces
            ? pollMs.many
            : pollMs.few,
    })),
  })
  return new Map(
    answers.flatMap(({ data }) => data?.Commands ?? []).map(command => [command.CommandID, command]),
  )
}
