import { describe, expect, it } from 'vitest'
import { attendanceOutcomeOf, returnCodeMeaning } from './return-codes.ts'

/** iclock-push 8. */
const LISTED = [
  0, 2, 4, 5, 6, 7, -1, -2, -3, -4, -5, -6, -9, -10, -11, -12, -22, -30, -1001, -1002, -1003, -1004, -1005,
  -1006, -1007, -1008,
]

const ENROLMENTS = ['card.enroll', 'fingerprint.enroll', 'biometric.enroll']

describe('returnCodeMeaning', () => {
  it.each(LISTED)('has words for %d', code => {
    expect(returnCodeMeaning(code)).not.toMatch(/^code|^done, /)
  })
})

describe('attendanceOutcomeOf', () => {
  it.each(ENROLMENTS)('takes every positive code of %s for a failure, with its reason', kind => {
    for (const code of [4, 5, 6, 7]) {
      const { outcome, words } = attendanceOutcomeOf(kind, code)
      expect(outcome).toBe('failed')
      expect(words).not.toMatch(/\d/)
    }
    for (const code of [1, 2, 3, 8, 636]) expect(attendanceOutcomeOf(kind, code).outcome).toBe('failed')
    expect(attendanceOutcomeOf(kind, 0)).toEqual({ outcome: 'done', words: 'done' })
    expect(attendanceOutcomeOf(kind, -3)).toEqual({ outcome: 'failed', words: 'read or write error' })
  })

  it('says of a code what it means for what was to be enrolled', () => {
    expect(attendanceOutcomeOf('fingerprint.enroll', 2).words).toBe('this finger is already enrolled')
    expect(attendanceOutcomeOf('fingerprint.enroll', 5).words).toBe('this finger belongs to someone else')
    expect(attendanceOutcomeOf('card.enroll', 5).words).toBe('no card was shown in time')
    expect(attendanceOutcomeOf('biometric.enroll', 2).words).toBe('this is already enrolled')
    expect(attendanceOutcomeOf('card.enroll', 9).words).toBe('enrolment ended with code 9')
  })

  it.each(['door.open', 'door.lock', 'alarm.cancel'])('takes no number for a moved door: %s', kind => {
    expect(attendanceOutcomeOf(kind, 0)).toEqual({ outcome: 'done', words: 'done' })
    expect(attendanceOutcomeOf(kind, 7)).toEqual({ outcome: 'failed', words: 'the device is busy' })
    expect(attendanceOutcomeOf(kind, 1).outcome).toBe('unknown')
    expect(attendanceOutcomeOf(kind, -1002)).toEqual({ outcome: 'failed', words: 'not supported' })
  })

  it.each(['options.read', 'users.query', 'user.update', 'a kind of a later build'])(
    'takes 0 and more for success of %s: a size or a count',
    kind => {
      expect(attendanceOutcomeOf(kind, 0)).toEqual({ outcome: 'done', words: 'done' })
      expect(attendanceOutcomeOf(kind, 636)).toEqual({ outcome: 'done', words: 'done, size 636' })
      expect(attendanceOutcomeOf(kind, 5)).toEqual({ outcome: 'done', words: 'done, size 5' })
      expect(attendanceOutcomeOf(kind, -1002)).toEqual({ outcome: 'failed', words: 'not supported' })
      expect(attendanceOutcomeOf(kind, -777)).toEqual({ outcome: 'failed', words: 'code -777' })
    },
  )
})
