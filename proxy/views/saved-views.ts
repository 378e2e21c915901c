import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { type SavedViewBody, type SaveView, type ViewPage, viewsMax } from '#contract/dashboard/views.ts'
import { OperationError } from '#contract/errors.ts'
import type { ProxyStore } from '../store/index.ts'

/** The account's own views of a page and those others share, by name. */
export async function readViews(
  db: ProxyStore,
  asked: { readonly userId: string; readonly page: ViewPage },
): Promise<SavedViewBody[]> {
  const rows = await db.read
    .selectFrom('saved_view')
    .innerJoin('user', 'user.id', 'saved_view.user_id')
    .selectAll('saved_view')
    .select('user.name as owner')
    .where('page', '=', asked.page)
    .where(({ or, and, eb }) =>
      or([eb('user_id', '=', asked.userId), and([eb('shared', '=', 1), eb('user.disabledAt', 'is', null)])]),
    )
    .orderBy('name_key')
    .orderBy('saved_view.id')
    .limit(viewsMax * 10)
    .execute()
  return rows.map(row => ({
    Id: row.id,
    Page: asked.page,
    Name: row.name,
    Search: row.search,
    Shared: row.shared === 1,
    // Whose page it is decides what it opens with; nobody sets that for others.
    Default: row.is_default === 1 && row.user_id === asked.userId,
    Own: row.user_id === asked.userId,
    Owner: row.owner,
  }))
}

/** Saves under the name; a view that has it is replaced. INVALID_INPUT once the account has too many on the page. */
export async function saveView(
  db: ProxyStore,
  by: { readonly userId: string; readonly now: number },
  view: z.output<typeof SaveView>,
): Promise<void> {
  const nameKey = view.Name.toLowerCase()
  await db.write(async trx => {
    const held = await trx
      .selectFrom('saved_view')
      .select('name_key')
      .where('user_id', '=', by.userId)
      .where('page', '=', view.Page)
      .execute()
    if (held.length >= viewsMax && !held.some(row => row.name_key === nameKey))
      throw new OperationError('INVALID_INPUT', {
        detail: `An account keeps at most ${viewsMax} views of a page; remove one first`,
        field: 'Name',
      })
    if (view.Default)
      await trx
        .updateTable('saved_view')
        .set({ is_default: 0 })
        .where('user_id', '=', by.userId)
        .where('page', '=', view.Page)
        .execute()
    const content = {
      name: view.Name,
      search: view.Search,
      shared: view.Shared ? 1 : 0,
      is_default: view.Default ? 1 : 0,
      saved_at: by.now,
    }
    await trx
      .insertInto('saved_view')
      .values({ id: randomUUID(), user_id: by.userId, page: view.Page, name_key: nameKey, ...content })
      .onConflict(conflict => conflict.columns(['user_id', 'page', 'name_key']).doUpdateSet(content))
      .execute()
  })
}

/** Removes a view of this account; false where it has none of that id. */
export async function removeView(
  db: ProxyStore,
  asked: { readonly userId: string; readonly id: string },
): Promise<boolean> {
  const removed = await db.write(trx =>
    trx
      .deleteFrom('saved_view')
      .where('id', '=', asked.id)
      .where('user_id', '=', asked.userId)
      .executeTakeFirst(),
  )
  return Number(removed.numDeletedRows) > 0
}
