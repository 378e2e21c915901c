import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe } from 'vitest'
import { alertsSuite } from '../alerts/alerts.suite.ts'
import { closingSuite } from '../attendance/periods/closing.suite.ts'
import { correctionsSuite } from './corrections.suite.ts'
import { createStore } from './index.ts'
import { payrollTemplatesSuite } from './payroll-templates.suite.ts'
import { peopleSearchSuite } from './people-search.suite.ts'
import { personPunchesSuite } from './person-punches.suite.ts'
import { photosSuite } from './photos.suite.ts'
import { plansSuite } from './plans.suite.ts'
import { rollupsSuite } from './rollups.suite.ts'
import { storeSuite } from './store.suite.ts'
import { terminalsSuite } from './terminals.suite.ts'

const locate = async () => ({ file: join(mkdtempSync(join(tmpdir(), 'gatehouse-store-')), 'gateway.db') })

describe('the store on SQLite', () => {
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
