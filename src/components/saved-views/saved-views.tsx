import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import type { SavedViewBody, ViewPage } from '#contract/dashboard/views.ts'
import { errorDetail, errorTextKey } from '../../api/error-text.ts'
import { removeViewMutation, saveViewMutation, viewsQuery } from '../../api/views.ts'
import { words } from '../../words/index.ts'
import { viewsWords } from '../../words/views.ts'
import { Badge } from '../badge/badge.tsx'
import { Button } from '../button/button.tsx'
import { Check, Field } from '../field/field.tsx'
import { Menu } from '../menu/menu.tsx'
import styles from './saved-views.module.css'
import { useDefaultView } from './use-default-view.ts'

/**
 * Filters kept under a name on the server. `filters` is what is set now, without what only opens a drawer; the page
 * reads what comes back through `onOpen` like any address, so an old view never breaks it.
 */
export function SavedViews({
  page,
  filters,
  onOpen,
}: {
  readonly page: ViewPage
  readonly filters: Record<string, unknown>
  readonly onOpen: (search: Record<string, unknown>) => void
}) {
  const router = useRouter()
  const query = useQuery(viewsQuery(page))
  const search = router.options.stringifySearch(filters)
  const open = (view: SavedViewBody) => onOpen(router.options.parseSearch(view.Search))
  useDefaultView(query.data, search, open)
  return (
    <Menu label={viewsWords.button} icon="filter" title={viewsWords.buttonWhy} align="end">
      {close => (
        <div className={styles.panel}>
          <ViewList
            page={page}
            views={query.data ?? []}
            onOpen={view => {
              open(view)
              close()
            }}
          />
          <SaveForm page={page} search={search} views={query.data ?? []} onSaved={close} />
        </div>
      )}
    </Menu>
  )
}

function ViewList({
  page,
  views,
  onOpen,
}: {
  readonly page: ViewPage
  readonly views: readonly SavedViewBody[]
  readonly onOpen: (view: SavedViewBody) => void
}) {
  const w = viewsWords
  const remove = useMutation(removeViewMutation(useQueryClient(), page))
  if (views.length === 0) return <p className={styles.empty}>{w.none}</p>
  const groups = [
    { title: w.own, views: views.filter(view => view.Own) },
    { title: w.shared, views: views.filter(view => !view.Own) },
  ].filter(group => group.views.length > 0)
  return groups.map(group => (
    <section key={group.title} aria-label={group.title}>
      <p className={styles.heading}>{group.title}</p>
      <ul className={styles.list}>
        {group.views.map(view => (
          <li key={view.Id} className={styles.item}>
            <button type="button" className={styles.open} onClick={() => onOpen(view)}>
              <span className={styles.name}>{view.Name}</span>
              {!view.Own && <span className={styles.note}>{w.by(view.Owner)}</span>}
              {view.Default && <Badge tone="accent">{w.isDefault}</Badge>}
              {view.Own && view.Shared && <Badge>{w.isShared}</Badge>}
            </button>
            {view.Own && (
              <Button
                look="quiet"
                size="small"
                icon="trash"
                aria-label={w.remove(view.Name)}
                onClick={() => remove.mutate(view.Id)}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  ))
}

function SaveForm({
  page,
  search,
  views,
  onSaved,
}: {
  readonly page: ViewPage
  readonly search: string
  readonly views: readonly SavedViewBody[]
  readonly onSaved: () => void
}) {
  const w = viewsWords
  const [name, setName] = useState('')
  const save = useMutation(saveViewMutation(useQueryClient()))
  const same = views.some(view => view.Own && view.Name.toLowerCase() === name.trim().toLowerCase())
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    save.mutate(
      {
        Page: page,
        Name: name.trim(),
        Search: search,
        Shared: form.has('share'),
        Default: form.has('default'),
      },
      { onSuccess: onSaved },
    )
  }
  const failed = save.error && words.errors[errorTextKey(save.error)]
  return (
    <form className={styles.form} onSubmit={submit}>
      <Field
        label={w.saveTitle}
        error={failed ? (errorDetail(save.error) ?? `${failed.title}. ${failed.advice}`) : undefined}
      >
        {control => (
          <input
            {...control}
            className="gh-input"
            required
            pattern=".*\S.*"
            maxLength={60}
            placeholder={w.name}
            autoComplete="off"
            value={name}
            onChange={event => setName(event.target.value)}
          />
        )}
      </Field>
      <Check name="share">{w.share}</Check>
      <Check name="default">{w.makeDefault}</Check>
      <Button type="submit" look="primary" busy={save.isPending}>
        {save.isPending ? w.saving : same ? w.replace : w.save}
      </Button>
    </form>
  )
}
