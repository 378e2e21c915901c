/** Pixels as a canvas gives them: four bytes each, red, green, blue, alpha. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly data: Uint8ClampedArray
}

export type PhotoFault =
  | 'small'
  | 'shape'
  | 'dark'
  | 'bright'
  | 'flat'
  | 'blurred'
  | 'noFace'
  | 'manyFaces'
  | 'faceSmall'

/** Below this a terminal finds too few points in a face; makers ask for 480 by 640. */
export const smallestSide = 240
/** Width over height: from a tall portrait to a little wider than a square. */
const shapes = { from: 0.55, to: 1.15 }
/** Mean brightness of 255. */
const light = { dark: 55, bright: 210 }
/** Standard deviation of brightness: below it the picture is grey fog. */
const flatBelow = 18
/** Variance of the Laplacian at `sampleHeight`; a sharp portrait has some hundreds. */
const blurredBelow = 30
/** Faces smaller than this part of the picture's height cost the terminal its points. */
const faceShare = 0.25

/** Height to which a picture is brought before it is measured, so that sharpness means the same for each. */
export const sampleHeight = 320

/** What is wrong with the size and shape of the original. */
export function judgeSize(size: { readonly width: number; readonly height: number }): PhotoFault[] {
  const faults: PhotoFault[] = []
  if (Math.min(size.width, size.height) < smallestSide) faults.push('small')
  const shape = size.width / size.height
  if (!(shape >= shapes.from && shape <= shapes.to)) faults.push('shape')
  return faults
}

/** What is wrong with light and sharpness of a sample: its middle, where the face should be. */
export function judgePixels(sample: Pixels): PhotoFault[] {
  const grey = middleGrey(sample)
  const { mean, deviation } = spread(grey.values)
  const faults: PhotoFault[] = []
  if (mean < light.dark) faults.push('dark')
  if (mean > light.bright) faults.push('bright')
  // In the dark and in glare there is no contrast, and in fog no edge: saying that as well would mislead.
  if (faults.length > 0) return faults
  if (deviation < flatBelow) faults.push('flat')
  else if (laplacianVariance(grey) < blurredBelow) faults.push('blurred')
  return faults
}

/** What is wrong with the faces a detector found, given their heights in the picture's own pixels. */
export function judgeFaces(faceHeights: readonly number[], pictureHeight: number): PhotoFault[] {
  const [height, second] = faceHeights
  if (height === undefined) return ['noFace']
  if (second !== undefined) return ['manyFaces']
  return height / pictureHeight < faceShare ? ['faceSmall'] : []
}

interface Grey {
  readonly width: number
  readonly height: number
  readonly values: Float32Array
}

/** Brightness (ITU-R BT.601) of the middle: 60 of a hundred each way. */
function middleGrey({ width, height, data }: Pixels): Grey {
  const left = Math.floor(width * 0.2)
  const top = Math.floor(height * 0.2)
  const inner = { width: Math.max(1, width - 2 * left), height: Math.max(1, height - 2 * top) }
  const values = new Float32Array(inner.width * inner.height)
  for (let y = 0; y < inner.height; y += 1) {
    for (let x = 0; x < inner.width; x += 1) {
      const at = ((y + top) * width + x + left) * 4
      values[y * inner.width + x] =
        0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0)
    }
  }
  return { ...inner, values }
}

function spread(values: Float32Array): { mean: number; deviation: number } {
  let sum = 0
  for (const value of values) sum += value
  const mean = sum / values.length
  let squares = 0
  for (const value of values) squares += (value - mean) ** 2
  return { mean, deviation: Math.sqrt(squares / values.length) }
}

/** How much edges stand out: the usual measure of focus (Pech-Pacheco 2000). */
function laplacianVariance({ width, height, values }: Grey): number {
  const edges = new Float32Array(Math.max(0, width - 2) * Math.max(0, height - 2))
  const at = (x: number, y: number) => values[y * width + x] ?? 0
  let next = 0
  for (let y = 1; y < height - 1; y += 1)
    for (let x = 1; x < width - 1; x += 1) {
      edges[next] = at(x - 1, y) + at(x + 1, y) + at(x, y - 1) + at(x, y + 1) - 4 * at(x, y)
      next += 1
    }
  return edges.length === 0 ? 0 : spread(edges).deviation ** 2
}
