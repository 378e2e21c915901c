import { describe } from 'vitest'
import { peopleSuite } from '../journeys/people.suite.ts'
import { peopleDataSuite } from '../journeys/people-data.suite.ts'
import { createPostgresDatabase } from '../support/postgres-database.ts'

peopleSuite(createPostgresDatabase)
describe('the data of a person', () => peopleDataSuite(createPostgresDatabase))
