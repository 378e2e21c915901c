import { describe, expect, it } from 'vitest'
import { spanExact, spanNarrow } from './span.ts'

describe('a length in two units', () => {
  it('says what one unit would swallow, and no second unit of zero', () => {
    expect([0, 59.6, 60, 80, -3661, 7200, 90_000].map(spanExact)).toEqual([
      '0 sec',
      '1 min',
      '1 min',
      '1 min 20 sec',
      '1 hr 1 min',
      '2 hr',
      '1 day 1 hr',
    ])
  })

  it('is the same where there is little room', () => {
    expect([0, 30, 90, 3600, 5400].map(spanNarrow)).toEqual(['0s', '30s', '1m 30s', '1h', '1h 30m'])
  })
})
