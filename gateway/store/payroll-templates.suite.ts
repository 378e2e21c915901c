import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Store } from './index.ts'
import {
  payrollTemplate,
  payrollTemplates,
  removePayrollTemplate,
  savePayrollTemplate,
} from './payroll-templates.ts'

/** What the store promises of forms of payroll files; run against both databases. */
export function payrollTemplatesSuite(open: () => Promise<Store>): void {
  let store: Store
  beforeAll(async () => {
    store = await open()
  })
  afterAll(() => store.close())

  const save = (id: string, name: string) =>
    store.write(write =>
      savePayrollTemplate(write, {
        template_id: id,
        name,
        definition: '{"Name":"Ünïcode ;"}',
        saved_at: 1_700_000_000_000,
        saved_by: null,
      }),
    )

  it('keeps forms by name, replaces one by its id, and forgets it once', async () => {
    await save('pay-b', 'B')
    await save('pay-a', 'Z')
    await save('pay-a', 'A')
    const own = (await payrollTemplates(store.read)).filter(row => row.template_id.startsWith('pay-'))
    expect(own.map(row => [row.template_id, row.name, row.definition])).toEqual([
      ['pay-a', 'A', '{"Name":"Ünïcode ;"}'],
      ['pay-b', 'B', '{"Name":"Ünïcode ;"}'],
    ])
    expect((await payrollTemplate(store.read, 'pay-a'))?.saved_at).toBe(1_700_000_000_000)
    expect(await store.write(write => removePayrollTemplate(write, 'pay-a'))).toBe(true)
    expect(await store.write(write => removePayrollTemplate(write, 'pay-a'))).toBe(false)
    expect(await payrollTemplate(store.read, 'pay-a')).toBeUndefined()
  })
}
