import { describe, expect, it } from 'vitest'
import { type EventBody, parseEvent } from '#contract/events.ts'
import { punchEvent, statusEvent } from '../testing/events.ts'
import { v3 } from './v3.ts'

const formatV3 = (event: EventBody, token: string | null) => v3.write(event, token) ?? ''

describe('format v3', () => {
  it('puts the five published keys first, unchanged, and ours behind', () => {
    const event = punchEvent({ OperationID: 'p42', DeviceSN: 'SN9X0000001', EmployeeCode: '0042' })
    const keys = Object.keys(JSON.parse(formatV3(event, 'secret-token')))
    expect(keys.slice(0, 5)).toEqual(['DeviceSN', 'EmployeeCode', 'AttendanceLog', 'Type', 'Direction'])
    expect(keys.at(-1)).toBe('AuthToken')
    expect(JSON.parse(formatV3(event, 'secret-token'))).toEqual({ ...event, AuthToken: 'secret-token' })
  })

  it('sends no AuthToken where none was given', () => {
    expect(formatV3(punchEvent({}), null)).not.toContain('AuthToken')
  })

  it('keeps the local clock and its offset, and leading zeros', () => {
    const body = JSON.parse(formatV3(punchEvent({ EmployeeCode: '007' }), null))
    expect(body).toMatchObject({
      AttendanceLog: '2026-03-02 08:58:41',
      LogTime: '2026-03-02 08:58:41 GMT +0530',
      EmployeeCode: '007',
    })
  })

  it('is read back by the contract as the same event, without the token', () => {
    for (const event of [punchEvent({}), statusEvent({})]) {
      expect(parseEvent(JSON.parse(formatV3(event, 'secret-token')))).toEqual(event)
    }
  })

  it('gives the same text every time', () => {
    const event = punchEvent({})
    expect(formatV3(structuredClone(event), 't')).toBe(formatV3(event, 't'))
  })
})
