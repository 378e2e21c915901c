import { describe, expect, it } from 'vitest'
import type { EventBody } from '#contract/events.ts'
import { punchEvent, statusEvent, userDeletedEvent, userUpdatedEvent } from '../testing/events.ts'
import { formOf, forms } from './forms.ts'
import { webApi1 } from './web-api-1.ts'
import { webApi2 } from './web-api-2.ts'

const token = '0123456789abcdef0123456789abcdef'
const requestData = (event: EventBody) =>
  new URLSearchParams(webApi2.write(event, token) ?? '').get('request_data')

describe('Web API 2.0 callback', () => {
  it('puts a punch into the one form field, byte for byte', () => {
    const event = punchEvent({
      DeviceSN: 'ST-KY00000001',
      Type: 'card',
      Temperature: 36.4,
      FaceMask: true,
      AttendanceLog: '2026-03-02 03:10:00',
    })
    expect(requestData(event)).toBe(
      `{"ServiceTagId":"ST-KY00000001","ApiRequestInfo":{"AuthToken":"${token}","Operation":"RealTimePunchLog",` +
        '"UserId":"2001","OperationTime":"1772421000","OperationReferenceId":"",' +
        '"OperationData":{"AttendanceType":"CheckIn","InputType":"Card","Temperature":"36.4","FaceMask":true}}}',
    )
    expect(webApi2.write(event, token)).toMatch(/^request_data=%7B%22ServiceTagId%22%3A/)
    expect(webApi2.contentType).toBe('application/x-www-form-urlencoded')
  })

  it('gives the clock of the terminal as seconds, and knows the word None', () => {
    const read = JSON.parse(requestData(punchEvent({ Direction: 'None' })) ?? '').ApiRequestInfo
    expect(new Date(Number(read.OperationTime) * 1000).toISOString()).toBe('2026-03-02T08:58:41.000Z')
    expect(read.OperationData).toEqual({
      AttendanceType: 'None',
      InputType: 'Face',
      Temperature: '0.0',
      FaceMask: false,
    })
  })

  it('tells of people changed and deleted', () => {
    expect(
      JSON.parse(requestData(userUpdatedEvent({ UserType: 'Admin' })) ?? '').ApiRequestInfo,
    ).toMatchObject({
      Operation: 'ManuallyUserUpdated',
      UserId: '2001',
      OperationData: { Name: 'Asha Rao', FirstName: 'Asha', LastName: 'Rao', Priority: 16, Signature: [] },
    })
    expect(JSON.parse(requestData(userDeletedEvent({})) ?? '').ApiRequestInfo).toMatchObject({
      Operation: 'ManuallyUserDeleted',
      UserId: '2001',
      OperationTime: '1772442600',
    })
  })
})

describe('Web API 1.0 callback', () => {
  it('is five form fields', () => {
    expect(webApi1.write(punchEvent({ EmployeeCode: '0042', Direction: 'CheckOut' }), token)).toBe(
      `stgid=SN9X0000001&userid=0042&att_time=1772441921&att_type=o&auth_token=${token}`,
    )
    expect(new Date(1772441921 * 1000).toISOString()).toBe('2026-03-02T08:58:41.000Z')
  })

  it.each([
    ['CheckIn', 'i'],
    ['BreakOut', 'o'],
    ['OverTimeIn', 'i'],
    ['None', 'i'],
  ] as const)('counts %s as %s', (Direction, side) => {
    expect(webApi1.write(punchEvent({ Direction }), token)).toContain(`att_type=${side}&`)
  })

  it('survives names and codes that need escaping', () => {
    const read = new URLSearchParams(webApi1.write(punchEvent({ EmployeeCode: 'Ä&=1 ' }), token) ?? '')
    expect(read.get('userid')).toBe('Ä&=1 ')
  })
})

describe('every form', () => {
  const events = [punchEvent({}), statusEvent({}), userUpdatedEvent({}), userDeletedEvent({})]

  it('has words for exactly the events it says it has', () => {
    for (const form of Object.values(forms))
      for (const event of events) expect(form.write(event, token) !== null).toBe(form.events.has(event.Event))
  })

  it('tells of punches', () => {
    for (const form of Object.values(forms)) expect(form.events).toContain('OnAttendance')
  })

  it('falls back to ours for a name nobody knows', () => {
    expect(formOf('web-api-9')).toBe(forms.v3)
    expect(formOf('web-api-1')).toBe(webApi1)
  })
})
