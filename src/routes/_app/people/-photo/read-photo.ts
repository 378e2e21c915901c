import { judgeFaces, judgePixels, judgeSize, type PhotoFault, sampleHeight } from './quality.ts'

/** The makers' recommendation; more only fills the terminal. */
const largest = { width: 480, height: 640 }
/** Bytes of the JPEG: the smallest limit found in makers' manuals for a face photo. */
const bytesMax = 120_000
const fileBytesMax = 20_000_000

export interface ReadPhoto {
  /** The picture as it would be sent, to be drawn as a preview. */
  readonly canvas: HTMLCanvasElement
  /** JPEG in base64, without the `data:` in front. */
  readonly base64: string
  readonly bytes: number
  readonly original: { readonly width: number; readonly height: number }
  readonly faults: readonly PhotoFault[]
  /** Whether this browser could look for faces; where not, nobody has counted them. */
  readonly facesCounted: boolean
}

/** Why a file cannot be taken at all. */
export type Unreadable = 'large' | 'phone' | 'other'

class UnreadableFile extends Error {
  readonly kind: Unreadable

  constructor(kind: Unreadable) {
    super(kind)
    this.kind = kind
  }
}

/** Why reading has failed, for words about it. */
export function unreadableKind(error: Error): Unreadable {
  return error instanceof UnreadableFile ? error.kind : 'other'
}

/** Reads, judges and shrinks a photo; nothing leaves the browser. Throws where the file is not a picture. */
export async function readPhoto(file: File): Promise<ReadPhoto> {
  if (file.size > fileBytesMax) throw new UnreadableFile('large')
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(async () => {
    throw new UnreadableFile((await isPhonePicture(file)) ? 'phone' : 'other')
  })
  try {
    const original = { width: picture.width, height: picture.height }
    const faces = await countFaces(picture)
    const sample = drawn(picture, sampleHeight / original.height)
    const pixels = sample.context.getImageData(0, 0, sample.canvas.width, sample.canvas.height)
    const { canvas } = drawn(
      picture,
      Math.min(1, largest.width / original.width, largest.height / original.height),
    )
    const jpeg = await smallEnough(canvas)
    return {
      canvas,
      base64: await toBase64(jpeg),
      bytes: jpeg.size,
      original,
      faults: [
        ...judgeSize(original),
        ...judgePixels(pixels),
        ...(faces === null ? [] : judgeFaces(faces, original.height)),
      ],
      facesCounted: faces !== null,
    }
  } finally {
    picture.close()
  }
}

/** HEIF starts with a box `ftyp` and one of its brands; phones take photos in it and most browsers cannot read it. */
async function isPhonePicture(file: File): Promise<boolean> {
  const start = new TextDecoder('latin1').decode(await file.slice(4, 12).arrayBuffer())
  return /^ftyp(heic|heix|hevc|heif|mif1|msf1)/.test(start)
}

function drawn(picture: ImageBitmap, scale: number) {
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('This browser cannot draw pictures')
  context.imageSmoothingQuality = 'high'
  context.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return { canvas, context }
}

async function smallEnough(canvas: HTMLCanvasElement): Promise<Blob> {
  for (const quality of [0.92, 0.85, 0.75, 0.6]) {
    const jpeg = await toJpeg(canvas, quality)
    if (jpeg.size <= bytesMax) return jpeg
  }
  return toJpeg(canvas, 0.45)
}

function toJpeg(canvas: HTMLCanvasElement, quality: number): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      blob => (blob ? resolve(blob) : reject(new Error('The picture could not be packed'))),
      'image/jpeg',
      quality,
    )
  })
}

async function toBase64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

/** The Shape Detection API, where the browser has it (WICG); types do not know it yet. */
interface FaceDetectorLike {
  detect(picture: ImageBitmap): Promise<readonly { readonly boundingBox: { readonly height: number } }[]>
}

/** Heights of the faces, tallest first; null where nobody can look. */
async function countFaces(picture: ImageBitmap): Promise<number[] | null> {
  const Detector = (globalThis as { FaceDetector?: new () => FaceDetectorLike }).FaceDetector
  if (Detector === undefined) return null
  try {
    const faces = await new Detector().detect(picture)
    return faces.map(({ boundingBox }) => boundingBox.height).sort((a, b) => b - a)
  } catch {
    // Present in name only: the system below it has no detector.
    return null
  }
}
