import { describe, expect, it } from 'vitest'
import { type EventRecord, events } from '#contract/events.ts'
import { maskText } from '#contract/file-headers.ts'
import type { OperationRecord } from '#contract/operation.ts'
import { operations } from '#contract/operations/index.ts'
import { hiddenFields, mask } from './mask.ts'
import { permissionsOf, roles } from './roles.ts'

const records = [
  ...Object.entries<OperationRecord>(operations),
  ...Object.entries<EventRecord>(events),
].filter(([, { sensitive }]) => sensitive !== undefined)

const cases = records.flatMap(([id, record]) =>
  Object.entries(record.sensitive ?? {}).flatMap(([field, right]) =>
    roles.map(role => ({ id, field, right, role, sees: permissionsOf([role]).has(right) })),
  ),
)

describe('masking', () => {
  it.each(cases)('$id: $field is shown to $role: $sees', ({ id, field, role, sees }) => {
    const record = records.find(([other]) => other === id)?.[1]
    const hidden = hiddenFields(record?.sensitive, permissionsOf([role]))
    const body = { [field]: 'personal', Rows: [{ Deep: { [field]: 'personal' } }], DeviceSN: 'GATE1' }
    const shown = sees ? 'personal' : maskText
    expect(mask(body, hidden)).toEqual({
      [field]: shown,
      Rows: [{ Deep: { [field]: shown } }],
      DeviceSN: 'GATE1',
    })
  })

  it('hides a list as an empty list and anything but text as null, so that schemas still hold', () => {
    const hidden = new Set(['Templates', 'Count', 'Name', 'Absent'])
    const given = { Templates: [{ Data: 'x' }], Count: 3, Name: { First: 'x' }, Absent: null }
    expect(mask(given, hidden)).toEqual({ Templates: [], Count: null, Name: null, Absent: null })
  })

  it('does not touch what it was given', () => {
    const given = { EmployeeCode: '007' }
    mask(given, new Set(['EmployeeCode']))
    expect(given).toEqual({ EmployeeCode: '007' })
  })
})
