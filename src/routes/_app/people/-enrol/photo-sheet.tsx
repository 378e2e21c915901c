import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { errorDetail, errorTextKey } from '../../../../api/error-text.ts'
import { operationMutation, operationQuery } from '../../../../api/query.ts'
import { Button } from '../../../../components/button/button.tsx'
import { Check, FormGrid } from '../../../../components/field/field.tsx'
import { SideSheet } from '../../../../components/side-sheet/side-sheet.tsx'
import { count } from '../../../../format/number.ts'
import { words } from '../../../../words/index.ts'
import { peopleWords } from '../../../../words/people.ts'
import type { PersonRecord } from '../-person/use-person.ts'
import { type ReadPhoto, readPhoto, unreadableKind } from '../-photo/read-photo.ts'
import styles from './enrol.module.css'
import { ResultList, TargetChoice, useTargets } from './targets.tsx'

/** A face from a photo: read, judged and made smaller here, then sent to the terminals. */
export function PhotoSheet({
  person,
  onClose,
}: {
  readonly person: PersonRecord
  readonly onClose: () => void
}) {
  const w = peopleWords.person.photo
  const { EmployeeCode } = person
  const { data: rules } = useQuery(operationQuery('users.rules', {}))
  const targets = useTargets(EmployeeCode)
  const read = useMutation({ mutationFn: readPhoto })
  const enrol = useMutation(operationMutation('users.enrollFace'))
  const photo = read.data
  const submit = async (keep: boolean) => {
    if (photo === undefined) return
    const Photo = { Type: 'jpg' as const, Size: photo.bytes, Data: photo.base64 }
    await enrol.mutateAsync({ input: { EmployeeCode, DeviceSN: targets.sns, Photo, Keep: keep } })
  }
  const send = useMutation({ mutationFn: submit })
  const error = enrol.error ?? send.error
  const failed = error && words.errors[errorTextKey(error)]
  return (
    <SideSheet title={w.title} lead={w.lead} onClose={onClose}>
      {enrol.data && !send.isPending ? (
        <div className={styles.stack}>
          <ResultList results={enrol.data.body.Results} />
          {failed && (
            <p className={styles.failed} role="alert">
              {`${failed.title}. ${errorDetail(error) ?? failed.advice}`}
            </p>
          )}
          <div className={styles.actions}>
            <Button look="primary" onClick={onClose}>
              {words.states.form.close}
            </Button>
          </div>
        </div>
      ) : (
        <form
          onSubmit={event => {
            event.preventDefault()
            send.mutate(new FormData(event.currentTarget).has('keep'))
          }}
        >
          <FormGrid
            actions={
              <>
                <Button
                  type="submit"
                  look={photo && photo.faults.length > 0 ? 'default' : 'primary'}
                  busy={send.isPending}
                  disabled={photo === undefined || targets.sns.length === 0}
                >
                  {send.isPending ? w.sending : photo && photo.faults.length > 0 ? w.anyway : w.send}
                </Button>
                <Button look="quiet" onClick={onClose}>
                  {words.states.form.cancel}
                </Button>
              </>
            }
          >
            <ChooseFile busy={read.isPending} hasOne={photo !== undefined} onChoose={read.mutate} />
            {read.isError && (
              <p className={styles.failed} role="alert">
                {w.unreadable[unreadableKind(read.error)]}
              </p>
            )}
            {photo && <Verdict photo={photo} />}
            <TargetChoice targets={targets} />
            {rules?.KeepPhotos ? (
              person.HasPhoto ? (
                <p className={styles.note}>{w.replaces}</p>
              ) : (
                <Check name="keep">{w.keep}</Check>
              )
            ) : (
              rules && <p className={styles.note}>{w.notKept}</p>
            )}
            {failed && (
              <p className={styles.failed} role="alert">
                {`${failed.title}. ${errorDetail(error) ?? failed.advice}`}
              </p>
            )}
          </FormGrid>
        </form>
      )}
    </SideSheet>
  )
}

function ChooseFile({
  busy,
  hasOne,
  onChoose,
}: {
  readonly busy: boolean
  readonly hasOne: boolean
  readonly onChoose: (file: File) => void
}) {
  const w = peopleWords.person.photo
  const input = useRef<HTMLInputElement>(null)
  return (
    <div>
      <input
        ref={input}
        className="visually-hidden"
        type="file"
        accept="image/*"
        tabIndex={-1}
        aria-label={w.choose}
        onChange={event => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file) onChoose(file)
        }}
      />
      <Button icon="face" busy={busy} onClick={() => input.current?.click()}>
        {busy ? w.checking : hasOne ? w.change : w.choose}
      </Button>
    </div>
  )
}

function Verdict({ photo }: { readonly photo: ReadPhoto }) {
  const w = peopleWords.person.photo
  const frame = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState('')
  useEffect(() => {
    const { canvas } = photo
    canvas.setAttribute('role', 'img')
    canvas.setAttribute('aria-label', w.preview)
    frame.current?.replaceChildren(canvas)
    setSize(`${canvas.width} × ${canvas.height}`)
  }, [photo, w.preview])
  return (
    <>
      <div className={styles.preview} ref={frame} />
      <p className={styles.note}>
        {w.size(
          `${photo.original.width} × ${photo.original.height}`,
          size,
          count(Math.max(1, Math.round(photo.bytes / 1000))),
        )}
      </p>
      <div role="status">
        {photo.faults.length === 0 ? (
          <p className={styles.good}>{w.good}</p>
        ) : (
          <ul className={styles.faults}>
            {photo.faults.map(fault => (
              <li key={fault}>{w.faults[fault]}</li>
            ))}
          </ul>
        )}
        {!photo.facesCounted && <p className={styles.note}>{w.notChecked}</p>}
      </div>
    </>
  )
}
