import { describe, expect, it } from 'vitest'
import { judgeFaces, judgePixels, judgeSize, type Pixels } from './quality.ts'

/** A grey picture from a function of place. */
function draw(shade: (x: number, y: number) => number, width = 240, height = 320): Pixels {
  const data = new Uint8ClampedArray(width * height * 4)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const value = shade(x, y)
      data.set([value, value, value, 255], (y * width + x) * 4)
    }
  return { width, height, data }
}

const sharp = (x: number, y: number) => (((x >> 2) + (y >> 2)) % 2 === 0 ? 60 : 190)
const soft = (x: number, y: number) => 125 + 60 * Math.sin(x / 30) * Math.cos(y / 30)

describe('the check of a photo', () => {
  it('finds nothing wrong with a sharp, evenly lit portrait', () => {
    expect(judgeSize({ width: 480, height: 640 })).toEqual([])
    expect(judgePixels(draw(sharp))).toEqual([])
    expect(judgeFaces([400], 640)).toEqual([])
  })

  it.each([
    ['too small', { width: 120, height: 160 }, ['small']],
    ['wide as a group picture', { width: 1600, height: 900 }, ['shape']],
    ['narrow as a strip', { width: 300, height: 900 }, ['shape']],
  ])('says that one is %s', (_, size, faults) => {
    expect(judgeSize(size)).toEqual(faults)
  })

  it.each([
    ['too dark', draw((x, y) => sharp(x, y) / 5), ['dark']],
    ['too bright', draw((x, y) => 255 - (255 - sharp(x, y)) / 4), ['bright']],
    ['without contrast', draw((x, y) => 120 + (sharp(x, y) > 100 ? 5 : 0)), ['flat']],
    ['blurred', draw(soft), ['blurred']],
  ])('says that one is %s', (_, pixels, faults) => {
    expect(judgePixels(pixels)).toEqual(faults)
  })

  it('looks at the middle, not at a bright wall around the face', () => {
    const framed = draw((x, y) => (x > 40 && x < 200 && y > 50 && y < 270 ? sharp(x, y) : 255))
    expect(judgePixels(framed)).toEqual([])
  })

  it('tells no face, two faces and a small face apart', () => {
    expect(judgeFaces([], 640)).toEqual(['noFace'])
    expect(judgeFaces([300, 280], 640)).toEqual(['manyFaces'])
    expect(judgeFaces([80], 640)).toEqual(['faceSmall'])
  })
})
