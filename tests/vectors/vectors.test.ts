import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessVectors, attendanceVectors } from '../../gateway/device/protocol/fixtures/vectors.ts'
import { openVectorBench, type VectorBench } from './vector-bench.ts'
import { readCases } from './vector-case.ts'

const files = [
  ['attendance', attendanceVectors],
  ['access', accessVectors],
] as const

describe('the vectors of the reference', () => {
  it('are all there: 79 requests', () => {
    expect(files.map(([, vectors]) => Object.keys(vectors).length)).toEqual([48, 31])
  })
})

describe.each(files)('%s terminals are answered to the byte and understood', (flavour, vectors) => {
  const cases = readCases(vectors)
  let bench: VectorBench
  beforeAll(async () => {
    bench = await openVectorBench(flavour)
  })
  afterAll(() => bench.stop())

  it.each(cases.map(one => [one.name, one.title, one] as const))('%s: %s', async (_name, _title, one) => {
    expect(await bench.run(one, cases)).toEqual(one.keeps)
  })
})
