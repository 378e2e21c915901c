import { expect, it } from 'vitest'
import { timesInText } from './times-in-text.ts'

it('shows the moments in a sentence of the server as people read them', () => {
  const text = timesInText('Offline since 2026-11-27T11:04:57.449Z; the order waits for it')
  expect(text).toMatch(/^Offline since .*2026.*57.*; the order waits for it$/)
  expect(text).not.toContain('T11')
  expect(timesInText('Terminal full')).toBe('Terminal full')
})
