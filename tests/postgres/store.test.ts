import { describe } from 'vitest'
import { createStore } from '../../gateway/store/index.ts'
import { storeSuite } from '../../gateway/store/store.suite.ts'
import { createPostgresDatabase } from '../support/postgres-database.ts'

describe('the store on PostgreSQL', () => {
  storeSuite(async () => createStore({ file: 'unused', url: await createPostgresDatabase() }))
})
