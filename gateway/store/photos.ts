import { type Selectable, sql } from 'kysely'
import type { z } from 'zod'
import type { PunchPhoto } from '#contract/entities/punch.ts'
import { type Page, readPosition, toPage } from './cursor.ts'
import type { Reader, Store, Write } from './index.ts'
import type { PageRequest } from './punches.ts'
import type { AttendancePhotoTable } from './schema-photos.ts'

/** A face is kept no longer than anybody asks for it: three months of pay, and what is argued about afterwards. */
export const photosKeptMs = 90 * 86_400_000
/** Of one photo; terminals send 10 to 200 kB. */
export const photoBytesMax = 1024 * 1024
/** Of one terminal in 24 hours: some 5,000 photos as they usually are. */
export const photoBytesPerDay = 256 * 1024 * 1024

const dayMs = 86_400_000
/** A terminal takes the photo and writes the punch one after the other, each with its own second. */
const sameMomentMs = 5000
const prunedAtOnce = 100

export interface NewPhoto {
  readonly fileName: string
  readonly employeeCode: string | null
  readonly local: string
  readonly type: 'jpg' | 'png'
  readonly bytes: number
  /** Sealed. */
  readonly content: Uint8Array
}

/** Keeps a photo once, however often it comes; 'full' when its terminal has sent too much within a day. */
export async function savePhoto(
  write: Write,
  sn: string,
  photo: NewPhoto,
  receivedAt: number,
): Promise<'kept' | 'known' | 'full'> {
  const known = await write
    .selectFrom('attendance_photo')
    .select('id')
    .where('sn', '=', sn)
    .where('file_name', '=', photo.fileName)
    .executeTakeFirst()
  if (known) return 'known'
  const sent = await write
    .selectFrom('attendance_photo')
    .select(sql<number | null>`sum(bytes)`.as('bytes'))
    .where('sn', '=', sn)
    .where('received_at', '>', receivedAt - dayMs)
    .where('received_at', '<=', receivedAt)
    .executeTakeFirst()
  if (Number(sent?.bytes ?? 0) + photo.bytes > photoBytesPerDay) return 'full'
  await write
    .insertInto('attendance_photo')
    .values({
      sn,
      file_name: photo.fileName,
      employee_code: photo.employeeCode,
      local_time: photo.local,
      received_at: receivedAt,
      type: photo.type,
      bytes: photo.bytes,
      content: photo.content,
    })
    .onConflict(conflict => conflict.columns(['sn', 'file_name']).doNothing())
    .execute()
  return 'kept'
}

/** The photo of a punch: of that terminal and person, nearest to that second; `null` asks for a failed verification. */
export async function findPhoto(
  reader: Reader,
  punch: { readonly sn: string; readonly employeeCode: string | null; readonly local: string },
): Promise<Selectable<AttendancePhotoTable> | undefined> {
  const moment = momentOf(punch.local)
  const { employeeCode } = punch
  const near = await reader
    .selectFrom('attendance_photo')
    .select(['id', 'local_time'])
    .where('sn', '=', punch.sn)
    .where('local_time', '>=', localOf(moment - sameMomentMs))
    .where('local_time', '<=', localOf(moment + sameMomentMs))
    .$if(employeeCode === null, query => query.where('employee_code', 'is', null))
    .$if(employeeCode !== null, query => query.where('employee_code', '=', employeeCode))
    .orderBy('local_time')
    .execute()
  const distance = (local: string) => Math.abs(momentOf(local) - moment)
  const [nearest] = near.toSorted((one, other) => distance(one.local_time) - distance(other.local_time))
  if (nearest === undefined) return undefined
  return reader.selectFrom('attendance_photo').selectAll().where('id', '=', nearest.id).executeTakeFirst()
}

export interface PhotoFilter {
  readonly from: string
  readonly to: string
  /** null means every device. */
  readonly devices: readonly string[] | null
  /** True: only without a person; false: only with one. */
  readonly failed: boolean | undefined
}

/** A page of what has been photographed, by local time, without the pictures. */
export async function listPhotos(
  reader: Reader,
  { from, to, devices, failed }: PhotoFilter,
  page: PageRequest,
): Promise<Page<z.output<typeof PunchPhoto>>> {
  const position = readPosition(page.offSet)
  const ahead = page.order === 'asc' ? '>' : '<'
  const base = reader
    .selectFrom('attendance_photo as photo')
    .where('photo.local_time', '>=', from)
    .where('photo.local_time', '<=', to)
    .$if(devices !== null, query => query.where('photo.sn', 'in', devices?.length ? [...devices] : ['']))
    .$if(failed !== undefined, query => query.where('photo.employee_code', failed ? 'is' : 'is not', null))
  const total =
    position.kind === 'after'
      ? position.total
      : ((await base.select(sql<number>`count(*)`.as('total')).executeTakeFirst())?.total ?? 0)
  const rows = await base
    .$if(position.kind === 'after', query => {
      const { key, id } = position as Extract<typeof position, { kind: 'after' }>
      return query.where(sql<boolean>`(photo.local_time, photo.id) ${sql.raw(ahead)} (${key}, ${id})`)
    })
    .leftJoin('device', 'device.sn', 'photo.sn')
    .select(['photo.id', 'photo.sn', 'employee_code', 'local_time', 'received_at', 'type', 'bytes', 'label'])
    .orderBy('photo.local_time', page.order)
    .orderBy('photo.id', page.order)
    .limit(page.limit + 1)
    .$if(position.kind === 'row', query => query.offset((position as { row: number }).row))
    .execute()
  const shown = toPage(rows, page.limit, total, row => ({ key: row.local_time, id: row.id }))
  return {
    rows: shown.rows.map(row => ({
      DeviceSN: row.sn,
      LabelName: row.label ?? row.sn,
      EmployeeCode: row.employee_code,
      AttendanceLog: row.local_time,
      Type: row.type,
      Size: row.bytes,
      ReceivedAt: new Date(row.received_at).toISOString(),
    })),
    paging: shown.paging,
  }
}

/** Removes photos received longer ago than they are kept, a few at a time; answers how many went. */
export async function prunePhotos(store: Store, now: number, signal?: AbortSignal): Promise<number> {
  let removed = 0
  while (!signal?.aborted) {
    const old = await store.read
      .selectFrom('attendance_photo')
      .select('id')
      .where('received_at', '<', now - photosKeptMs)
      .orderBy('received_at')
      .limit(prunedAtOnce)
      .execute()
    if (old.length === 0) break
    const ids = old.map(({ id }) => id)
    await store.write(write => write.deleteFrom('attendance_photo').where('id', 'in', ids).execute())
    removed += old.length
  }
  return removed
}

/** Wall clocks are compared as they stand; this is no moment of the world. */
function momentOf(local: string): number {
  return Date.parse(`${local.replace(' ', 'T')}Z`)
}

function localOf(moment: number): string {
  return new Date(moment).toISOString().slice(0, 19).replace('T', ' ')
}
