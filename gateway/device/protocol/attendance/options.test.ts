import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attendanceVectors, bodyOf, bytesOf } from '../fixtures/vectors.ts'
import { parseDeviceRequest } from '../request.ts'
import { parseInfo, parseOptions, supportedBiometricTypes } from './options.ts'

function infoOf(vector: { readonly method: string; readonly rawUrl: string }): string {
  const request = parseDeviceRequest(vector)
  return request.kind === 'ok' ? (request.query.get('info') ?? '') : ''
}

describe('parseOptions', () => {
  it('keeps commas inside a value (T04)', () => {
    const { values, entries, count } = parseOptions(bodyOf(attendanceVectors.T04))
    expect(count).toBe(14)
    expect(values.get('OEMVendor')).toBe('ZKTECO CO., LTD.')
    expect(values.get('Platform')).toBe('ZAM180_TFT')
    expect(values.get('PushVersion')).toBe('Ver 2.0.34-20180822')
    expect(supportedBiometricTypes(values.get('MultiBioDataSupport') ?? '')).toEqual([1, 8, 9])
    expect(entries.find(entry => entry.key === 'MaxUserCount')).toEqual({
      key: 'MaxUserCount',
      rawKey: '~MaxUserCount',
      value: '100',
    })
  })

  it('reads CRLF lines without a CR in any value (T05)', () => {
    expect([...parseOptions(bodyOf(attendanceVectors.T05)).values]).toEqual([
      ['DeviceName', 'K40'],
      ['SerialNumber', 'TESTATT00001'],
      ['FWVersion', 'Ver 6.60'],
    ])
  })

  it('drops pieces without a key and lets the last of equal keys win', () => {
    const { values, count } = parseOptions(bytesOf('junk\n=x,A=1,A=2\n9=3'))
    expect([...values]).toEqual([['A', '2']])
    expect(count).toBe(2)
  })

  it('answers any bytes', () => {
    fc.assert(fc.property(fc.uint8Array(), body => void parseOptions(body)))
  })
})

describe('parseInfo', () => {
  it('reads thirteen parts (T44)', () => {
    expect(parseInfo(infoOf(attendanceVectors.T44))).toEqual({
      firmware: 'ZAM70-NF24HA-Ver3.3.12',
      users: 27,
      fingerprints: 73,
      punches: 283,
      ip: '192.0.2.201',
      fpVersion: 13,
      faceVersion: 40,
      facesPerUser: 12,
      faces: 3,
      features: '11110',
      cards: 0,
      userPictures: 25,
      attPhotos: 0,
    })
  })

  it('reads the old form with spaces and nine parts (T45)', () => {
    expect(parseInfo(infoOf(attendanceVectors.T45))).toEqual({
      firmware: 'Ver 6.8.0(build640)',
      users: 2,
      fingerprints: 0,
      punches: 0,
      ip: '192.0.2.201',
      fpVersion: 10,
      faceVersion: null,
      facesPerUser: -12,
      faces: null,
      features: '101',
      cards: null,
      userPictures: null,
      attPhotos: null,
    })
  })

  it('answers any text', () => {
    fc.assert(fc.property(fc.string(), text => void parseInfo(text)))
    expect(parseInfo('')).toMatchObject({ firmware: null, users: null, features: null })
  })
})
