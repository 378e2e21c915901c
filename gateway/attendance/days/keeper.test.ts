import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe } from 'vitest'
import { createStore } from '../../store/index.ts'
import { keeperSuite } from './keeper.suite.ts'

describe('kept days on SQLite', () =>
  keeperSuite(() =>
    createStore({ file: join(mkdtempSync(join(tmpdir(), 'gatehouse-days-')), 'gateway.db') }),
  ))
