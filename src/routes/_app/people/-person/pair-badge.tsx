import { Badge, type Tone } from '../../../../components/badge/badge.tsx'
import type { IconName } from '../../../../components/icon/icon.tsx'
import { timesInText } from '../../../../format/times-in-text.ts'
import { peopleWords } from '../../../../words/people.ts'
import type { UserState } from './use-person.ts'

const looks: Record<UserState['State'], { tone: Tone; icon: IconName }> = {
  InStep: { tone: 'ok', icon: 'check' },
  Pending: { tone: 'accent', icon: 'clock' },
  Failed: { tone: 'danger', icon: 'cross' },
  Blocked: { tone: 'warn', icon: 'warning' },
  Removing: { tone: 'accent', icon: 'clock' },
  Removed: { tone: 'neutral', icon: 'check' },
  Withheld: { tone: 'neutral', icon: 'pause' },
}

/** How a terminal stands with a person, in one word; the reason in the tooltip. */
export function PairBadge({
  state,
  withLabel = false,
}: {
  readonly state: UserState
  readonly withLabel?: boolean
}) {
  const w = peopleWords.matrix
  const { tone, icon } = looks[state.State]
  const title = [w.states[state.State], timesInText(state.Reason ?? w.reasons[state.ReasonCode])]
    .filter(Boolean)
    .join(': ')
  return (
    <Badge tone={tone} icon={icon} title={withLabel ? `${state.LabelName}: ${title}` : title}>
      {withLabel ? (
        <>
          {state.LabelName}
          <span className="visually-hidden">: {title}</span>
        </>
      ) : (
        w.states[state.State]
      )}
    </Badge>
  )
}
