import { describe, expect, it } from 'vitest'
import { accessEventVectors } from '../fixtures/access-events.ts'
import { accessRequestVectors } from '../fixtures/access-requests.ts'
import { accessTableVectors } from '../fixtures/access-tables.ts'
import { attlogVectors } from '../fixtures/attlog.ts'
import { querydataVectors } from '../fixtures/querydata.ts'
import { requestVectors } from '../fixtures/requests.ts'
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
    [accessEventVectors.A06, { kind: 'events' }],
    [accessEventVectors.A15, { kind: 'state' }],
    [accessTableVectors.A18, { kind: 'tabledata', table: 'user', statedCount: 2 }],
    [accessTableVectors.A34, { kind: 'archive', table: 'transaction', statedCount: 41 }],
    [accessRequestVectors.A33, { kind: 'verification' }],
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
    ['A01', accessRequestVectors.A01, 'access'],
    ['A02', accessRequestVectors.A02, 'access'],
    ['A04', accessRequestVectors.A04, 'access'],
    ['A23', querydataVectors.A23, 'access'],
    ['A32', accessRequestVectors.A32, 'access'],
    ['A18', accessTableVectors.A18, 'access'],
    ['A29', accessRequestVectors.A29, null],
    ['T01', requestVectors.T01, null],
    ['T06', attlogVectors.T06, 'attendance'],
  ] as const)('hears from %s', (_, vector, flavour) => {
    expect(flavourOf(requestOf(vector))).toBe(flavour)
  })

  it('hears of a mode switched on the terminal (A36)', () => {
    expect(flavourOf(requestOf(accessEventVectors.A36))).toBe('access')
  })
})
