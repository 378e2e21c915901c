import { useMutation, useQuery } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import type { OperationAnswer } from '#contract/types.ts'
import { errorDetail, errorTextKey } from '../../../../api/error-text.ts'
import { operationMutation, operationQuery } from '../../../../api/query.ts'
import { Button } from '../../../../components/button/button.tsx'
import { Check, Field, FormGrid } from '../../../../components/field/field.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { SideSheet } from '../../../../components/side-sheet/side-sheet.tsx'
import { words } from '../../../../words/index.ts'
import { peopleWords } from '../../../../words/people.ts'
import styles from './person-form.module.css'

/** What holds for PINs, portraits, consent and retention; for those who answer for biometric data. */
export function RulesSheet({ onClose }: { readonly onClose: () => void }) {
  const w = peopleWords.rules
  const query = useQuery(operationQuery('users.rules', {}))
  return (
    <SideSheet title={w.title} lead={w.lead} onClose={onClose}>
      <QueryBlock query={query}>{rules => <RulesForm rules={rules} onClose={onClose} />}</QueryBlock>
    </SideSheet>
  )
}

function RulesForm({
  rules,
  onClose,
}: {
  readonly rules: OperationAnswer<'users.rules'>
  readonly onClose: () => void
}) {
  const w = peopleWords.rules
  const save = useMutation(operationMutation('users.setRules'))
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    save.mutate(
      {
        input: {
          PasswordDigitsMin: Number(form.get('digits')),
          PasswordsUnique: form.has('unique'),
          ConsentNeeded: form.has('consent'),
          KeepPhotos: form.has('photos'),
          RetentionDays: Number(form.get('retention')),
        },
      },
      { onSuccess: onClose },
    )
  }
  const failed = save.error && words.errors[errorTextKey(save.error)]
  const amount = (name: string, value: number, min: number, max: number) => (control: { id: string }) => (
    <input
      {...control}
      className="gh-input"
      type="number"
      name={name}
      min={min}
      max={max}
      required
      defaultValue={value}
    />
  )
  return (
    <form onSubmit={submit}>
      <FormGrid
        actions={
          <>
            <Button type="submit" look="primary" busy={save.isPending}>
              {save.isPending ? w.saving : w.save}
            </Button>
            <Button look="quiet" onClick={onClose}>
              {words.states.form.cancel}
            </Button>
          </>
        }
      >
        <Field label={w.digits}>{amount('digits', rules.PasswordDigitsMin, 1, 8)}</Field>
        <Check name="unique" defaultChecked={rules.PasswordsUnique}>
          {w.unique}
        </Check>
        <Check name="consent" defaultChecked={rules.ConsentNeeded}>
          {w.consent}
        </Check>
        <Check name="photos" defaultChecked={rules.KeepPhotos} hint={w.photosWhy}>
          {w.photos}
        </Check>
        <Field label={w.retention} hint={w.retentionWhy}>
          {amount('retention', rules.RetentionDays, 0, 3660)}
        </Field>
        {failed && (
          <p className={styles.failed} role="alert">
            {`${failed.title}. ${errorDetail(save.error) ?? failed.advice}`}
          </p>
        )}
      </FormGrid>
    </form>
  )
}
