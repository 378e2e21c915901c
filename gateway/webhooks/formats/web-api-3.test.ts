import { describe, expect, it } from 'vitest'
import { punchEvent, statusEvent, userDeletedEvent, userUpdatedEvent } from '../testing/events.ts'
import { webApi3 } from './web-api-3.ts'

const token = '0123456789abcdef0123456789abcdef'
const sample = punchEvent({
  OperationID: 'q7m2c9x4b1zk',
  DeviceSN: 'ABCD12345678',
  Type: 'fingerprint',
  Temperature: 36.4,
  FaceMask: false,
})
const punchLog = (change: Parameters<typeof punchEvent>[0]) =>
  JSON.parse(webApi3.write(punchEvent(change), token) ?? '').RealTime.PunchLog

describe('Web API 3.0 callback', () => {
  it('writes a punch byte for byte as published', () => {
    expect(webApi3.write(sample, token)).toBe(
      '{"RealTime":{"OperationID":"q7m2c9x4b1zk","LabelName":"North gate","SerialNumber":"ABCD12345678",' +
        '"PunchLog":{"Type":"CheckIn","Temperature":"36.4","FaceMask":false,"InputType":"Fingerprint",' +
        '"UserId":"2001","LogTime":"2026-03-02 08:58:41 GMT +0530"},' +
        `"AuthToken":"${token}","Time":"2026-03-02 03:28:44 GMT +0000"}}`,
    )
  })

  it('writes a changed person with every key that is read without a guard', () => {
    const event = userUpdatedEvent({ OperationID: 'u1', DeviceSN: 'ABCD12345678' })
    expect(webApi3.write(event, token)).toBe(
      '{"RealTime":{"OperationID":"u1","SerialNumber":"ABCD12345678","LabelName":"North gate",' +
        '"UserUpdated":{"UserID":"2001","FirstName":"Asha","LastName":"Rao","UserType":"User",' +
        '"OperationTime":"2026-03-02 09:10:00 GMT +0530","Template":[]},' +
        `"AuthToken":"${token}","Time":"2026-03-02 03:40:02 GMT +0000"}}`,
    )
    const quiet = { ...event, FirstName: null, LastName: null, UserType: null }
    expect(JSON.parse(webApi3.write(quiet, token) ?? '').RealTime.UserUpdated).toMatchObject({
      FirstName: '',
      LastName: '',
      Template: [],
    })
  })

  it('writes a deleted person', () => {
    const event = userDeletedEvent({ OperationID: 'u2', DeviceSN: 'ABCD12345678' })
    expect(webApi3.write(event, token)).toBe(
      '{"RealTime":{"OperationID":"u2","SerialNumber":"ABCD12345678","LabelName":"North gate",' +
        '"UserDeleted":{"UserID":"2001","OperationTime":"2026-03-02 09:10:00 GMT +0530"},' +
        `"AuthToken":"${token}","Time":"2026-03-02 03:40:02 GMT +0000"}}`,
    )
  })

  it('always has a temperature as text and a mask as truth value', () => {
    expect(punchLog({ Temperature: null, FaceMask: null })).toMatchObject({
      Temperature: '0.0',
      FaceMask: false,
    })
    expect(punchLog({ Temperature: 36, FaceMask: true })).toMatchObject({
      Temperature: '36.0',
      FaceMask: true,
    })
  })

  it.each([
    ['CheckOut', 'CheckOut'],
    ['BreakIn', 'BreakIn'],
    ['OverTimeOut', 'OverTimeOut'],
    ['None', 'CheckIn'],
  ] as const)('calls %s %s', (Direction, type) => {
    expect(punchLog({ Direction }).Type).toBe(type)
  })

  it.each([
    ['face', 'Face'],
    ['fingervein', 'FingerVein'],
    ['password', 'Password'],
    ['others', 'Others'],
  ] as const)('calls %s %s', (Type, inputType) => {
    expect(punchLog({ Type }).InputType).toBe(inputType)
  })

  it('keeps codes as text with leading zeros, and the offset of the terminal', () => {
    expect(punchLog({ EmployeeCode: '007', LogTime: '2026-03-01 22:28:41 GMT -0500' })).toMatchObject({
      UserId: '007',
      LogTime: '2026-03-01 22:28:41 GMT -0500',
    })
  })

  it('sends an empty AuthToken where none was given, for receivers that read it unasked', () => {
    expect(JSON.parse(webApi3.write(sample, null) ?? '').RealTime.AuthToken).toBe('')
  })

  it('has no words for anything else, and says the same every time', () => {
    expect(webApi3.write(statusEvent({}), token)).toBeNull()
    expect(webApi3.write(structuredClone(sample), token)).toBe(webApi3.write(sample, token))
  })
})
