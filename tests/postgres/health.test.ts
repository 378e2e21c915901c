import { describe } from 'vitest'
import { scriptedFleetSuite } from '../../gateway/health/scripted-fleet.suite.ts'
import { createStore } from '../../gateway/store/index.ts'
import { fleetHealthSuite } from '../journeys/fleet-health.suite.ts'
import { createPostgresDatabase } from '../support/postgres-database.ts'

describe('the health of terminals on PostgreSQL', () => fleetHealthSuite(createPostgresDatabase))

describe('1,200 terminals on PostgreSQL', () =>
  scriptedFleetSuite(async () => createStore({ file: 'unused', url: await createPostgresDatabase() }), 1200))
