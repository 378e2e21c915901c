import { randomFor } from './random.ts'

const minuteMs = 60_000
const everyMs = 40 * minuteMs

/**
 * End of the silence a flaky terminal is in at this moment, or undefined while it can be heard: 4 to 9 minutes in
 * every 40, by the clock alone, so that a restart in the middle of a silence does not end it.
 */
export function flakyUntil(serial: string, atMs: number): number | undefined {
  const turn = Math.floor(atMs / everyMs)
  const random = randomFor('silence', serial, turn)
  const from = turn * everyMs + random.between(8, 29) * minuteMs
  const until = from + random.between(240, 540) * 1000
  return atMs >= from && atMs < until ? until : undefined
}
