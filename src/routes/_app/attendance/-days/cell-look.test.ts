import { expect, it } from 'vitest'
import { blankLook, cellLabel, cellLook } from './cell-look.ts'
import { stepped } from './range-step.tsx'
import type { DayCell } from './search.ts'

const cell = (more: Partial<DayCell>): DayCell => ({
  Date: '2026-03-02',
  Status: 'present',
  Certainty: 'complete',
  ...more,
})

it('a day that may still change never looks like one that may not', () => {
  const certain = cellLook(cell({ Worked: 480, Punches: 2 }))
  const provisional = cellLook(cell({ Worked: 480, Punches: 2, Certainty: 'provisional' }))
  const unknown = cellLook(cell({ Status: 'not_known_yet', Certainty: 'provisional' }))
  expect([certain.sure, provisional.sure, unknown.sure]).toEqual(['certain', 'provisional', 'unknown'])
  expect([certain.text, unknown.text]).toEqual(['8:00', '?'])
  expect(cellLook(undefined)).toBe(blankLook)
})

it('no hours are claimed where nobody knows them', () => {
  expect(cellLook(cell({ Punches: 1, Flags: ['missing_out'] }))).toMatchObject({ text: '–', missing: true })
  expect(cellLook(cell({ Punches: 1, Flags: ['still_in'], Certainty: 'provisional' }))).toMatchObject({
    text: '…',
    open: true,
  })
})

it('whatever is drawn is said as well', () => {
  const label = cellLabel(
    'Mon, Mar 2',
    cell({
      In: '2026-03-02T08:12:00+05:30',
      Out: '2026-03-02T17:00:00+05:30',
      Worked: 528,
      Late: 12,
      Flags: ['late'],
      Certainty: 'provisional',
      WaitingFor: ['East gate'],
    }),
  )
  for (const part of [
    'Mon, Mar 2',
    'Present',
    'Worked 8:48, 08:12–17:00',
    'Late 12 min',
    'Provisional',
    'Waiting for East gate',
  ])
    expect(label).toContain(part)
})

it('a month steps to whole months, other ranges by their length', () => {
  expect(stepped({ from: '2026-03-01', to: '2026-03-27' }, -1, '2026-03-27')).toEqual({
    from: '2026-02-01',
    to: '2026-02-28',
  })
  expect(stepped({ from: '2026-02-01', to: '2026-02-28' }, 1, '2026-03-27')).toEqual({
    from: '2026-03-01',
    to: '2026-03-27',
  })
  expect(stepped({ from: '2026-03-21', to: '2026-03-27' }, -1, '2026-03-27')).toEqual({
    from: '2026-03-14',
    to: '2026-03-20',
  })
})
