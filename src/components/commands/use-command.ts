import { useQuery } from '@tanstack/react-query'
import { operationQuery } from '../../api/query.ts'
import { useCan } from '../../api/session.ts'
import type { Command, CommandState } from './command-status.tsx'

const pollMs = 2000

/** True once nothing more will be heard. */
export function isSettled(state: CommandState): boolean {
  return state !== 'Queued' && state !== 'Sent'
}

/**
 * Follows a command to its end: the OnCommand event asks for its state at once (api/live.ts), a slow poll is the net
 * under it. Starts with the row the order was answered with. `canFollow` is false for roles that may not read it.
 */
export function useCommand<C extends Command>(
  ordered: C | null,
): { command: Command | null; canFollow: boolean } {
  const canFollow = useCan('devices:read')
  const { data } = useQuery({
    ...operationQuery('devices.commandStatus', { CommandID: ordered?.CommandID ?? '' }),
    enabled: ordered !== null && canFollow && !isSettled(ordered.State),
    refetchInterval: query => (query.state.data && isSettled(query.state.data.State) ? false : pollMs),
    retry: false,
  })
  return { command: data ?? ordered, canFollow }
}
