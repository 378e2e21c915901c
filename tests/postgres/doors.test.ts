import { describe } from 'vitest'
import { doorAlarmsSuite } from '../journeys/door-alarms.suite.ts'
import { emergencySuite } from '../journeys/emergency.suite.ts'
import { openDoorBench } from '../support/door-bench.ts'
import { createPostgresDatabase } from '../support/postgres-database.ts'

const open = async () => openDoorBench(undefined, await createPostgresDatabase())

describe('emergencies on PostgreSQL', () => emergencySuite(open))
describe('alarms of doors on PostgreSQL', () => doorAlarmsSuite(open))
