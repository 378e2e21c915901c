import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertPunches } from '../support/many-punches.ts'
import { signIn, startAll, type TestSystem } from '../support/start-all.ts'
import { until } from '../support/until.ts'
import { exportSuite } from './export.suite.ts'

describe('on SQLite', () => {
  exportSuite(async () => undefined)
})

describe('through the proxy', () => {
  const path = '/api/v3/ExportAttendance?FromDate=2026-03-01&ToDate=2026-03-31'
  const total = 8000
  let system: TestSystem
  beforeAll(async () => {
    system = await startAll({
      accounts: { hr: ['hr'], security: ['security'], viewer: ['viewer'], admin: ['admin'] },
    })
    await system.gateway.client().call('devices.adopt', { DeviceSN: 'EXPORT09' })
    await insertPunches(
      system.gateway.store,
      [{ sn: 'EXPORT09', zone: 'Asia/Kolkata', site: 'Main site', offsetMinutes: 330 }],
      total,
    )
  })
  afterAll(() => system.stop())

  const audited = async () => {
    const admin = await signIn(system, 'admin')
    const { body } = await admin.get('/api/audit?Action=attendance.export')
    return body.Entries as Record<string, unknown>[]
  }

  it('gives those who may export the whole file with its name, and writes down who took what', async () => {
    const { cookie } = await signIn(system, 'hr')
    const reply = await fetch(`${system.url}${path}&Format=csv`, { headers: { cookie } })
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8'])
    expect(reply.headers.get('content-disposition')).toBe(
      'attachment; filename="attendance_2026-03-01_2026-03-31.csv"',
    )
    expect((await reply.text()).trimEnd().split('\r\n')).toHaveLength(total + 1)
    const entry = await until('the export in the audit', async () =>
      (await audited()).find(({ Outcome }) => Outcome === 'done'),
    )
    expect(entry).toMatchObject({
      Actor: 'hr',
      Subject: '2026-03-01',
      Input: { FromDate: '2026-03-01', ToDate: '2026-03-31', Format: 'csv' },
    })
  })

  it('passes JSON through as a file too', async () => {
    const { cookie } = await signIn(system, 'hr')
    const reply = await fetch(`${system.url}${path}&Format=json`, { headers: { cookie } })
    expect(reply.headers.get('content-disposition')).toContain('.json"')
    expect(await reply.json()).toMatchObject({ StatusCode: 0, ReturnRowCount: total })
  })

  it('refuses the others, and lists what was refused by the gateway as refused', async () => {
    for (const name of ['security', 'viewer']) {
      const reply = await (await signIn(system, name)).get(path)
      expect([reply.status, reply.body.code]).toEqual([403, 'PERMISSION_DENIED'])
    }
    const hr = await signIn(system, 'hr')
    expect((await hr.get(path.replace('2026-03-31', 'never'))).body.code).toBe('INVALID_DATE')
    expect((await audited())[0]).toMatchObject({ Outcome: 'refused', Code: 'INVALID_DATE' })
  })

  it('lets go of the gateway when the browser has left, and says that the file is not whole', async () => {
    const { cookie } = await signIn(system, 'hr')
    const leaving = request(`${system.url}${path}&Format=json`, { headers: { cookie } }, reply => {
      reply.once('data', () => leaving.destroy())
    })
    leaving.on('error', () => undefined)
    leaving.end()
    const entry = await until('the end in the audit', async () => {
      const [newest] = await audited()
      return newest?.Outcome === 'failed' && newest
    })
    expect(entry).toMatchObject({ Code: 'CANCELLED', Input: { Format: 'json' } })
  })
})
