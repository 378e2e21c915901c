import { describe, expect, it } from 'vitest'
import { parseEvent } from '#contract/events.ts'
import { punchEvent, statusEvent } from '../testing/events.ts'
import { addressV3, formatV3 } from './v3.ts'

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

describe('address v3', () => {
  it.each([
    ['https://a.example/hook', 'https://a.example/hook?stgid=SN1'],
    ['https://a.example/hook?', 'https://a.example/hook?stgid=SN1'],
    ['https://a.example/hook?db=main&direction=1', 'https://a.example/hook?db=main&direction=1&stgid=SN1'],
    ['https://a.example/hook?a=%20+b&a=2&', 'https://a.example/hook?a=%20+b&a=2&stgid=SN1'],
    ['https://a.example/hook?stgid=MINE&db=x', 'https://a.example/hook?stgid=MINE&db=x'],
    ['https://a.example/hook?STGID=MINE', 'https://a.example/hook?STGID=MINE'],
    ['https://a.example/hook?stgid', 'https://a.example/hook?stgid'],
    ['https://a.example/hook?oldstgid=1', 'https://a.example/hook?oldstgid=1&stgid=SN1'],
    ['https://a.example/hook#top', 'https://a.example/hook?stgid=SN1'],
  ])('%s becomes %s', (callbackUrl, expected) => {
    expect(addressV3(callbackUrl, 'SN1')).toBe(expected)
  })

  it('appends nothing for an event without a terminal', () => {
    expect(addressV3('https://a.example/hook?db=1', null)).toBe('https://a.example/hook?db=1')
  })
})
