import { describe, expect, it } from 'vitest'
import { errorMeaning, isNoError } from './error-codes.ts'

describe('an error log', () => {
  it.each([
    ['D01E0001', 'no face was found in the photo'],
    ['d01e0002', 'the face in the photo is covered'],
    ['D03E0012', 'hardware error 12 of the terminal'],
    ['S01E0001', 'push error 1 of the server'],
    ['D99E0001', null],
    ['nonsense', null],
  ])('%s says %s', (code, meaning) => {
    expect(errorMeaning(code)).toBe(meaning)
  })

  it('of zeros says that nothing went wrong', () => {
    expect([isNoError('00000000'), isNoError('D01E0001')]).toEqual([true, false])
  })
})
