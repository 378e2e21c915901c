import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accessVectors, bodyOf, bytesOf } from '../fixtures/vectors.ts'
import { UnsafeFieldError } from '../unsafe-field.ts'
import { dialectOf } from './dialect.ts'
import { encodeRegistryReply, parseRegistry, SUPPORT } from './registry.ts'

describe('parseRegistry', () => {
  it('reads what a controller says of itself (A02)', () => {
    const facts = parseRegistry(bodyOf(accessVectors.A02))
    expect(facts).toMatchObject({
      deviceType: 'acc',
      deviceName: 'F20/M',
      firmware: 'Ver 8.0.1.3-20151229',
      pushVersion: 'Ver 2.0.22-20161201',
      mac: null,
      ip: '192.0.2.221',
      communication: 'ethernet',
      doors: 4,
      readers: 8,
      auxInputs: 4,
      auxOutputs: 4,
      machineType: 10,
      dateFormat: 'yyyymmdd',
      logId: true,
      simpleEventTypes: true,
      cmdFormat: 0,
      hasAuthKey: true,
      maxPackageBytes: 2_048_000,
      controlRole: 'single',
      verifyMethods: null,
      capacities: { users: 50, logs: null },
    })
    expect([0, 1, 2, 3, 4, 5, 6, 7].filter(event => facts.eventTypes?.has(event))).toEqual([
      0, 1, 2, 3, 4, 5, 7,
    ])
    expect(facts.supports.has(SUPPORT.devId)).toBe(false)
    expect(facts.supports.has(SUPPORT.oneDoorPerRow)).toBe(false)
    expect([...facts.supports].slice(0, 3)).toEqual([1, 3, 5])
    expect(dialectOf(facts)).toEqual({
      dateFormat: 'yyyymmdd',
      oneDoorPerRow: false,
      deviceId: undefined,
    })
  })

  it('passes no secret on, in whatever case it is spelled', () => {
    const { options } = parseRegistry(
      bytesOf('authKey=a1,ComPwd=a2,VMSPasswd=a3,QRCodeDecryptKey=a4,Door1ForcePassWord=a5,PassMode=1'),
    )
    expect([...options]).toEqual([['PassMode', '1']])
    expect([...parseRegistry(bodyOf(accessVectors.A02)).options.values()].join()).not.toContain('example-key')
  })

  it('reads a body with nearly nothing in it (A03)', () => {
    expect(parseRegistry(bodyOf(accessVectors.A03))).toMatchObject({
      deviceType: 'acc',
      doors: 1,
      machineType: null,
      eventTypes: null,
      hasAuthKey: false,
      dateFormat: 'yyyymmdd',
    })
  })

  it('reads the newer facts', () => {
    const facts = parseRegistry(
      bytesOf(
        'DateFmtFunOn=1,CmdFormat=1,EventTypes=01,NewNormalEventTypes=2B12,NewVFStyles=0000111000011010,MultiBioDataSupport=0:1:0:0:0:0:0:0:0:1,MultiBioVersion=0:10.0:7.0:0,MaxMultiBioDataCount=0:10000:0,MasterControlOn=1,AccSupportFunList=000000000000000100000000001',
      ),
    )
    expect(facts).toMatchObject({
      dateFormat: 'encoded',
      cmdFormat: 1,
      controlRole: 'master',
      verifyMethods: ['face', 'palm vein', 'fingerprint', 'password', 'user ID', 'card'],
    })
    expect([...(facts.eventTypes ?? [])]).toEqual([0, 4000, 4001, 4003, 4005, 4009, 4012])
    expect(facts.biometrics).toEqual({
      templates: [1, 9],
      photos: [],
      versions: new Map([
        [1, '10.0'],
        [2, '7.0'],
      ]),
      templateCapacity: new Map([[1, '10000']]),
      photoCapacity: new Map(),
    })
    expect(dialectOf(facts)).toEqual({ dateFormat: 'encoded', oneDoorPerRow: true, deviceId: 1 })
  })

  it('does not take a broken bitmap for "no event at all"', () => {
    expect(parseRegistry(bytesOf('EventTypes=BF0')).eventTypes).toBeNull()
  })

  it('answers any bytes', () => {
    fc.assert(fc.property(fc.uint8Array(), body => void parseRegistry(body)))
  })
})

describe('encodeRegistryReply', () => {
  it('writes the code without a newline (A02)', () => {
    expect(encodeRegistryReply('Tk7Qm2Vx9b')).toBe(accessVectors.A02.reply)
  })

  it.each(['', 'a b', 'a\n', 'x'.repeat(33), 'é'])('refuses %j', code => {
    expect(() => encodeRegistryReply(code)).toThrow(UnsafeFieldError)
  })
})
