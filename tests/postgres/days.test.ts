import { describe } from 'vitest'
import { keeperSuite } from '../../gateway/attendance/days/keeper.suite.ts'
import { createStore } from '../../gateway/store/index.ts'
import { createPostgresDatabase } from '../support/postgres-database.ts'

describe('kept days on PostgreSQL', () =>
  keeperSuite(async () => createStore({ file: 'unused', url: await createPostgresDatabase() })))
