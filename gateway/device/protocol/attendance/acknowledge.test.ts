import { describe, expect, it } from 'vitest'
import { encodeAcknowledgement } from './acknowledge.ts'

describe('encodeAcknowledgement', () => {
  it.each([
    ['ATTLOG', 5, 'OK: 5'],
    ['OPERLOG', 0, 'OK: 0'],
    ['BIODATA', 1, 'OK: 1'],
    ['ERRORLOG', 1, 'OK: 1'],
    ['FOOBAR', 2, 'OK: 2'],
    [null, 2, 'OK: 2'],
    ['ATTPHOTO', 1, 'OK'],
    ['options', 14, 'OK'],
  ])('acknowledges %s with the count where a count is expected', (table, lineCount, reply) => {
    expect(encodeAcknowledgement({ table, lineCount })).toBe(reply)
  })

  it('leaves the count out for a terminal whose profile says so', () => {
    expect(encodeAcknowledgement({ table: 'ATTLOG', lineCount: 5, style: 'bare' })).toBe('OK')
  })
})
