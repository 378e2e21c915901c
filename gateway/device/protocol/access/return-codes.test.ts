import { describe, expect, it } from 'vitest'
import { parseCommandResults } from '../attendance/command-result.ts'
import { accessVectors, bodyOf } from '../fixtures/vectors.ts'
import { accessOutcomeOf, accessReturnCodeMeaning } from './return-codes.ts'

/** iclock-push 12.10. */
const LISTED = [
  ...Array.from({ length: 28 }, (_, at) => -1 - at),
  ...Array.from({ length: 9 }, (_, at) => -100 - at),
  ...Array.from({ length: 6 }, (_, at) => -201 - at),
  ...[-30, -301, -601, -603, -604, -609, -612, -614, -615, -616, -618, -619, -620, -621, -628, -629, -630],
  ...[-631, -632, -708, -709, -720, -721, -722, -725, -726, -728, -730, -731, -801, -5000],
]

describe('accessOutcomeOf', () => {
  it('takes the result of the door command for "done", which is not yet "moved" (A30)', () => {
    const [result] = parseCommandResults(bodyOf(accessVectors.A30)).results
    expect(result).toMatchObject({ id: '221', returnCode: 0, cmd: 'CONTROL DEVICE' })
    expect(accessOutcomeOf(result?.returnCode ?? -1)).toBe('done')
  })

  it.each([
    [41, 'done'],
    [-5000, 'pending'],
    [-1, 'failed'],
    [-629, 'failed'],
  ])('takes %d for %s', (code, outcome) => {
    expect(accessOutcomeOf(code)).toBe(outcome)
  })
})

describe('accessReturnCodeMeaning', () => {
  it.each([
    [0, 'done'],
    [41, 'done, 41'],
    [-22, 'firmware is for another platform'],
    [-629, 'wrong table name'],
    [-5000, 'accepted by the master controller, result pending'],
    [-999, 'code -999'],
  ])('says of %d: %s', (code, words) => {
    expect(accessReturnCodeMeaning(code)).toBe(words)
  })

  it.each(LISTED)('has words for %d', code => {
    expect(accessReturnCodeMeaning(code)).not.toMatch(/^code/)
  })
})
