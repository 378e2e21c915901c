import { expect, it } from 'vitest'
import { askerOf } from './asker.ts'

it('names who asked, and Gatehouse where nobody did', () => {
  expect(askerOf('anna')).toBe('anna')
  expect(askerOf('reconciler')).toBe('Gatehouse, to keep in step')
  expect(askerOf(null)).toBe('–')
})
