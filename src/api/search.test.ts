import { describe, expect, it } from 'vitest'
import { present, readDay, readInt, readOneOf, readOverviewSearch, readText } from './search.ts'

describe('readers of the address', () => {
  it('take a number where text is meant, because the router has parsed it', () => {
    expect(readText({ site: 12 }, 'site')).toBe('12')
  })

  it('answer nothing for what is mangled, so that the plain page shows', () => {
    expect(readText({ site: ' ' }, 'site')).toBeUndefined()
    expect(readText({ site: 'x'.repeat(101) }, 'site')).toBeUndefined()
    expect(readText({ site: ['a'] }, 'site')).toBeUndefined()
    expect(readOneOf({ view: 'pie' }, 'view', ['table'])).toBeUndefined()
    expect(readInt({ page: '2.5' }, 'page', 1, 9)).toBeUndefined()
    expect(readInt({ page: '' }, 'page', 0, 9)).toBeUndefined()
  })

  it('know which days exist', () => {
    expect(readDay({ from: '2028-02-29' }, 'from')).toBe('2028-02-29')
    expect(readDay({ from: '2026-02-29' }, 'from')).toBeUndefined()
    expect(readDay({ from: '2026-2-9' }, 'from')).toBeUndefined()
  })

  it('leave absent filters out, so that equal searches make equal keys', () => {
    expect(Object.keys(present({ a: 1, b: undefined }))).toEqual(['a'])
    expect(readOverviewSearch({ site: 'East', range: 'recent', view: 'x' })).toEqual({
      site: 'East',
      range: 'recent',
    })
  })
})
