import { sql } from 'kysely'
import { OperationError } from '#contract/errors.ts'
import type { GatewayDeps } from '../deps.ts'
import type { PictureRow } from '../device/protocol/attendance/operlog-records.ts'
import type { Store, Write } from '../store/index.ts'
import { seal } from '../store/seal.ts'
import { marker } from './marks.ts'
import { readPicture } from './picture.ts'
import { readRules } from './rules.ts'

type Deps = Pick<GatewayDeps, 'clock' | 'config'>

const bytesMax = 5 * 1024 * 1024
/** Below that no terminal finds a face, above it many refuse the file. */
const sideMin = 160
const sideMax = 6000
/** A photo that is not kept waits for terminals to make a template of it, and no longer than that. */
const waitsMs = 7 * 86_400_000
const restsMs = 3_600_000

/** Decodes a photo somebody gives us; throws PHOTO_REFUSED saying what is wrong. */
export function readPortrait(data: string): { type: 'jpg' | 'png'; content: Buffer } {
  const refuse = (detail: string) => new OperationError('PHOTO_REFUSED', { field: 'Photo', detail })
  if (!/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(data)) throw refuse('The photo is not base64')
  const content = Buffer.from(data, 'base64')
  const picture = readPicture(content)
  if (picture === null) throw refuse('The photo is neither JPEG nor PNG')
  if (content.length > bytesMax)
    throw refuse(`The photo has ${content.length} bytes; at most ${bytesMax} are taken`)
  const { width, height } = picture
  if (Math.min(width, height) < sideMin)
    throw refuse(`The photo is ${width} x ${height} pixels; at least ${sideMin} a side are needed`)
  if (Math.max(width, height) > sideMax)
    throw refuse(`The photo is ${width} x ${height} pixels; at most ${sideMax} a side are taken`)
  return { type: picture.type, content }
}

/** What becomes of a portrait here. */
interface PortraitUse {
  /** false: only until terminals have made templates of it. */
  readonly keep: boolean
  /** true: terminals that take photos make a new face of it, even of who has one. */
  readonly asFace: boolean
}

/** Keeps a portrait sealed. */
export async function savePortrait(
  deps: Deps,
  write: Write,
  code: string,
  { type, content }: { type: string; content: Uint8Array },
  { keep, asFace }: PortraitUse,
): Promise<void> {
  const mark = await marker(deps, write)
  const row = {
    type,
    bytes: content.length,
    mark: mark('photo', content),
    content: seal(deps.config.sealKey, content),
    keep: keep ? 1 : 0,
    at: deps.clock.now(),
  }
  await write
    .insertInto('person_photo')
    .values({ employee_code: code, as_face: asFace ? 1 : 0, ...row })
    .onConflict(conflict =>
      conflict.column('employee_code').doUpdateSet({
        ...row,
        // Kept as the portrait too, a photo on its way to become a face still is.
        as_face: asFace
          ? 1
          : sql<number>`case when person_photo.mark = excluded.mark then person_photo.as_face else 0 end`,
      }),
    )
    .execute()
}

/** A portrait a terminal sends: kept where photos are kept, and otherwise let go. The template is what is needed. */
export async function keepReportedPicture(
  deps: Deps,
  write: Write,
  { pin, content: data }: PictureRow,
): Promise<void> {
  if (!(await readRules(write)).KeepPhotos) return
  const content = Buffer.from(data, 'base64')
  const picture = readPicture(content)
  if (picture === null || content.length > bytesMax) return
  const person = await write
    .selectFrom('person')
    .leftJoin('person_photo', 'person_photo.employee_code', 'person.employee_code')
    .select(['person.status', 'person_photo.at'])
    .where('person.employee_code', '=', pin)
    .executeTakeFirst()
  // A portrait somebody chose here is not replaced by what a terminal took.
  if (person?.status !== 'active' || person.at !== null) return
  await savePortrait(deps, write, pin, { type: picture.type, content }, { keep: true, asFace: false })
}

/** Lets go of photos that were only passing through; answers how many. */
export async function dropPassingPhotos(store: Store, now: number): Promise<number> {
  const rows = await store.read
    .selectFrom('person_photo')
    .select(['employee_code', 'at'])
    .where('keep', '=', 0)
    .where('at', '<', now - restsMs)
    .limit(200)
    .execute()
  let dropped = 0
  for (const { employee_code, at } of rows)
    dropped += await store.write(async write => {
      const waiting = await write
        .selectFrom('person_wanted')
        .select('sn')
        .where('employee_code', '=', employee_code)
        .where('state', 'in', ['Pending', 'Failed'])
        .limit(1)
        .executeTakeFirst()
      if (waiting && at > now - waitsMs) return 0
      const gone = await write
        .deleteFrom('person_photo')
        .where('employee_code', '=', employee_code)
        .where('keep', '=', 0)
        .executeTakeFirst()
      return Number(gone.numDeletedRows)
    })
  return dropped
}
