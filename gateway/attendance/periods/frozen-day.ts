import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { DayResult } from '../rules/results.ts'

/** A day as it is kept in a closed period: its JSON, deflated to about a quarter, in base64. */
export function freezeDay(day: DayResult): string {
  return deflateRawSync(JSON.stringify(day)).toString('base64')
}

/** The same day again. Only what `freezeDay` wrote is ever read, so its shape is taken as it is. */
export function thawDay(frozen: string): DayResult {
  return JSON.parse(inflateRawSync(Buffer.from(frozen, 'base64')).toString()) as DayResult
}
