import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attendanceVectors } from './fixtures/vectors.ts'
import { type DeviceRequest, parseDeviceRequest } from './request.ts'

const SN = 'TESTATT00001'

function parseOk(method: string, rawUrl: string): Extract<DeviceRequest, { kind: 'ok' }> {
  const request = parseDeviceRequest({ method, rawUrl })
  if (request.kind !== 'ok') throw new Error(`expected ok, got ${request.kind}`)
  return request
}

describe('parseDeviceRequest', () => {
  it('reads a full handshake and refuses no device type (T01)', () => {
    const request = parseDeviceRequest(attendanceVectors.T01)
    expect(request).toMatchObject({
      kind: 'ok',
      endpoint: 'cdata',
      sn: SN,
      cdata: {
        kind: 'handshake',
        pushVersion: '2.4.0',
        language: 69,
        deviceType: 'middle east',
        postsOptions: true,
        commKey: null,
      },
    })
  })

  it('assumes version 2.2.14 of a terminal that does not say (T02)', () => {
    expect(parseDeviceRequest(attendanceVectors.T02)).toMatchObject({
      cdata: { kind: 'handshake', pushVersion: '2.2.14', language: null, deviceType: null },
    })
  })

  it.each([
    attendanceVectors.T03.rawUrl,
    `/cdata?SN=${SN}&options=all`,
    `/iclock/cdata.php?sN=${SN}&OPTIONS=ALL`,
    `/ICLOCK/CData.ASPX?SN=${SN}&options=all`,
    `//iclock//cdata/?SN=${SN}&options=all`,
    `http://192.0.2.1:8081/iclock/cdata?SN=${SN}&options=all`,
  ])('takes %s for the same handshake (T03)', rawUrl => {
    expect(parseOk('GET', rawUrl)).toMatchObject({ endpoint: 'cdata', sn: SN, cdata: { kind: 'handshake' } })
  })

  it.each([
    ['getrequest', 'GET'],
    ['devicecmd', 'POST'],
    ['ping', 'GET'],
    ['registry', 'POST'],
    ['push', 'POST'],
    ['querydata', 'POST'],
    ['rtdata', 'GET'],
    ['event', 'POST'],
    ['exchange', 'POST'],
    ['file', 'GET'],
  ])('knows the endpoint %s', (endpoint, method) => {
    expect(parseOk(method, `/iclock/${endpoint}?SN=${SN}`)).toMatchObject({ endpoint, cdata: null })
  })

  it('reads an upload with its table and opaque stamp (T10)', () => {
    const url = `/iclock/cdata?SN=${SN}&table=ATTLOG&Stamp=2008-02-25T12:08:21`
    expect(parseOk('POST', url).cdata).toEqual({
      kind: 'upload',
      table: 'ATTLOG',
      stamp: '2008-02-25T12:08:21',
    })
    expect(parseOk('POST', `/iclock/fdata?SN=${SN}&table=ATTPHOTO&PhotoStamp=9`).cdata).toEqual({
      kind: 'upload',
      table: 'ATTPHOTO',
      stamp: '9',
    })
  })

  it.each([
    ['Stamp', 'ATTLOG'],
    ['OpStamp', 'OPERLOG'],
    ['PhotoStamp', 'ATTPHOTO'],
  ])('tells the table from %s when old firmware names none', (key, table) => {
    expect(parseOk('POST', `/iclock/cdata?SN=${SN}&${key}=7`).cdata).toEqual({
      kind: 'upload',
      table,
      stamp: '7',
    })
  })

  it('never takes an empty upload sent as GET for a handshake (T28)', () => {
    expect(parseDeviceRequest(attendanceVectors.T28)).toMatchObject({
      cdata: { kind: 'empty-upload', table: 'ATTLOG', stamp: '9999' },
    })
  })

  it('recognises the time request (T55), the poll (T43) and the ping (T56)', () => {
    expect(parseDeviceRequest(attendanceVectors.T55)).toMatchObject({ cdata: { kind: 'time' } })
    expect(parseDeviceRequest(attendanceVectors.T43)).toMatchObject({ endpoint: 'getrequest' })
    expect(parseDeviceRequest(attendanceVectors.T56)).toMatchObject({ endpoint: 'ping' })
  })

  it.each([
    ['table=RemoteAtt&PIN=1', { kind: 'lookup', what: 'remote-att' }],
    ['table=SELFSERVICEDATA&PIN=1&ServiceNum=2', { kind: 'lookup', what: 'self-service' }],
    ['type=LastPunch&PIN=1', { kind: 'lookup', what: 'last-punch' }],
    ['PIN=1', { kind: 'lookup', what: 'person' }],
  ])('keeps questions about a person apart from uploads: %s', (query, cdata) => {
    expect(parseOk('GET', `/iclock/cdata?SN=${SN}&${query}`).cdata).toEqual(cdata)
  })

  it('keeps verification apart from uploads', () => {
    expect(parseOk('POST', `/iclock/cdata?SN=${SN}&AuthType=FP`).cdata).toEqual({
      kind: 'verification',
      what: 'auth',
    })
    expect(parseOk('POST', `/iclock/cdata?SN=${SN}&type=PostVerifyData`).cdata).toEqual({
      kind: 'verification',
      what: 'post-verify-data',
    })
  })

  it('refuses a serial number that could travel into a path or a log (T57)', () => {
    expect(parseDeviceRequest(attendanceVectors.T57)).toEqual({
      kind: 'bad-sn',
      endpoint: 'getrequest',
      method: 'GET',
      shownSn: 'BAD SN\\x0d\\x0aX',
    })
    expect(parseDeviceRequest({ method: 'GET', rawUrl: `/ping?SN=${'A'.repeat(65)}` }).kind).toBe('bad-sn')
    expect(parseDeviceRequest({ method: 'GET', rawUrl: '/iclock/ping' }).kind).toBe('missing-sn')
    expect(parseDeviceRequest({ method: 'GET', rawUrl: '/iclock/ping?SN=' }).kind).toBe('missing-sn')
  })

  it('lets the first of two serial numbers win', () => {
    expect(parseOk('GET', '/iclock/ping?SN=A&sn=B').sn).toBe('A')
  })

  it.each(['/', '/iclock', '/iclock/', '/iclock/edge?SN=A', '/iclock/cdata/x?SN=A', '/api/cdata?SN=A', ''])(
    'does not know the path %j',
    rawUrl => {
      expect(parseDeviceRequest({ method: 'GET', rawUrl })).toMatchObject({
        kind: 'unknown-path',
        endpoint: 'unknown',
      })
    },
  )

  it('leaves malformed percent signs and plus signs as they are', () => {
    expect(parseOk('GET', `/ping?SN=${SN}&a=100%&b=%zz%4&c=1+1&d=%E5%BC%A0&e=%ff`).query).toEqual(
      new Map([
        ['sn', SN],
        ['a', '100%'],
        ['b', '%zz%4'],
        ['c', '1+1'],
        ['d', '张'],
        ['e', '\ufffd'],
      ]),
    )
  })

  it('answers any request line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (rawUrl, method) => {
        parseDeviceRequest({ method, rawUrl })
        parseDeviceRequest({ method, rawUrl: `/iclock/cdata?${rawUrl}` })
      }),
    )
  })
})
