import { describe } from 'vitest'
import { repairIncidentSuite } from './repair-incident.suite.ts'

describe('a repair of an incident', () => repairIncidentSuite(async () => undefined))
