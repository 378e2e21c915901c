import { describe } from 'vitest'
import { firstKnownDaySuite } from './first-known-day.suite.ts'

describe('days before anything was known', () => firstKnownDaySuite(async () => undefined))
