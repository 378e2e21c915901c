import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UnsafeFieldError } from '../unsafe-field.ts'
import { type AttendanceCommand, encodeCommand } from './commands.ts'

describe('encodeCommand', () => {
  it.each<readonly [AttendanceCommand, string]>([
    [{ kind: 'door.open' }, 'AC_UNLOCK'],
    [{ kind: 'device.restart' }, 'REBOOT'],
    [{ kind: 'device.ping' }, 'INFO'],
    [{ kind: 'device.info' }, 'INFO'],
    [{ kind: 'device.check' }, 'CHECK'],
    [{ kind: 'logs.send' }, 'LOG'],
    [{ kind: 'alarm.cancel' }, 'AC_UNALARM'],
    [{ kind: 'alarm.cancel', door: 1 }, 'AC_UNALARM'],
    [{ kind: 'device.clear', what: 'punches' }, 'CLEAR LOG'],
    [{ kind: 'device.clear', what: 'photos' }, 'CLEAR PHOTO'],
    [{ kind: 'device.clear', what: 'everything' }, 'CLEAR DATA'],
    [{ kind: 'options.read', key: 'FWVersion' }, 'GET OPTION FROM FWVersion'],
    [{ kind: 'options.read', key: '~Platform' }, 'GET OPTION FROM ~Platform'],
    [{ kind: 'options.write', key: 'Language', value: '69' }, 'SET OPTION Language=69'],
    [{ kind: 'options.write', key: 'WebServerIP', value: '' }, 'SET OPTION WebServerIP='],
    [
      {
        kind: 'user.update',
        user: {
          pin: '1001',
          name: 'Asha',
          privilege: 0,
          password: '',
          card: '123456',
          group: 1,
          timeZones: '0000000000000000',
          verify: 0,
          viceCard: '',
        },
      },
      'DATA UPDATE USERINFO PIN=1001\tName=Asha\tPri=0\tPasswd=\tCard=123456\tGrp=1\tTZ=0000000000000000\tVerify=0\tViceCard=',
    ],
    [{ kind: 'user.update', user: { pin: '1001', privilege: 14 } }, 'DATA UPDATE USERINFO PIN=1001\tPri=14'],
    [
      { kind: 'user.update', user: { pin: '1001', card: '[15CD5B07]', password: '1234' } },
      'DATA UPDATE USERINFO PIN=1001\tPasswd=1234\tCard=[15CD5B07]',
    ],
    [{ kind: 'user.delete', pin: '1001' }, 'DATA DELETE USERINFO PIN=1001'],
    [
      { kind: 'fingerprint.update', pin: '1001', finger: 6, template: 'AAAA' },
      'DATA UPDATE FINGERTMP PIN=1001\tFID=6\tSize=4\tValid=1\tTMP=AAAA',
    ],
    [
      { kind: 'fingerprint.update', pin: '1001', finger: 0, isDuress: true, template: 'AAAAAA==' },
      'DATA UPDATE FINGERTMP PIN=1001\tFID=0\tSize=8\tValid=3\tTMP=AAAAAA==',
    ],
    [{ kind: 'fingerprint.delete', pin: '1001' }, 'DATA DELETE FINGERTMP PIN=1001'],
    [{ kind: 'fingerprint.delete', pin: '1001', finger: 6 }, 'DATA DELETE FINGERTMP PIN=1001\tFID=6'],
    [
      { kind: 'face.update', pin: '1001', index: 11, template: 'AAA=' },
      'DATA UPDATE FACE PIN=1001\tFID=11\tSize=4\tValid=1\tTMP=AAA=',
    ],
    [{ kind: 'face.delete', pin: '1001' }, 'DATA DELETE FACE PIN=1001'],
    [
      {
        kind: 'biodata.update',
        pin: '1001',
        type: 9,
        no: 0,
        index: 0,
        majorVersion: '5',
        minorVersion: '8',
        template: 'AAAA',
      },
      'DATA UPDATE BIODATA Pin=1001\tNo=0\tIndex=0\tValid=1\tDuress=0\tType=9\tMajorVer=5\tMinorVer=8\tFormat=0\tTmp=AAAA',
    ],
    [{ kind: 'biodata.delete', pin: '1001' }, 'DATA DELETE BIODATA Pin=1001'],
    [{ kind: 'biodata.delete', pin: '1001', type: 9 }, 'DATA DELETE BIODATA Pin=1001\tType=9'],
    [
      { kind: 'photo.update', pin: '1001', type: 9, content: '/9j/2Q==' },
      'DATA UPDATE BIOPHOTO PIN=1001\tType=9\tNo=0\tIndex=0\tSize=8\tContent=/9j/2Q==\tFormat=0',
    ],
    [
      { kind: 'photo.update', pin: '1001', type: 9, content: '/9j/2Q==', wantsTemplate: true },
      'DATA UPDATE BIOPHOTO PIN=1001\tType=9\tNo=0\tIndex=0\tSize=8\tContent=/9j/2Q==\tFormat=0\tPostBackTmpFlag=1',
    ],
    [
      { kind: 'picture.update', pin: '1001', content: '/9j/2Q==' },
      'DATA UPDATE USERPIC PIN=1001\tSize=8\tContent=/9j/2Q==',
    ],
    [{ kind: 'picture.delete', pin: '1001' }, 'DATA DELETE USERPIC PIN=1001'],
    [{ kind: 'card.enroll', pin: '1001' }, 'ENROLL_MF PIN=1001\tRETRY=3'],
    [
      { kind: 'fingerprint.enroll', pin: '1001', finger: 6, overwrite: true },
      'ENROLL_FP PIN=1001\tFID=6\tRETRY=3\tOVERWRITE=1',
    ],
    [
      { kind: 'biometric.enroll', pin: '1001', type: 9, retries: 1 },
      'ENROLL_BIO TYPE=9\tPIN=1001\tCardNo=\tRETRY=1\tOVERWRITE=0',
    ],
    [{ kind: 'users.query' }, 'DATA QUERY USERINFO'],
    [{ kind: 'users.query', pin: '1001' }, 'DATA QUERY USERINFO PIN=1001'],
    [{ kind: 'templates.query', of: 'fingerprints', pin: '1001' }, 'DATA QUERY FINGERTMP PIN=1001'],
    [
      { kind: 'templates.query', of: 'fingerprints', pin: '1001', finger: 6 },
      'DATA QUERY FINGERTMP PIN=1001\tFID=6',
    ],
    [{ kind: 'templates.query', of: 'biodata', type: 9 }, 'DATA QUERY BIODATA Type=9'],
    [{ kind: 'templates.query', of: 'biodata', type: 9, pin: '1001' }, 'DATA QUERY BIODATA Type=9\tPIN=1001'],
    [
      { kind: 'photos.query', from: '2026-09-01 00:00:00', to: '2026-09-02 00:00:00' },
      'DATA QUERY ATTPHOTO StartTime=2026-09-01 00:00:00\tEndTime=2026-09-02 00:00:00',
    ],
    [
      { kind: 'count.verify', from: '2026-09-01 00:00:00', to: '2026-09-02 00:00:00' },
      'VERIFY SUM ATTLOG StartTime=2026-09-01 00:00:00\tEndTime=2026-09-02 00:00:00',
    ],
    [
      { kind: 'group.update', id: 1, schedules: [1] },
      'DATA UPDATE AccGroup ID=1\tVerify=0\tValidHoliday=0\tTZ=1;0;0',
    ],
    [
      { kind: 'holiday.update', id: 1, name: 'Diwali', from: '11-08', to: '11-09', schedule: 1 },
      'DATA UPDATE AccHoliday UID=1\tHolidayName=Diwali\tStartDate=1108\tEndDate=1109\tTimeZone=1',
    ],
    [{ kind: 'holiday.delete', id: 1 }, 'DATA DELETE AccHoliday UID=1'],
    [
      { kind: 'user.update', user: { pin: '7', timeZones: '0000000100000000', verify: -1, viceCard: '' } },
      'DATA UPDATE USERINFO PIN=7\tTZ=0000000100000000\tVerify=-1\tViceCard=',
    ],
    [
      { kind: 'attendance.query', from: '2026-09-01T00:00', to: '2026-09-02 00:00:00' },
      'DATA QUERY ATTLOG StartTime=2026-09-01 00:00:00\tEndTime=2026-09-02 00:00:00',
    ],
  ])('writes %j', (command, text) => {
    expect(encodeCommand(command)).toBe(text)
  })

  it.each(['', ' ', '0', '*', '=7', ' 7', '7\tFID=1', 'a\x01'])(
    'never deletes without one person named: %j',
    pin => {
      expect(() => encodeCommand({ kind: 'user.delete', pin })).toThrow(UnsafeFieldError)
      expect(() => encodeCommand({ kind: 'user.update', user: { pin } })).toThrow(UnsafeFieldError)
    },
  )

  it.each(['PIN', 'Pin', 'pin'] as const)(
    'deletes and writes by the person alone, spelled %s where the profile says so',
    pinKey => {
      const dialect = { pinKey }
      expect(encodeCommand({ kind: 'user.delete', pin: '1001' }, dialect)).toBe(
        `DATA DELETE USERINFO ${pinKey}=1001`,
      )
      expect(encodeCommand({ kind: 'user.update', user: { pin: '1001', card: '5' } }, dialect)).toBe(
        `DATA UPDATE USERINFO ${pinKey}=1001\tCard=5`,
      )
      for (const pin of ['', '0', '*', '7\tFID=1'])
        expect(() => encodeCommand({ kind: 'user.delete', pin }, dialect)).toThrow(UnsafeFieldError)
    },
  )

  it('deletes nothing but people by PIN, whatever the command', () => {
    const pin = fc.oneof(fc.string(), fc.constantFrom('', '*', '0', '1001', '00042', 'uid=1'))
    fc.assert(
      fc.property(pin, fc.constantFrom('PIN', 'Pin', 'pin'), (value, pinKey) => {
        try {
          const text = encodeCommand({ kind: 'user.delete', pin: value }, { pinKey })
          expect(text).toBe(`DATA DELETE USERINFO ${pinKey}=${value}`)
          expect(value).toMatch(/^[^*\t\r\n\0]+$/)
        } catch (error) {
          expect(error).toBeInstanceOf(UnsafeFieldError)
        }
      }),
    )
  })

  it('opens a door by the bytes the profile says, and never for ever', () => {
    const order = { kind: 'door.open', door: 2, seconds: 5 } as const
    expect(encodeCommand(order)).toBe('AC_UNLOCK')
    expect(encodeCommand(order, { doorLayout: 'vendor' })).toBe('CONTROL DEVICE 01020105')
    expect(encodeCommand(order, { doorLayout: 'state-then-seconds' })).toBe('CONTROL DEVICE 0102010005')
    expect(encodeCommand({ kind: 'door.open' }, { doorLayout: 'vendor' })).toBe('CONTROL DEVICE 01010105')
    expect(() => encodeCommand({ ...order, seconds: 255 }, { doorLayout: 'vendor' })).toThrow(
      UnsafeFieldError,
    )
  })

  it('holds, closes and locks a door by bytes only, for AC_UNLOCK would open it', () => {
    const door = 3
    for (const [command, bytes] of [
      [{ kind: 'door.hold-open', door }, '010301FF'],
      [{ kind: 'door.close', door }, '01030100'],
      [{ kind: 'door.lock', door }, '06030100'],
      [{ kind: 'door.unlock', door }, '06030000'],
      [{ kind: 'door.normal-open', door, isEnabled: true }, '04030100'],
    ] as const) {
      expect(encodeCommand(command, { doorLayout: 'vendor' })).toBe(`CONTROL DEVICE ${bytes}`)
      expect(() => encodeCommand(command)).toThrow(UnsafeFieldError)
      expect(() => encodeCommand(command, { doorLayout: 'unlock' })).toThrow(UnsafeFieldError)
    }
    expect(encodeCommand({ kind: 'alarm.cancel', door: 1 }, { doorLayout: 'vendor' })).toBe(
      'CONTROL DEVICE 02010000',
    )
    expect(encodeCommand({ kind: 'alarm.cancel' }, { doorLayout: 'vendor' })).toBe('CONTROL DEVICE 02000000')
  })

  it('limits a person to a window, and takes the limit away', () => {
    const write = (validFrom: string | null, validTo: string | null): string =>
      encodeCommand({ kind: 'user.update', user: { pin: '7', validFrom, validTo } })
    expect(write('2026-01-01', '2026-12-31')).toBe(
      'DATA UPDATE USERINFO PIN=7\tExpires=1\tStartDatetime=2026-01-01T00:00:00\tEndDatetime=2026-12-31T23:59:59',
    )
    expect(write('2026-01-01 08:30:00', '2026-01-01 17:00:00')).toContain('EndDatetime=2026-01-01T17:00:00')
    expect(write(null, null)).toBe('DATA UPDATE USERINFO PIN=7\tExpires=0\tStartDatetime=0\tEndDatetime=0')
    expect(write(null, '2026-12-31')).toContain(
      'Expires=1\tStartDatetime=2000-01-01T00:00:00\tEndDatetime=2026-12-31',
    )
    expect(write('2026-01-01', null)).toContain('\tEndDatetime=2099-12-31T23:59:59')
    expect(() => write('2026-12-31', '2026-01-01')).toThrow(UnsafeFieldError)
    expect(() => write('2026-02-30', null)).toThrow(UnsafeFieldError)
    expect(() => encodeCommand({ kind: 'user.update', user: { pin: '7', validTo: '2026-12-31' } })).toThrow(
      UnsafeFieldError,
    )
  })

  it('writes a whole week in the table the profile names, closed where there is no window', () => {
    const command: AttendanceCommand = {
      kind: 'schedule.update',
      id: 2,
      windows: [
        { day: 'Sunday', start: '08:00', end: '18:00' },
        { day: 'Thursday', start: '00:00', end: '23:59' },
      ],
    }
    expect(encodeCommand(command)).toBe(
      'DATA UPDATE AccTimeZone UID=2\tSunStart=0800\tSunEnd=1800\tMonStart=2357\tMonEnd=2356\tTuesStart=2357\tTuesEnd=2356\tWedStart=2357\tWedEnd=2356\tThursStart=0000\tThursEnd=2359\tFriStart=2357\tFriEnd=2356\tSatStart=2357\tSatEnd=2356',
    )
    const digits = encodeCommand(command, { scheduleTable: 'TIMEZONE' })
    expect(digits).toBe(
      'DATA UPDATE TIMEZONE TZID=2\tTIME=08001800235723562357235623572356000023592357235623572356',
    )
    expect(digits).toMatch(/TIME=\d{56}$/)
  })

  it('writes the schedules of a group and of a person as the table of schedules has it', () => {
    const group: AttendanceCommand = { kind: 'group.update', id: 2, verify: 15, schedules: [1, 26] }
    const own: AttendanceCommand = { kind: 'user.update', user: { pin: '7', timeZones: [2, 1] } }
    const ofGroup: AttendanceCommand = { kind: 'user.update', user: { pin: '7', timeZones: [] } }
    const tft = { scheduleTable: 'TIMEZONE' } as const
    expect(encodeCommand(group)).toContain('Verify=15\tValidHoliday=0\tTZ=1;26;0')
    expect(encodeCommand(group, tft)).toContain('\tTZ=0001001A0000')
    expect(encodeCommand(own)).toContain('TZ=0001000200010000')
    expect(encodeCommand(own, tft)).toContain('TZ=0000000200010000')
    expect(encodeCommand(ofGroup)).toContain('TZ=0000000000000000')
    expect(encodeCommand(ofGroup, tft)).toContain('TZ=0001000000000000')
  })

  it('spells what else the documents spell differently as the profile says', () => {
    const range = { from: '2026-09-01 00:00:00', to: '2026-09-02 00:00:00' }
    for (const kind of ['attendance.query', 'photos.query', 'count.verify'] as const)
      expect(encodeCommand({ kind, ...range }, { queryTime: 'T' })).toMatch(
        / StartTime=2026-09-01T00:00:00\tEndTime=2026-09-02T00:00:00$/,
      )
    expect(
      encodeCommand({ kind: 'user.update', user: { pin: '7', verify: -1 } }, { verifyKey: 'VerifyMode' }),
    ).toBe('DATA UPDATE USERINFO PIN=7\tVerifyMode=-1')
    const enrolment = { kind: 'fingerprint.enroll', pin: '7', finger: 1 } as const
    expect(encodeCommand(enrolment)).toContain('OVERWRITE=0')
    expect(encodeCommand(enrolment, { overwriteOff: 2 })).toContain('OVERWRITE=2')
    expect(encodeCommand({ ...enrolment, overwrite: true }, { overwriteOff: 2 })).toContain('OVERWRITE=1')
  })

  it.each<AttendanceCommand>([
    { kind: 'user.update', user: { pin: '1', card: '12 34' } },
    { kind: 'user.update', user: { pin: '1', card: '[15CD5B0]' } },
    { kind: 'user.update', user: { pin: '1', viceCard: '15CD5B07' } },
    { kind: 'user.update', user: { pin: '1', privilege: 3 } },
    { kind: 'user.update', user: { pin: '1', group: -1 } },
    { kind: 'user.update', user: { pin: '1', verify: -2 } },
    { kind: 'user.update', user: { pin: '1', timeZones: '1' } },
    { kind: 'user.update', user: { pin: '1', timeZones: [1, 2, 3, 4] } },
    { kind: 'user.update', user: { pin: '1', timeZones: [0] } },
    { kind: 'fingerprint.update', pin: '1', finger: 10, template: 'AAAA' },
    { kind: 'fingerprint.update', pin: '1', finger: 1, template: '' },
    { kind: 'fingerprint.delete', pin: '1', finger: -1 },
    { kind: 'photo.update', pin: '1', type: 9, content: 'not base64!' },
    { kind: 'photo.update', pin: '1', type: -9, content: 'AAAA' },
    { kind: 'schedule.update', id: 0, windows: [] },
    { kind: 'schedule.update', id: 1, windows: [{ day: 'Monday', start: '22:00', end: '06:00' }] },
    { kind: 'schedule.update', id: 1, windows: [{ day: 'Monday', start: '08:00', end: '24:00' }] },
    {
      kind: 'schedule.update',
      id: 1,
      windows: [
        { day: 'Monday', start: '08:00', end: '12:00' },
        { day: 'Monday', start: '13:00', end: '17:00' },
      ],
    },
    { kind: 'group.update', id: 0, schedules: [] },
    { kind: 'group.update', id: 1, schedules: [1, 2, 3, 4] },
    { kind: 'holiday.update', id: 1, from: '02-30', to: '03-01', schedule: 1 },
    { kind: 'holiday.update', id: 1, from: '00-10', to: '03-01', schedule: 1 },
    { kind: 'holiday.update', id: 1, from: '12-31', to: '01-01', schedule: 1 },
    { kind: 'holiday.update', id: 1, from: '2026-01-26', to: '2026-01-26', schedule: 1 },
    { kind: 'holiday.delete', id: Number.NaN },
    { kind: 'card.enroll', pin: '1', retries: 1.5 },
    { kind: 'options.write', key: '~Platform', value: '1' },
    { kind: 'options.write', key: 'A=1,B', value: '1' },
    { kind: 'count.verify', from: '', to: '' },
  ])('refuses %j', command => {
    expect(() => encodeCommand(command)).toThrow(UnsafeFieldError)
  })

  it('takes 29 February for a day, for some years have one', () => {
    expect(
      encodeCommand({ kind: 'holiday.update', id: 1, from: '02-29', to: '02-29', schedule: 1 }),
    ).toContain('StartDate=0229\tEndDate=0229')
  })

  it('refuses values that would start another command or field (C6)', () => {
    for (const name of ['A\nC:9:REBOOT', 'A\rB', 'A\tPri=14', 'A\x00']) {
      expect(() => encodeCommand({ kind: 'user.update', user: { pin: '1', name } })).toThrow(UnsafeFieldError)
    }
    expect(encodeCommand({ kind: 'user.update', user: { pin: '1', name: 'A=B' } })).toContain('Name=A=B')
  })

  it('does not repeat the refused value in the error', () => {
    const attempt = (): string =>
      encodeCommand({ kind: 'user.update', user: { pin: '1', password: 'secret\n' } })
    expect(attempt).toThrow('Passwd')
    expect(attempt).not.toThrow('secret')
  })

  it('refuses times, numbers and option names that are none', () => {
    expect(() => encodeCommand({ kind: 'attendance.query', from: 'now', to: 'then' })).toThrow(
      UnsafeFieldError,
    )
    expect(() => encodeCommand({ kind: 'options.read', key: 'A B' })).toThrow(UnsafeFieldError)
    expect(() => encodeCommand({ kind: 'user.update', user: { pin: '1', group: Number.NaN } })).toThrow(
      UnsafeFieldError,
    )
  })
})
