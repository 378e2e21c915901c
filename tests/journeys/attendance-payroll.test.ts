import { afterAll, beforeAll, expect, it } from 'vitest'
import { createFakeDevice } from '../support/fake-device.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { createTestClock } from '../support/test-clock.ts'

const clock = createTestClock(Date.parse('2026-03-04T12:00:00Z'))
const range = { FromDate: '2026-03-02', ToDate: '2026-03-04' }
let running: TestGateway
beforeAll(async () => {
  running = await startGateway({ clock, timeZone: 'Asia/Kolkata' })
  const gate = createFakeDevice(running.devicesUrl, 'PAY1')
  await gate.handshake()
  await gate.upload('OPERLOG', 'USER PIN=00042\tName==Asha\tPri=0\n')
  await gate.upload(
    'ATTLOG',
    [
      '00042\t2026-03-02 08:00:00\t0\t15',
      '00042\t2026-03-02 16:30:00\t1\t15',
      '00042\t2026-03-04 08:00:00\t0\t15',
      '00042\t2026-03-04 12:00:00\t1\t15',
      '',
    ].join('\n'),
  )
  await gate.poll()
})
afterAll(() => running.stop())

const call: TestGateway['client'] = token => running.client(token)
const download = (fields: Record<string, string>) =>
  fetch(`${running.apiUrl}/v3/ExportPayroll?${new URLSearchParams({ ...range, ...fields })}`, {
    headers: { AuthToken: running.token },
  })
const Template = {
  Name: 'Ours',
  Columns: [
    { Field: 'EmployeeCode', Header: 'Nr' },
    { Field: 'EmployeeName', Header: 'Name' },
    { Field: 'Worked', Header: 'Stunden' },
  ],
} as const

it('a form is saved, changed, listed before those to start from, and forgotten', async () => {
  const saved = (
    await call().call('attendance.savePayrollTemplate', {
      Template: { ...Template, Columns: [...Template.Columns] },
    })
  ).body.Template
  expect(saved).toMatchObject({ Name: 'Ours', Starter: false, Separator: 'semicolon' })
  const changed = { ...Template, Columns: [...Template.Columns], Name: 'Ours, changed' }
  await call().call('attendance.savePayrollTemplate', { TemplateID: saved.TemplateID, Template: changed })
  const names = async () =>
    (await call().call('attendance.payrollTemplates', {})).body.Templates.map(({ Name }) => Name)
  expect(await names()).toEqual(['Ours, changed', 'DATEV-like', 'ADP-like', 'SAP-like, fixed width'])
  await call().call('attendance.removePayrollTemplate', { TemplateID: saved.TemplateID })
  expect(await names()).toHaveLength(3)
  await expect(
    call().call('attendance.removePayrollTemplate', { TemplateID: saved.TemplateID }),
  ).rejects.toMatchObject({ code: 'PAYROLL_TEMPLATE_NOT_FOUND' })
})

it('a preview of a draft shows the lines and says which days are not final', async () => {
  const { body } = await call().call('attendance.previewPayroll', {
    ...range,
    Draft: JSON.stringify(Template),
  })
  expect(body).toMatchObject({
    Lines: ['Nr;Name;Stunden', "00042;'=Asha;12,50"],
    People: 1,
    NotFinalPeople: 1,
    NotFinalDays: 1,
    Warnings: [{ Kind: 'not_final', Row: 1, Count: 1 }],
  })
  await expect(
    call().call('attendance.previewPayroll', { ...range, Draft: '{"Name":"x","Columns":[]}' }),
  ).rejects.toMatchObject({ code: 'INVALID_INPUT' })
})

it('a file is refused while days are not final, and marked when that is accepted', async () => {
  const refused = await download({ TemplateID: 'starter-datev' })
  expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([
    409,
    'PAYROLL_NOT_FINAL',
  ])
  const taken = await download({ TemplateID: 'starter-datev', AllowNotFinal: 'true' })
  expect(taken.headers.get('content-type')).toBe('text/csv; charset=windows-1252')
  expect(taken.headers.get('content-disposition')).toContain('payroll_2026-03-02_2026-03-04_not-final.csv')
  const lines = Buffer.from(await taken.arrayBuffer())
    .toString('latin1')
    .split('\r\n')
  expect(lines[0]).toBe(
    'Personalnummer;Name;Jahr;Monat;Lohnart;Stunden;Lohnart;Überstunden;Nachberechnung;Fehltage',
  )
  expect(lines[1]).toBe("00042;'=Asha;2026;03;1000;12,50;1100;0,00;0,00;0")
  const final = await download({ TemplateID: 'starter-sap', ToDate: '2026-03-02' })
  expect(await final.text()).toBe('   0004220260302202603021000000008.501100000000.001900000000.00000\r\n')
})

it('a number that does not fit its column is refused rather than cut', async () => {
  const narrow = {
    ...Template,
    Name: 'Narrow',
    Kind: 'fixed' as const,
    Columns: [{ Field: 'Worked' as const, Width: 2 }],
  }
  const { TemplateID } = (await call().call('attendance.savePayrollTemplate', { Template: narrow })).body
    .Template
  const reply = await download({ TemplateID, AllowNotFinal: 'true' })
  expect(((await reply.json()) as { code: string }).code).toBe('PAYROLL_DOES_NOT_FIT')
})
