import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../../../../api/client.ts'
import { errorDetail, errorTextKey } from '../../../../api/error-text.ts'
import { operationMutation } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { Button } from '../../../../components/button/button.tsx'
import { HoldButton } from '../../../../components/confirm-action/hold-button.tsx'
import { Field, FormGrid } from '../../../../components/field/field.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { SideSheet } from '../../../../components/side-sheet/side-sheet.tsx'
import { words } from '../../../../words/index.ts'
import { peopleWords } from '../../../../words/people.ts'
import styles from './status-panel.module.css'
import type { PersonRecord } from './use-person.ts'

/** What a person may ask for: a copy of all that is kept, and that it is erased. */
export function CarePanel({ person }: { readonly person: PersonRecord }) {
  const w = peopleWords.person.care
  const mayExport = useCan('people:write')
  const mayErase = useCan('people:biometrics')
  const [isErasing, setErasing] = useState(false)
  const { EmployeeCode } = person
  const copy = useMutation({
    mutationFn: () => client.call('users.exportData', { EmployeeCode }),
    onSuccess: ({ body }) => save(`person-${EmployeeCode}.json`, JSON.stringify(body, null, 2)),
  })
  if (!mayExport && !mayErase) return null
  const failed = copy.error && words.errors[errorTextKey(copy.error)]
  return (
    <Panel title={w.title}>
      <div className={styles.acts}>
        {mayExport && (
          <div className={styles.act}>
            <Button icon="download" busy={copy.isPending} onClick={() => copy.mutate()}>
              {copy.isPending ? w.exporting : w.export}
            </Button>
            <span className={styles.why}>{w.exportWhy}</span>
          </div>
        )}
        {mayErase && (
          <div className={styles.act}>
            <Button look="danger" icon="trash" onClick={() => setErasing(true)}>
              {w.erase}
            </Button>
            <span className={styles.why}>{w.eraseLead}</span>
          </div>
        )}
      </div>
      {failed && (
        <p className={styles.failed} role="alert">
          {`${failed.title}. ${errorDetail(copy.error) ?? failed.advice}`}
        </p>
      )}
      {isErasing && <EraseSheet code={EmployeeCode} onClose={() => setErasing(false)} />}
    </Panel>
  )
}

function EraseSheet({ code, onClose }: { readonly code: string; readonly onClose: () => void }) {
  const w = peopleWords.person.care
  const [typed, setTyped] = useState('')
  const [withPunches, setWithPunches] = useState(false)
  const erase = useMutation(operationMutation('users.erase'))
  const matches = typed.trim() === code
  const failed = erase.error && words.errors[errorTextKey(erase.error)]
  return (
    <SideSheet title={w.eraseTitle} lead={w.eraseLead} onClose={onClose}>
      <FormGrid
        actions={
          <>
            <HoldButton
              icon="trash"
              look="danger"
              label={w.eraseDo}
              action={w.eraseAction(code)}
              busy={erase.isPending}
              disabledWhy={matches ? undefined : w.eraseMismatch}
              onConfirm={() =>
                erase.mutate(
                  {
                    input: {
                      EmployeeCode: code,
                      Confirm: typed.trim(),
                      Punches: withPunches ? 'Remove' : 'Keep',
                    },
                  },
                  { onSuccess: onClose },
                )
              }
            />
            <Button look="quiet" onClick={onClose}>
              {words.states.form.cancel}
            </Button>
          </>
        }
      >
        <Field label={w.eraseConfirm}>
          {control => (
            <input
              {...control}
              className="gh-input"
              autoComplete="off"
              spellCheck={false}
              value={typed}
              onChange={event => setTyped(event.target.value)}
            />
          )}
        </Field>
        <label className={styles.act}>
          <input
            type="checkbox"
            checked={withPunches}
            onChange={event => setWithPunches(event.target.checked)}
          />
          {w.erasePunches}
          <span className={styles.why}>{w.erasePunchesWhy}</span>
        </label>
        <p className={styles.why}>{w.eraseStays}</p>
        {failed && (
          <p className={styles.failed} role="alert">
            {`${failed.title}. ${errorDetail(erase.error) ?? failed.advice}`}
          </p>
        )}
      </FormGrid>
    </SideSheet>
  )
}

function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // At once would be too early for some browsers.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
