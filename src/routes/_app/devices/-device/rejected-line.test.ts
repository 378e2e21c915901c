import { describe, expect, it } from 'vitest'
import { isKept, placeText, reasonText, reparseText, shownRaw } from './rejected-line.ts'

describe('a line in quarantine', () => {
  it('says in plain words why it became no record', () => {
    expect(reasonText({ Reason: 'too-few-fields' })).toBe('Too few columns to be a record')
    expect(reasonText({ Reason: 'bad-moon' })).toBe('Not readable (bad-moon)')
  })

  it('is no fault when it is kept on purpose', () => {
    expect([isKept({ Reason: 'kept:template' }), isKept({ Reason: 'bad-time' })]).toEqual([true, false])
    expect(reasonText({ Reason: 'kept:template' })).toBe('Template of a finger, face or palm')
    expect(reasonText({ Reason: 'kept:hologram' })).toBe('Record of kind hologram')
  })

  it('says where it stood', () => {
    expect([placeText({ Line: 0 }), placeText({ Line: 3 })]).toEqual(['Whole upload', 'line 3'])
  })

  it('shows what was sent, or says why not', () => {
    const bad = { Reason: 'bad-time' }
    expect(shownRaw({ ...bad, Raw: 'junk' }, true)).toEqual({ text: 'junk' })
    expect(shownRaw({ ...bad, Raw: '•••' }, false)).toHaveProperty('hidden', expect.stringContaining('role'))
    expect(shownRaw({ ...bad, Raw: null }, true)).toHaveProperty('hidden', expect.stringContaining('Longer'))
    expect(shownRaw({ Reason: 'kept:photo', Raw: null }, true)).toHaveProperty(
      'hidden',
      expect.stringContaining('sealed'),
    )
  })
})

describe('what became of reading again', () => {
  const result = { Read: 3, Understood: 0, NewPunches: 0, Remaining: 3 }

  it('is said in numbers that add up, and in none where there was nothing to do', () => {
    expect(reparseText({ ...result, Understood: 2, NewPunches: 1, Remaining: 1 })).toBe(
      '3 lines tried, 2 understood. 1 punch is new. 1 line stays rejected.',
    )
    expect(reparseText({ ...result, Understood: 3, Remaining: 0 })).toBe(
      '3 lines tried, 3 understood. None stays rejected.',
    )
    expect(reparseText(result)).toBe('3 lines tried, and none can be read yet.')
    expect(reparseText({ ...result, Read: 0, Remaining: 0 })).toBe('There was nothing to try.')
  })
})
