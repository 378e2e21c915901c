import { describe } from 'vitest'
import { exportSuite } from '../journeys/export.suite.ts'
import { createPostgresDatabase } from '../support/postgres-database.ts'

describe('an export on PostgreSQL', () => {
  exportSuite(createPostgresDatabase)
})
