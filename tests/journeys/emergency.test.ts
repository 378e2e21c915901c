import { describe } from 'vitest'
import { openDoorBench } from '../support/door-bench.ts'
import { emergencySuite } from './emergency.suite.ts'

describe('on SQLite', () => emergencySuite(() => openDoorBench()))
