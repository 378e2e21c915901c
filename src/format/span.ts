import { lasting } from './time.ts'

/** A length in seconds in one unit, "4s" or "3h", without its sign: which way it points is said in words. */
export function span(seconds: number): string {
  return lasting(Math.abs(seconds) * 1000)
}
