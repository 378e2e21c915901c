import type { OperationAnswer } from '#contract/types.ts'
import { words } from '../../words/index.ts'
import { Badge, type Tone } from '../badge/badge.tsx'
import type { IconName } from '../icon/icon.tsx'

export type Command = OperationAnswer<'devices.commandStatus'>
export type CommandState = Command['State']

const looks: Record<CommandState, { tone: Tone; icon: IconName }> = {
  Queued: { tone: 'neutral', icon: 'clock' },
  Sent: { tone: 'accent', icon: 'external' },
  Done: { tone: 'ok', icon: 'check' },
  Failed: { tone: 'danger', icon: 'cross' },
  Expired: { tone: 'warn', icon: 'clock' },
  Cancelled: { tone: 'neutral', icon: 'cross' },
  Unconfirmed: { tone: 'unknown', icon: 'question' },
}

/** One badge for every state of a command. It never says more than is known. */
export function CommandStatus({
  command,
  short = false,
}: {
  readonly command: Pick<Command, 'State' | 'ReturnCode' | 'Error'>
  readonly short?: boolean
}) {
  const { tone, icon } = looks[command.State]
  const said = [
    command.ReturnCode === null ? '' : words.commands.returnCode(String(command.ReturnCode)),
    command.Error ?? '',
  ]
  const title = [words.commands.state[command.State], ...said].filter(Boolean).join(' · ')
  return (
    <Badge tone={tone} icon={icon} title={title}>
      {short ? words.commands.short[command.State] : words.commands.state[command.State]}
    </Badge>
  )
}
