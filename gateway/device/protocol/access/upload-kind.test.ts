import { describe, expect, it } from 'vitest'
import { accessVectors, attendanceVectors } from '../fixtures/vectors.ts'
import { type DeviceRequest, parseDeviceRequest } from '../request.ts'
import { flavourOf } from './flavour.ts'
import { accessUploadOf } from './upload-kind.ts'

function requestOf(vector: {
  readonly method: string
  readonly rawUrl: string
}): Extract<DeviceRequest, { readonly kind: 'ok' }> {
  const request = parseDeviceRequest(vector)
  if (request.kind !== 'ok') throw new Error(`expected ok, got ${request.kind}`)
  return request
}

describe('accessUploadOf', () => {
  it.each([
    [accessVectors.A06, { kind: 'events' }],
    [accessVectors.A15, { kind: 'state' }],
    [accessVectors.A18, { kind: 'tabledata', table: 'user', statedCount: 2 }],
    [accessVectors.A34, { kind: 'archive', table: 'transaction', statedCount: 41 }],
    [accessVectors.A33, { kind: 'verification' }],
  ])('tells uploads apart by their query (%#)', (vector, upload) => {
    expect(accessUploadOf(requestOf(vector).query)).toEqual(upload)
  })

  it.each([
    ['table=options', { kind: 'options' }],
    [
      'type=registry&table=tabledata&tablename=DeviceAuthorize&count=1',
      { kind: 'tabledata', statedCount: 1 },
    ],
    ['cmdid=291&desc=overview', { kind: 'archive-overview' }],
    ['table=testdata', { kind: 'unknown', table: 'testdata' }],
    ['', { kind: 'unknown', table: null }],
  ])('knows %j', (query, upload) => {
    const rawUrl = `/iclock/cdata?SN=A&${query}`
    expect(accessUploadOf(requestOf({ method: 'POST', rawUrl }).query)).toMatchObject(upload)
  })
})

describe('flavourOf', () => {
  it.each([
    ['A01', accessVectors.A01, 'access'],
    ['A02', accessVectors.A02, 'access'],
    ['A04', accessVectors.A04, 'access'],
    ['A23', accessVectors.A23, 'access'],
    ['A32', accessVectors.A32, 'access'],
    ['A18', accessVectors.A18, 'access'],
    ['A29', accessVectors.A29, null],
    ['T01', attendanceVectors.T01, null],
    ['T06', attendanceVectors.T06, 'attendance'],
  ] as const)('hears from %s', (_, vector, flavour) => {
    expect(flavourOf(requestOf(vector))).toBe(flavour)
  })

  it('hears of a mode switched on the terminal (A36)', () => {
    expect(flavourOf(requestOf(accessVectors.A36))).toBe('access')
  })
})
