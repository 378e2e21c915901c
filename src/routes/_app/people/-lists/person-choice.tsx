import { useState } from 'react'
import { Button } from '../../../../components/button/button.tsx'
import { FormGrid } from '../../../../components/field/field.tsx'
import { PersonFilter } from '../../../../components/people/person-filter.tsx'
import { SideSheet } from '../../../../components/side-sheet/side-sheet.tsx'
import { words } from '../../../../words/index.ts'
import styles from './lists.module.css'

/** Asks which person something belongs to. */
export function PersonChoice({
  title,
  lead,
  submit,
  missing,
  busy,
  error,
  onChoose,
  onClose,
}: {
  readonly title: string
  readonly lead?: string
  readonly submit: string
  readonly missing: string
  readonly busy: boolean
  readonly error: string | null
  readonly onChoose: (code: string) => void
  readonly onClose: () => void
}) {
  const [code, setCode] = useState('')
  const [isMissing, setMissing] = useState(false)
  return (
    <SideSheet title={title} lead={lead} onClose={onClose}>
      <FormGrid
        actions={
          <>
            <Button
              look="primary"
              busy={busy}
              onClick={() => {
                setMissing(code === '')
                if (code !== '') onChoose(code)
              }}
            >
              {submit}
            </Button>
            <Button look="quiet" onClick={onClose}>
              {words.states.form.cancel}
            </Button>
          </>
        }
      >
        <PersonFilter value={code || undefined} onChange={setCode} />
        {(isMissing || error !== null) && (
          <p className={styles.failed} role="alert">
            {error ?? missing}
          </p>
        )}
      </FormGrid>
    </SideSheet>
  )
}
