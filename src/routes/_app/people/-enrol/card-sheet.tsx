import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { errorDetail, errorTextKey } from '../../../../api/error-text.ts'
import { operationMutation, operationQuery } from '../../../../api/query.ts'
import { useAge } from '../../../../components/age/age.tsx'
import { Button } from '../../../../components/button/button.tsx'
import { Field, FormGrid } from '../../../../components/field/field.tsx'
import { SideSheet } from '../../../../components/side-sheet/side-sheet.tsx'
import { words } from '../../../../words/index.ts'
import { peopleWords } from '../../../../words/people.ts'
import type { PersonRecord } from '../-person/use-person.ts'
import styles from './enrol.module.css'
import { ResultList, TargetChoice, useTargets } from './targets.tsx'

/** Somebody holds a card to a reader while this is open; no event tells of a card that belongs to nobody. */
const lookAgainMs = 2000
const shownMax = 5

/** A card by typing it, by taking one that was just shown somewhere, or by letting a terminal ask for it. */
export function CardSheet({
  person,
  onClose,
  onTap,
}: {
  readonly person: PersonRecord
  readonly onClose: () => void
  readonly onTap: () => void
}) {
  const w = peopleWords.person.cardForm
  const [card, setCard] = useState('')
  const [fault, setFault] = useState<string>()
  const targets = useTargets(person.EmployeeCode)
  const assign = useMutation(operationMutation('users.assignCard'))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const isNumber = /^\d{1,20}$/.test(card.trim())
    setFault(isNumber ? undefined : w.wrong)
    if (!isNumber || targets.sns.length === 0) return
    assign.mutate({
      input: { EmployeeCode: person.EmployeeCode, DeviceSN: targets.sns, CardNumber: card.trim() },
    })
  }
  const failed = assign.error && words.errors[errorTextKey(assign.error)]
  return (
    <SideSheet title={w.title} lead={person.EmployeeCode} onClose={onClose}>
      {assign.data ? (
        <div className={styles.stack}>
          <ResultList results={assign.data.body.Results} />
          <div className={styles.actions}>
            <Button look="primary" onClick={onClose}>
              {words.states.form.close}
            </Button>
          </div>
        </div>
      ) : (
        <form onSubmit={submit} noValidate>
          <FormGrid
            actions={
              <>
                <Button
                  type="submit"
                  look="primary"
                  busy={assign.isPending}
                  disabled={targets.sns.length === 0}
                >
                  {assign.isPending ? w.busy : w.submit}
                </Button>
                <Button look="quiet" onClick={onClose}>
                  {words.states.form.cancel}
                </Button>
              </>
            }
          >
            <Field
              label={w.number}
              hint={w.hint}
              error={
                fault ??
                (failed ? `${failed.title}. ${errorDetail(assign.error) ?? failed.advice}` : undefined)
              }
            >
              {control => (
                <input
                  {...control}
                  className="gh-input"
                  inputMode="numeric"
                  autoComplete="off"
                  maxLength={20}
                  value={card}
                  onChange={event => setCard(event.target.value)}
                />
              )}
            </Field>
            <UnknownCards onUse={setCard} />
            <div>
              <Button icon="card" onClick={onTap}>
                {w.tap}
              </Button>
            </div>
            <TargetChoice targets={targets} />
          </FormGrid>
        </form>
      )}
    </SideSheet>
  )
}

function UnknownCards({ onUse }: { readonly onUse: (card: string) => void }) {
  const w = peopleWords.person.cardForm
  const { data } = useQuery({
    ...operationQuery('users.unknownCards', { Limit: shownMax }),
    refetchInterval: lookAgainMs,
  })
  if (data === undefined) return null
  return (
    <section aria-label={w.recent} aria-live="polite">
      <h3 className={styles.heading}>{w.recent}</h3>
      {data.Cards.length === 0 ? (
        <p className={styles.note}>{w.recentNone}</p>
      ) : (
        <ul className={styles.cards}>
          {data.Cards.map(each => (
            <li key={`${each.CardNumber} ${each.DeviceSN}`}>
              <span className={styles.mono}>{each.CardNumber}</span>
              <Seen label={each.LabelName} at={each.LastAt} />
              <Button size="small" aria-label={w.use(each.CardNumber)} onClick={() => onUse(each.CardNumber)}>
                {w.use('')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Seen({ label, at }: { readonly label: string; readonly at: string }) {
  const age = useAge(at)
  return <span className={styles.note}>{peopleWords.person.cardForm.seen(label, age)}</span>
}
