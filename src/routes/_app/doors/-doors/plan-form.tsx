import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { operationMutation } from '../../../../api/query.ts'
import { useSession } from '../../../../api/session.ts'
import { Button } from '../../../../components/button/button.tsx'
import type { Door } from '../../../../components/doors/door-state.tsx'
import { Field } from '../../../../components/field/field.tsx'
import { doorWords } from '../../../../words/door-pages.ts'
import styles from './floor-plan.module.css'

/** What the server takes at most, in characters of base64. */
const sentMax = 220_000
const widths = [1600, 1200, 900, 640]

/** Another plan: an image made small in this browser, and its name. */
export function PlanForm({
  doors,
  onSaved,
}: {
  readonly doors: readonly Door[]
  readonly onSaved: (planId: string) => void
}) {
  const w = doorWords.plan
  // Who is bound to sites draws plans of those; a plan of every site is not theirs.
  const isBound = (useSession()?.Sites ?? null) !== null
  const sites = [...new Set(doors.map(({ Site }) => Site))].sort()
  const [isOpen, setOpen] = useState(false)
  const [fault, setFault] = useState<string>()
  const save = useMutation(operationMutation('doors.savePlan'))
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const data = new FormData(form)
    const file = data.get('image')
    const image = file instanceof File && file.size > 0 ? await shrink(file) : null
    if (image === null) return setFault(w.tooLarge)
    setFault(undefined)
    const Site = String(data.get('site') ?? '')
    const result = await save.mutateAsync({
      input: { Name: String(data.get('name')), Image: image, ...(Site === '' ? {} : { Site }) },
    })
    form.reset()
    setOpen(false)
    onSaved(result.body.PlanID)
  }
  return (
    <details className={styles.upload} open={isOpen} onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>{w.upload}</summary>
      <form className={styles.form} onSubmit={event => void submit(event)}>
        <Field label={w.name}>
          {control => (
            <input {...control} name="name" className="gh-input" required maxLength={64} autoComplete="off" />
          )}
        </Field>
        <Field label={w.site}>
          {control => (
            <select {...control} name="site" className="gh-select">
              {!isBound && <option value="">{w.noSite}</option>}
              {sites.map(site => (
                <option key={site}>{site}</option>
              ))}
            </select>
          )}
        </Field>
        <Field label={w.image} hint={w.imageHint} error={fault}>
          {control => <input {...control} name="image" type="file" accept="image/png,image/jpeg" required />}
        </Field>
        <Button type="submit" look="primary" size="small" busy={save.isPending}>
          {w.save}
        </Button>
      </form>
    </details>
  )
}

/** The image as JPEG small enough to be sent, base64; null where that cannot be done. */
async function shrink(file: File): Promise<string | null> {
  const bitmap = await createImageBitmap(file).catch(() => null)
  if (!bitmap) return null
  for (const width of widths) {
    const scale = Math.min(1, width / bitmap.width)
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(bitmap.width * scale)
    canvas.height = Math.round(bitmap.height * scale)
    const drawing = canvas.getContext('2d')
    if (!drawing) return null
    drawing.fillStyle = '#fff'
    drawing.fillRect(0, 0, canvas.width, canvas.height)
    drawing.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
    const data = canvas.toDataURL('image/jpeg', 0.72).split(',')[1] ?? ''
    if (data !== '' && data.length <= sentMax) return data
  }
  return null
}
