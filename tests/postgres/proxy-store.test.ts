import { describe } from 'vitest'
import { proxyStoreSuite } from '../../proxy/store/store.suite.ts'
import { createPostgresDatabase } from '../support/postgres-database.ts'

describe('the proxy’s store on PostgreSQL', () => {
  proxyStoreSuite(async () => ({ file: 'unused', url: await createPostgresDatabase() }))
})
