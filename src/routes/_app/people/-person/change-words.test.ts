import { expect, it } from 'vitest'
import { becameWhat, whatChanged } from './change-words.ts'

it('says what became of a field, with an arrow only where something was replaced', () => {
  expect(whatChanged({ What: 'Enrolled', Field: 'Fingerprint 6' })).toBe('Enrolled · Right index finger')
  expect(whatChanged({ What: 'Left', Field: null })).toBe('Left')
  expect(becameWhat({ What: 'Enrolled', From: null, To: 'at Main gate' })).toBe('at Main gate')
  expect(becameWhat({ What: 'Changed', From: 'Sales', To: null })).toBe('Sales → –')
  expect(becameWhat({ What: 'Changed', From: null, To: 'set' })).toBe('– → set')
  expect(becameWhat({ What: 'Left', From: null, To: null })).toBe('')
})
