import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { operationMutation } from '../../../../api/query.ts'
import { Button } from '../../../../components/button/button.tsx'
import { Field } from '../../../../components/field/field.tsx'
import { setupWords } from '../../../../words/attendance-setup.ts'
import { useNotice } from './notice.tsx'
import type { Calendar } from './rows.ts'
import { faultOf, SaveForm } from './save-form.tsx'
import styles from './setup-page.module.css'
import { useSites } from './site-field.tsx'

/** Name of a calendar and the sites it holds for. */
export function CalendarForm({
  calendar,
  onClose,
}: {
  readonly calendar: Calendar | undefined
  readonly onClose: () => void
}) {
  const w = setupWords.calendars
  const tell = useNotice()
  const known = useSites()
  const save = useMutation(operationMutation('attendance.saveCalendar'))
  const remove = useMutation(operationMutation('attendance.removeCalendar'))
  const [name, setName] = useState(calendar?.Name ?? '')
  const [sites, setSites] = useState<readonly string[]>(calendar?.Sites ?? [])
  const [isTried, setTried] = useState(false)
  const before = calendar && {
    CalendarID: calendar.CalendarID,
    Name: calendar.Name,
    Sites: calendar.Sites,
  }
  const bringBack = before && (() => save.mutateAsync({ input: before }))
  const submit = () => {
    setTried(true)
    if (name.trim() === '') return
    const id = calendar ? { CalendarID: calendar.CalendarID } : {}
    save.mutate(
      { input: { ...id, Name: name.trim(), Sites: [...sites] } },
      {
        onSuccess: ({ body }) => {
          const undo = bringBack ?? (() => remove.mutateAsync({ input: { CalendarID: body.CalendarID } }))
          tell({ text: setupWords.saved(name.trim()), undo })
          onClose()
        },
      },
    )
  }
  const takeAway = calendar && (
    <Button
      look="quiet"
      icon="trash"
      onClick={() =>
        remove.mutate(
          { input: { CalendarID: calendar.CalendarID } },
          {
            onSuccess: () => {
              tell({ text: setupWords.removed(calendar.Name), ...(bringBack ? { undo: bringBack } : {}) })
              onClose()
            },
          },
        )
      }
    >
      {setupWords.remove}
    </Button>
  )
  const offered = [...new Set([...known, ...sites])]
  return (
    <SaveForm
      error={save.error ?? remove.error}
      fields={['Name']}
      busy={save.isPending || remove.isPending}
      onSubmit={submit}
      onCancel={onClose}
      more={takeAway}
    >
      <Field
        label={setupWords.name}
        error={isTried && name.trim() === '' ? w.nameMissing : faultOf(save.error, 'Name')}
      >
        {control => (
          <input
            {...control}
            className="gh-input"
            maxLength={80}
            autoComplete="off"
            value={name}
            onChange={event => setName(event.target.value)}
          />
        )}
      </Field>
      <fieldset className={styles.group}>
        <legend className={styles.legend}>{w.sites}</legend>
        <div className={styles.days}>
          {offered.map(site => (
            <label key={site} className={styles.about}>
              <input
                type="checkbox"
                checked={sites.includes(site)}
                onChange={event =>
                  setSites(event.target.checked ? [...sites, site] : sites.filter(each => each !== site))
                }
              />{' '}
              {site}
            </label>
          ))}
        </div>
        <p className={styles.hint}>{w.sitesHint}</p>
      </fieldset>
    </SaveForm>
  )
}
