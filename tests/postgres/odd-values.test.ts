import { describe } from 'vitest'
import { oddValuesSuite } from '../journeys/odd-values.suite.ts'
import { createPostgresDatabase } from '../support/postgres-database.ts'

describe('values no column can hold, on PostgreSQL', () => oddValuesSuite(createPostgresDatabase))
