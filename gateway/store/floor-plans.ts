import type { Reader, Write } from './index.ts'

export interface PlanEntity {
  readonly PlanID: string
  readonly Name: string
  readonly Site: string | null
  readonly Places: { readonly Door: string; readonly X: number; readonly Y: number }[]
}

/** Every plan by name, with the doors placed on it; without the images. */
export async function findPlans(reader: Reader): Promise<PlanEntity[]> {
  const [plans, places] = await Promise.all([
    reader.selectFrom('floor_plan').select(['id', 'name', 'site']).orderBy('name').orderBy('id').execute(),
    reader.selectFrom('floor_place').selectAll().orderBy('sn').orderBy('door_no').execute(),
  ])
  return plans.map(({ id, name, site }) => ({
    PlanID: String(id),
    Name: name,
    Site: site,
    Places: places
      .filter(({ plan_id }) => plan_id === id)
      .map(({ sn, door_no, x, y }) => ({ Door: `${sn}/${door_no}`, X: x, Y: y })),
  }))
}

/** The image of a plan, or undefined where there is no plan or none of it. */
export async function planImage(
  reader: Reader,
  id: string,
): Promise<{ readonly type: string; readonly bytes: Uint8Array } | undefined> {
  if (!/^[1-9]\d{0,14}$/.test(id)) return undefined
  const row = await reader
    .selectFrom('floor_plan')
    .select(['type', 'image'])
    .where('id', '=', Number(id))
    .executeTakeFirst()
  return row?.image && row.type ? { type: row.type, bytes: row.image } : undefined
}

/** Adds a plan or changes the one of this id; an image that is not given stays. Answers its id, undefined for none. */
export async function savePlan(
  write: Write,
  plan: {
    readonly id: string | undefined
    readonly name: string
    readonly site: string | null
    readonly image: { readonly type: string; readonly bytes: Uint8Array } | undefined
    readonly at: number
  },
): Promise<string | undefined> {
  const { id, name, site, image, at } = plan
  const set = { name, site, updated_at: at, ...(image ? { type: image.type, image: image.bytes } : {}) }
  const row =
    id === undefined
      ? await write
          .insertInto('floor_plan')
          .values({ type: null, image: null, ...set })
          .returning('id')
          .executeTakeFirst()
      : await write
          .updateTable('floor_plan')
          .set(set)
          .where('id', '=', /^\d{1,15}$/.test(id) ? Number(id) : 0)
          .returning('id')
          .executeTakeFirst()
  return row && String(row.id)
}

/** Where the doors are; doors that are not named are taken off the plan, doors of terminals nobody knows left out. */
export async function placeDoors(
  write: Write,
  planId: number,
  places: ReadonlyArray<{ readonly Door: string; readonly X: number; readonly Y: number }>,
): Promise<void> {
  await write.deleteFrom('floor_place').where('plan_id', '=', planId).execute()
  const rows = places.map(({ Door, X, Y }) => {
    const [sn = '', door = ''] = Door.split('/')
    return { plan_id: planId, sn, door_no: Number(door), x: X, y: Y }
  })
  const known = await write.selectFrom('device').select('sn').execute()
  const there = new Set(known.map(({ sn }) => sn))
  const kept = rows.filter(({ sn }) => there.has(sn))
  if (kept.length > 0) await write.insertInto('floor_place').values(kept).execute()
}

/** Removes a plan with its places. */
export async function removePlan(write: Write, planId: number): Promise<void> {
  await write.deleteFrom('floor_place').where('plan_id', '=', planId).execute()
  await write.deleteFrom('floor_plan').where('id', '=', planId).execute()
}
