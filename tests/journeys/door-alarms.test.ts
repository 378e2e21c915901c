import { describe } from 'vitest'
import { openDoorBench } from '../support/door-bench.ts'
import { doorAlarmsSuite } from './door-alarms.suite.ts'

describe('on SQLite', () => doorAlarmsSuite(() => openDoorBench()))
