import { useMutation } from '@tanstack/react-query'
import { operationMutation } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { Badge, type Tone } from '../../../../components/badge/badge.tsx'
import { Button } from '../../../../components/button/button.tsx'
import { Check } from '../../../../components/field/field.tsx'
import type { IconName } from '../../../../components/icon/icon.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { count } from '../../../../format/number.ts'
import { consoleWords } from '../../../../words/webhook-console.ts'
import styles from './check-panel.module.css'
import { failureText } from './failure-text.ts'
import type { Receiver } from './receiver-page.tsx'

const looks = {
  ok: { tone: 'ok', icon: 'check' },
  warn: { tone: 'warn', icon: 'warning' },
  failed: { tone: 'danger', icon: 'cross' },
  skipped: { tone: 'neutral', icon: 'question' },
} as const satisfies Record<string, { tone: Tone; icon: IconName }>

/** Looks at the receiver from here, step by step: how far a message gets, and what it would need to get further. */
export function CheckPanel({ receiver }: { readonly receiver: Receiver }) {
  const w = consoleWords.tests
  const may = useCan('webhooks:write')
  const check = useMutation(operationMutation('webhooks.check'))
  if (!may) return null
  return (
    <Panel title={w.check}>
      <form
        className={styles.check}
        onSubmit={event => {
          event.preventDefault()
          const WrongSignature = new FormData(event.currentTarget).has('wrong')
          check.mutate({ input: { SubscriptionID: receiver.SubscriptionID, WrongSignature } })
        }}
      >
        <p className={styles.note}>{w.checkLead}</p>
        <Check name="wrong">{w.wrong}</Check>
        <div>
          <Button type="submit" icon="pulse" busy={check.isPending}>
            {w.run}
          </Button>
        </div>
      </form>
      <div role="status">
        {check.isError && <p>{failureText(check.error)}</p>}
        {check.data && (
          <ol className={styles.steps}>
            {check.data.body.Steps.map(step => (
              <li key={step.Step} className={styles.step}>
                <Badge tone={looks[step.Verdict].tone} icon={looks[step.Verdict].icon}>
                  {w.verdicts[step.Verdict]}
                </Badge>
                <span className={styles.name}>{w.steps[step.Step]}</span>
                <span className={styles.note}>
                  {step.Detail}
                  {step.Ms !== null && ` · ${w.took(count(Math.round(step.Ms)))}`}
                </span>
              </li>
            ))}
          </ol>
        )}
      </div>
    </Panel>
  )
}
