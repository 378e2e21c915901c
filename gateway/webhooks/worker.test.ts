import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { createStore } from '../store/index.ts'
import { webhookSuite } from './worker.suite.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-webhooks-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let files = 0
webhookSuite('SQLite', () => createStore({ file: join(folder, `${++files}.db`) }))
