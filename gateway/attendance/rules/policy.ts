import type { Policy } from './types.ts'

const noRounding = { stepMinutes: 0, mode: 'nearest' } as const

/**
 * What holds until somebody decides otherwise. Chosen so that nothing is taken from anybody by default: five minutes of
 * grace, no rounding, no break that was not taken; and nothing is given by default either: presence before or after a
 * shift is shown and not paid. The windows reach far after a shift, since people stay longer more often than they come
 * early, and still leave ten hours between two shifts of a day worker.
 */
export const defaultPolicy: Policy = {
  doubleWindowMinutes: 2,
  direction: 'keys',
  withoutKeys: 'first_last',
  lateGraceMinutes: 5,
  earlyLeaveGraceMinutes: 5,
  windowBeforeMinutes: 240,
  windowAfterMinutes: 480,
  halfDayBelowMinutes: null,
  absentBelowMinutes: null,
  impossibleSpanMinutes: 16 * 60,
  gapFromMinutes: 15,
  earlyInCounts: false,
  rounding: { in: noRounding, out: noRounding },
  automaticBreak: { afterMinutes: 0, lengthMinutes: 0 },
  overtime: {
    enabled: false,
    fromMinutes: 0,
    dailyCapMinutes: null,
    weeklyCapMinutes: null,
    ordinaryMultiplier: 1,
    dayOffMultiplier: 1,
    holidayMultiplier: 1,
  },
  handOverMinutes: 30,
  unplannedRestMinutes: 6 * 60,
  unplannedNightMinutes: 13 * 60,
  lateArrivalMinutes: 60,
  estimateWindowMinutes: 90,
}
