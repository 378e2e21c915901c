import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UnsafeFieldError } from '../unsafe-field.ts'
import type { AccessCommand } from './access-command.ts'
import { encodeAccessCommand, removePersonCommands } from './commands.ts'
import { authorizationsOf } from './person-commands.ts'

describe('encodeAccessCommand', () => {
  it.each<readonly [AccessCommand, string]>([
    [{ kind: 'door.open', door: 1, seconds: 5 }, 'CONTROL DEVICE 01010105'],
    [{ kind: 'device.restart' }, 'CONTROL DEVICE 03000000'],
    [{ kind: 'device.ping' }, 'GET OPTIONS ~SerialNumber'],
    [
      {
        kind: 'user.update',
        user: {
          pin: '1001',
          name: 'Asha',
          card: '',
          password: '',
          group: 0,
          privilege: 0,
          validFrom: null,
          validTo: null,
        },
      },
      'DATA UPDATE user CardNo=\tPin=1001\tPassword=\tGroup=0\tStartTime=0\tEndTime=0\tName=Asha\tPrivilege=0',
    ],
    [
      { kind: 'authorization.update', pin: '1001', timeZoneId: 1, doors: [1] },
      'DATA UPDATE userauthorize Pin=1001\tAuthorizeTimezoneId=1\tAuthorizeDoorId=1',
    ],
    [
      { kind: 'card.update', pin: '7', cardHex: 'CC9932DD', isMain: false },
      'DATA UPDATE mulcarduser Pin=7\tCardNo=CC9932DD\tLossCardFlag=0\tCardType=1',
    ],
    [
      { kind: 'fingerprint.update', pin: '1001', finger: 6, template: 'AAAA' },
      'DATA UPDATE templatev10 Pin=1001\tFingerID=6\tValid=1\tTemplate=AAAA',
    ],
    [
      { kind: 'fingerprint.update', pin: '1001', finger: 6, isDuress: true, template: 'AA==' },
      'DATA UPDATE templatev10 Pin=1001\tFingerID=22\tValid=1\tTemplate=AA==',
    ],
    [
      {
        kind: 'biodata.update',
        pin: '1',
        type: 9,
        no: 0,
        index: 0,
        majorVersion: '5',
        minorVersion: '8',
        template: 'AAAA',
      },
      'DATA UPDATE biodata Pin=1\tNo=0\tIndex=0\tValid=1\tDuress=0\tType=9\tMajorVer=5\tMinorVer=8\tFormat=0\tTmp=AAAA',
    ],
    [
      { kind: 'photo.update', pin: '1001', type: 9, content: '/9j/2Q==' },
      'DATA UPDATE biophoto PIN=1001\tType=9\tSize=8\tContent=/9j/2Q==\tFormat=0\tUrl=\tPostBackTmpFlag=0',
    ],
    [
      { kind: 'picture.update', pin: '1001', content: '/9j/2Q==' },
      'DATA UPDATE userpic pin=1001\tsize=8\tformat=0\turl=\tcontent=/9j/2Q==',
    ],
    [{ kind: 'person.delete', table: 'user', pin: '1001' }, 'DATA DELETE user Pin=1001'],
    [{ kind: 'person.delete', table: 'biophoto', pin: '1001' }, 'DATA DELETE biophoto PIN=1001'],
    [{ kind: 'fingerprint.delete', pin: '1', finger: 6 }, 'DATA DELETE templatev10 Pin=1\tFingerID=6'],
    [{ kind: 'biodata.delete', pin: '1', type: 9 }, 'DATA DELETE biodata Type=9\tPin=1'],
    [{ kind: 'schedule.delete', id: 2 }, 'DATA DELETE timezone TimezoneId=2'],
    [
      { kind: 'holiday.update', date: '2026-01-26', type: 1, isYearly: true },
      'DATA UPDATE holiday Holiday=20260126\tHolidayType=1\tLoop=1',
    ],
    [{ kind: 'holiday.delete', date: '2026-01-26' }, 'DATA DELETE holiday Holiday=20260126'],
    [{ kind: 'table.query', table: 'user' }, 'DATA QUERY tablename=user,fielddesc=*,filter=*'],
    [
      {
        kind: 'table.query',
        table: 'biodata',
        filter: [
          ['Type', '9'],
          ['Pin', '1'],
        ],
      },
      'DATA QUERY tablename=biodata,fielddesc=*,filter=Type=9\tPin=1',
    ],
    [{ kind: 'table.count', table: 'user' }, 'DATA COUNT user'],
    [{ kind: 'table.count', table: 'biodata', filter: [['Type', '9']] }, 'DATA COUNT biodata Type=9'],
    [
      { kind: 'attendance.query', from: '2026-09-01T00:00', to: '2026-09-02 00:00:00' },
      'DATA QUERY tablename=transaction,fielddesc=*,filter=starttime=2026-09-01 00:00:00\tendtime=2026-09-02 00:00:00',
    ],
    [{ kind: 'attendance.new' }, 'DATA QUERY tablename=transaction,fielddesc=*,filter=NewRecord'],
    [{ kind: 'attendance.archive', afterIndex: 0 }, 'ACCOUNT transaction ContentType=tgz\tMaxIndex=0'],
    [
      { kind: 'options.read', keys: ['~SerialNumber', 'FirmVer', 'LockCount'] },
      'GET OPTIONS ~SerialNumber,FirmVer,LockCount',
    ],
    [
      {
        kind: 'options.write',
        values: [
          ['Door1Drivertime', '5'],
          ['Door1SensorType', '1'],
        ],
      },
      'SET OPTIONS Door1Drivertime=5,Door1SensorType=1',
    ],
    [{ kind: 'time.set', local: '2018-02-22 14:54:54' }, 'SET OPTIONS DateTime=583080894'],
    [
      { kind: 'biometric.enroll', pin: '1', type: 9, no: 0, overwrite: true },
      'ENROLL_BIO type=9\tno=0\tpin=1\tcardno=\tretry=3\toverwrite=1',
    ],
  ])('writes %j', (command, text) => {
    expect(encodeAccessCommand(command)).toBe(text)
  })

  it('writes a whole week', () => {
    const text = encodeAccessCommand({
      kind: 'schedule.update',
      id: 2,
      windows: [{ day: 'Monday', start: '08:30', end: '12:00' }],
    })
    expect(text).toMatch(/^DATA UPDATE timezone TimezoneId=2\tSunTime1=0\t/)
    expect(text).toContain('\tMonTime1=54396080\tMonTime2=0\t')
    expect(text.endsWith('\tHol3Time3=0')).toBe(true)
  })

  it('sends only the fields that were given', () => {
    expect(encodeAccessCommand({ kind: 'user.update', user: { pin: '7', name: 'A=B' } })).toBe(
      'DATA UPDATE user Pin=7\tName=A=B',
    )
    expect(
      encodeAccessCommand({ kind: 'user.update', user: { pin: '7', isSuperUser: true, isDisabled: false } }),
    ).toBe('DATA UPDATE user Pin=7\tSuperAuthorize=1\tDisable=0')
  })

  it('writes validity as the terminal keeps it', () => {
    const command: AccessCommand = {
      kind: 'user.update',
      user: { pin: '7', validFrom: '2026-01-31', validTo: '2026-12-31' },
    }
    expect(encodeAccessCommand(command)).toBe('DATA UPDATE user Pin=7\tStartTime=20260131\tEndTime=20261231')
    expect(encodeAccessCommand(command, { dateFormat: 'encoded' })).toBe(
      'DATA UPDATE user Pin=7\tStartTime=838252800\tEndTime=867801599',
    )
    const user = { pin: '7', validFrom: '2026-02-30' }
    expect(() => encodeAccessCommand({ kind: 'user.update', user })).toThrow(UnsafeFieldError)
    expect(() =>
      encodeAccessCommand(
        { kind: 'user.update', user: { pin: '7', validTo: '1999-12-31' } },
        { dateFormat: 'encoded' },
      ),
    ).toThrow(UnsafeFieldError)
  })

  it('names doors by mask, or by number where the terminal wants one per row (C4)', () => {
    const grant = { pin: '1', timeZoneId: 1, doors: [1, 3] }
    expect(encodeAccessCommand({ kind: 'authorization.update', ...grant })).toContain('AuthorizeDoorId=5')
    const dialect = { oneDoorPerRow: true, deviceId: 1 }
    expect(() => encodeAccessCommand({ kind: 'authorization.update', ...grant }, dialect)).toThrow(
      UnsafeFieldError,
    )
    expect(
      authorizationsOf(grant, dialect).map(one =>
        encodeAccessCommand({ kind: 'authorization.update', ...one }, dialect),
      ),
    ).toEqual([
      'DATA UPDATE userauthorize Pin=1\tAuthorizeTimezoneId=1\tAuthorizeDoorId=1\tDevID=1',
      'DATA UPDATE userauthorize Pin=1\tAuthorizeTimezoneId=1\tAuthorizeDoorId=3\tDevID=1',
    ])
    expect(authorizationsOf(grant, {})).toEqual([grant])
  })

  it('spells field names as the profile wants them', () => {
    const dialect = { keyCase: 'lower' } as const
    expect(encodeAccessCommand({ kind: 'person.delete', table: 'user', pin: 'Ab1' }, dialect)).toBe(
      'DATA DELETE user pin=Ab1',
    )
    expect(encodeAccessCommand({ kind: 'user.update', user: { pin: '7', name: 'Asha' } }, dialect)).toBe(
      'DATA UPDATE user pin=7\tname=Asha',
    )
  })

  it('uses the control layout of the profile', () => {
    expect(
      encodeAccessCommand(
        { kind: 'door.open', door: 1, seconds: 5 },
        { controlLayout: 'state-then-seconds' },
      ),
    ).toBe('CONTROL DEVICE 0101010005')
  })

  it.each(['', ' ', '0', '*', '=7', ' 7', '7\tFingerID=1', 'a\x01'])(
    'never deletes or writes without one person named: %j',
    pin => {
      for (const command of [
        { kind: 'person.delete', table: 'user', pin },
        { kind: 'biodata.delete', type: 9, pin },
        { kind: 'fingerprint.delete', finger: 1, pin },
        { kind: 'user.update', user: { pin } },
        { kind: 'authorization.update', pin, timeZoneId: 1, doors: [1] },
      ] as const) {
        expect(() => encodeAccessCommand(command)).toThrow(UnsafeFieldError)
      }
    },
  )

  it('refuses values that would start another command or field (C6)', () => {
    for (const value of ['A\nC:9:REBOOT', 'A\rB', 'A\tPrivilege=14', 'A\x00']) {
      for (const command of [
        { kind: 'user.update', user: { pin: '1', name: value } },
        { kind: 'user.update', user: { pin: '1', password: value } },
        { kind: 'fingerprint.update', pin: '1', finger: 1, template: value },
        { kind: 'table.query', table: value },
        { kind: 'table.query', table: 'user', filter: [['Pin', value]] },
        { kind: 'table.query', table: 'user', filter: [[value, '1']] },
        { kind: 'options.read', keys: [value] },
        { kind: 'options.write', values: [['A', value]] },
        { kind: 'options.write', values: [[value, '1']] },
        { kind: 'holiday.delete', date: value },
        { kind: 'time.set', local: value },
        { kind: 'card.update', pin: '1', cardHex: value },
      ] as const) {
        expect(() => encodeAccessCommand(command)).toThrow(UnsafeFieldError)
      }
    }
  })

  it.each<AccessCommand>([
    { kind: 'options.write', values: [['A', '1,WebServerIP=192.0.2.9']] },
    { kind: 'options.write', values: [] },
    { kind: 'options.read', keys: [] },
    { kind: 'authorization.update', pin: '1', timeZoneId: 1, doors: [] },
    { kind: 'authorization.update', pin: '1', timeZoneId: 1, doors: [0] },
    { kind: 'authorization.update', pin: '1', timeZoneId: Number.NaN, doors: [1] },
    { kind: 'fingerprint.update', pin: '1', finger: 10, template: 'AAAA' },
    { kind: 'fingerprint.update', pin: '1', finger: 1, template: '' },
    { kind: 'photo.update', pin: '1', type: 9, content: 'not base64!' },
    { kind: 'holiday.update', date: '2026-02-30', type: 1, isYearly: false },
    { kind: 'attendance.query', from: 'now', to: 'then' },
    { kind: 'time.set', local: '2026-02-30 00:00:00' },
  ])('refuses %j', command => {
    expect(() => encodeAccessCommand(command)).toThrow(UnsafeFieldError)
  })

  it('does not repeat the refused value in the error', () => {
    const attempt = (): string =>
      encodeAccessCommand({ kind: 'user.update', user: { pin: '1', password: 'secret\n' } })
    expect(attempt).toThrow('Password')
    expect(attempt).not.toThrow('secret')
  })

  it('writes one line with as many fields as were given, or refuses', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string({ unit: 'binary' }), (pin, name, password) => {
        try {
          const text = encodeAccessCommand({ kind: 'user.update', user: { pin, name, password } })
          expect(text).not.toMatch(/[\r\n\0]/)
          expect(text.split('\t')).toHaveLength(3)
        } catch (error) {
          expect(error).toBeInstanceOf(UnsafeFieldError)
        }
      }),
    )
  })
})

describe('removePersonCommands', () => {
  it('takes the person off last', () => {
    expect(removePersonCommands('7').map(command => encodeAccessCommand(command))).toEqual([
      'DATA DELETE userauthorize Pin=7',
      'DATA DELETE templatev10 Pin=7',
      'DATA DELETE biodata Pin=7',
      'DATA DELETE user Pin=7',
    ])
  })
})
