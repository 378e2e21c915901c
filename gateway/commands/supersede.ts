import { type CommandRow, readPayload } from '../store/commands.ts'
import type { Write } from '../store/index.ts'
import type { CommandKind } from './kinds.ts'
import { applyHappening } from './settle.ts'

const error = 'Overtaken by a newer order'

/**
 * Ends open orders that a newer one overtakes: repeated after it they would undo it. What nobody has fetched is
 * cancelled; what was handed over is not handed over again, and its answer still counts. Answers how many.
 */
export async function supersede(
  deps: Parameters<typeof applyHappening>[0],
  write: Write,
  sn: string,
  kinds: readonly CommandKind[],
  isOvertaken: (payload: Record<string, unknown>) => boolean,
): Promise<number> {
  const open: CommandRow[] = await write
    .selectFrom('command')
    .selectAll()
    .where('sn', '=', sn)
    .where('kind', 'in', kinds)
    .where('state', 'in', ['queued', 'sent'])
    .execute()
  let ended = 0
  for (const command of open) {
    if (!isOvertaken(readPayload(command))) continue
    const isWaiting = command.state === 'queued' && command.attempts === 0
    const happening = isWaiting
      ? ({ type: 'cancelled' } as const)
      : command.state === 'queued'
        ? ({ type: 'lifeEnded' } as const)
        : ({ type: 'silence', again: false } as const)
    const to = await applyHappening(deps, write, command, happening, { error })
    ended += to === null ? 0 : 1
  }
  return ended
}
