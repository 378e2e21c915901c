import { describe } from 'vitest'
import { carriedMinutesSuite } from '../journeys/carried-minutes.suite.ts'
import { firstKnownDaySuite } from '../journeys/first-known-day.suite.ts'
import { numbersAgreeSuite } from '../journeys/numbers-agree.suite.ts'
import { repairIncidentSuite } from '../journeys/repair-incident.suite.ts'
import { createPostgresDatabase } from '../support/postgres-database.ts'

describe('attendance on PostgreSQL', () => {
  describe('a repair of an incident', () => repairIncidentSuite(createPostgresDatabase))
  describe('numbers that open a list', () => numbersAgreeSuite(createPostgresDatabase))
  describe('days before anything was known', () => firstKnownDaySuite(createPostgresDatabase))
  describe('carried minutes in payroll', () => carriedMinutesSuite(createPostgresDatabase))
})
