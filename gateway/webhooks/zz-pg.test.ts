import { createStore } from '../store/index.ts'
import { webhookSuite } from './worker.suite.ts'
webhookSuite('PostgreSQL', () => createStore({ file: '', url: 'postgres://postgres:x@127.0.0.1:55432/wh' }))
