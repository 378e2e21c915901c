import { expect, it } from 'vitest'
import { daysWords } from '../../../../words/attendance-days.ts'
import { stepLine } from './explanation-text.ts'

/** The rules as the gateway names them: text, since the page may not import the gateway. */
const sources = import.meta.glob<string>('../../../../../gateway/attendance/rules/results.ts', {
  query: '?raw',
  import: 'default',
  eager: true,
})

it('there is a sentence for every rule an explanation may name', () => {
  const [source = ''] = Object.values(sources)
  const names = /export type RuleName =([^;]*?)\n\n/s.exec(source)?.[1] ?? ''
  const rules = [...names.matchAll(/'(\w+)'/g)].map(([, name = '']) => name)
  expect(rules.length).toBeGreaterThan(15)
  const excluded = ['implausible_time', 'ignored', 'estimate_withdrawn'].map(why => `punch_excluded.${why}`)
  for (const Code of [...rules.filter(rule => rule !== 'punch_excluded'), ...excluded]) {
    expect(Object.keys(daysWords.explain.steps)).toContain(Code)
    const line = stepLine({ Code, ShiftID: null, PunchIDs: [], Numbers: {} }, 'Asia/Kolkata')
    expect(line).toMatch(/\.$/)
    expect(line).not.toMatch(/undefined|NaN/)
  }
})

it('a rule these words do not know is shown rather than left out', () => {
  expect(stepLine({ Code: 'new_rule', ShiftID: null, PunchIDs: [], Numbers: {} }, 'UTC')).toBe('new_rule')
})
