import { peopleSuite } from '../journeys/people.suite.ts'
import { createPostgresDatabase } from '../support/postgres-database.ts'

peopleSuite(createPostgresDatabase)
