import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe } from 'vitest'
import { createStore } from './index.ts'
import { storeSuite } from './store.suite.ts'

describe('the store on SQLite', () => {
  storeSuite(() => createStore({ file: join(mkdtempSync(join(tmpdir(), 'gatehouse-store-')), 'gateway.db') }))
})
