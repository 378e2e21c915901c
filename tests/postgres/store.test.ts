import { describe } from 'vitest'
import { alertsSuite } from '../../gateway/alerts/alerts.suite.ts'
import { closingSuite } from '../../gateway/attendance/periods/closing.suite.ts'
import { correctionsSuite } from '../../gateway/store/corrections.suite.ts'
import { createStore } from '../../gateway/store/index.ts'
import { payrollTemplatesSuite } from '../../gateway/store/payroll-templates.suite.ts'
import { peopleSearchSuite } from '../../gateway/store/people-search.suite.ts'
import { personPunchesSuite } from '../../gateway/store/person-punches.suite.ts'
import { photosSuite } from '../../gateway/store/photos.suite.ts'
import { plansSuite } from '../../gateway/store/plans.suite.ts'
import { rollupsSuite } from '../../gateway/store/rollups.suite.ts'
import { storeSuite } from '../../gateway/store/store.suite.ts'
import { terminalsSuite } from '../../gateway/store/terminals.suite.ts'
import { createPostgresDatabase } from '../support/postgres-database.ts'

const locate = async () => ({ file: 'unused', url: await createPostgresDatabase() })

describe('the store on PostgreSQL', () => {
  storeSuite(async () => createStore(await locate()))
  describe('alerts', () => alertsSuite(async () => createStore(await locate())))
  describe('closing', () => closingSuite(async () => createStore(await locate())))
  describe('corrections', () => correctionsSuite(async () => createStore(await locate())))
  describe('payroll templates', () => payrollTemplatesSuite(async () => createStore(await locate())))
  describe('people', () => peopleSearchSuite(locate))
  describe('photos', () => photosSuite(async () => createStore(await locate())))
  describe('plans', () => plansSuite(async () => createStore(await locate())))
  describe('punches by person', () => personPunchesSuite(async () => createStore(await locate())))
  describe('rollups', () => rollupsSuite(async () => createStore(await locate())))
  describe('terminals', () => terminalsSuite(locate))
})
