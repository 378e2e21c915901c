import { createStore } from '../../gateway/store/index.ts'
import { webhookSuite } from '../../gateway/webhooks/worker.suite.ts'
import { createPostgresDatabase } from '../support/postgres-database.ts'

webhookSuite('PostgreSQL', async () => createStore({ file: 'unused', url: await createPostgresDatabase() }))
