import { fleetHealthSuite } from './fleet-health.suite.ts'

fleetHealthSuite(async () => undefined)
