import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe } from 'vitest'
import { createStore } from '../store/index.ts'
import { scriptedFleetSuite } from './scripted-fleet.suite.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-fleet-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('2,000 terminals', () =>
  scriptedFleetSuite(() => createStore({ file: join(folder, 'gateway.db') }), 2000))
