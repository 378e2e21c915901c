import type { DeviceRow } from '../store/devices.ts'
import type { Write } from '../store/index.ts'
import { photoBytesMax, savePhoto } from '../store/photos.ts'
import { seal } from '../store/seal.ts'
import { parseAttphoto } from './protocol/attendance/attphoto.ts'
import { quarantine, type Rejected } from './quarantine.ts'
import type { Body, ReadDeps, Reading } from './read-upload.ts'

/** A photo as either flavour sends it. */
interface TakenPhoto {
  readonly line: number
  readonly fileName: string
  readonly time: { readonly local: string }
  /** null: the verification failed. */
  readonly pin: string | null
  readonly content: Uint8Array
}

/** A photo as it will be kept. */
interface Picture extends TakenPhoto {
  readonly type: 'jpg' | 'png'
}

/** Reads one binary photo; a body that holds none goes to the quarantine as it came, for nobody to look at. */
export function readPhotoBody(deps: ReadDeps, device: DeviceRow, body: Body): Reading {
  const { bytes, table, receivedAt } = body
  const parsed = parseAttphoto(bytes)
  const { pictures, rejects } = sortPhotos(
    parsed.kind === 'photo' ? [{ ...parsed, line: 0 }] : [],
    () => bytes,
  )
  const unread = parsed.kind === 'photo' || bytes.length === 0 ? [] : [{ line: 0, reason: keptReason, bytes }]
  return {
    lineCount: 1,
    rejects: [...rejects, ...unread],
    facts: [],
    async record(write) {
      await keepPhotos(deps, write, device, { table, receivedAt, pictures })
      return []
    },
  }
}

const keptReason = 'kept:photo'

/**
 * Tells pictures from what is none, which is kept as it came (`lineOf`), and from what is too large to keep, of which
 * the name is left.
 */
export function sortPhotos(
  photos: readonly TakenPhoto[],
  lineOf: (line: number) => Uint8Array,
): { readonly pictures: readonly Picture[]; readonly rejects: readonly Rejected[] } {
  const pictures: Picture[] = []
  const rejects: Rejected[] = []
  for (const photo of photos) {
    const { line, content, fileName } = photo
    const type = pictureType(content)
    if (type === null) rejects.push({ line, reason: keptReason, bytes: lineOf(line) })
    else if (content.length > photoBytesMax)
      rejects.push({ line, reason: 'photo-too-large', bytes: Buffer.from(fileName) })
    else pictures.push({ ...photo, type })
  }
  return { pictures, rejects }
}

/** Keeps pictures sealed; of those above what one terminal may send within a day the name goes to the quarantine. */
export async function keepPhotos(
  deps: Pick<ReadDeps, 'config'>,
  write: Write,
  device: DeviceRow,
  upload: { readonly table: string; readonly receivedAt: number; readonly pictures: readonly Picture[] },
): Promise<void> {
  const { table, receivedAt, pictures } = upload
  const tooMany: Rejected[] = []
  for (const { line, fileName, pin, time, type, content } of pictures) {
    const photo = {
      fileName,
      employeeCode: pin,
      local: time.local,
      type,
      bytes: content.length,
      content: seal(deps.config.sealKey, content),
    }
    if ((await savePhoto(write, device.sn, photo, receivedAt)) === 'full')
      tooMany.push({ line, reason: 'too-many-photos', bytes: Buffer.from(fileName) })
  }
  await quarantine(deps, write, device.sn, table, receivedAt, tooMany)
}

const signatures = [
  ['jpg', [0xff, 0xd8, 0xff]],
  ['png', [0x89, 0x50, 0x4e, 0x47]],
] as const

function pictureType(content: Uint8Array): Picture['type'] | null {
  return signatures.find(([, bytes]) => bytes.every((byte, at) => content[at] === byte))?.[0] ?? null
}
