import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accessVectors, bodyOf, bytesOf } from '../fixtures/vectors.ts'
import { parseDeviceRequest } from '../request.ts'
import { encodeTableAcknowledgement, parseTabledata, type TabledataOptions } from './tabledata.ts'
import type { TabledataRecord } from './tabledata-records.ts'
import { accessUploadOf } from './upload-kind.ts'

function parseOne(text: string, options: TabledataOptions = {}): TabledataRecord {
  const [record] = parseTabledata(bytesOf(text), options).records
  if (record === undefined) throw new Error('expected a record')
  return record
}

function acknowledge(vector: {
  readonly method: string
  readonly rawUrl: string
  readonly body: string
}): string {
  const request = parseDeviceRequest(vector)
  if (request.kind !== 'ok') throw new Error('expected ok')
  const upload = accessUploadOf(request.query)
  if (upload.kind !== 'tabledata') throw new Error('expected tabledata')
  const { lineCount } = parseTabledata(bodyOf(vector), { table: upload.table })
  return encodeTableAcknowledgement({ ...upload, lineCount })
}

describe('parseTabledata', () => {
  it('reads users without the table name before each (A18)', () => {
    const { records, lineCount } = parseTabledata(bodyOf(accessVectors.A18), { table: 'user' })
    expect(lineCount).toBe(2)
    expect(records).toMatchObject([
      {
        kind: 'user',
        line: 1,
        uid: '1',
        pin: '1001',
        name: 'Asha',
        card: '1234567',
        password: null,
        group: '1',
        privilege: 0,
        validFrom: null,
        validTo: null,
        disabled: false,
        verify: 0,
      },
      { kind: 'user', uid: '2', pin: '1002', name: 'Ravi K', card: null, privilege: 14 },
    ])
    expect(acknowledge(accessVectors.A18)).toBe(accessVectors.A18.reply)
  })

  it('reads validity in either form', () => {
    const row = (from: string, to: string) => `user pin=7\tstarttime=${from}\tendtime=${to}`
    const days = { validFrom: '2026-01-31 00:00:00', validTo: '2026-12-31 23:59:59' }
    expect(parseOne(row('20260131', '20261231'))).toMatchObject(days)
    expect(parseOne(row('20260131', '20261231'), { dateFormat: 'yyyymmdd' })).toMatchObject(days)
    expect(parseOne(row('838252800', '867801599'))).toMatchObject(days)
    expect(parseOne(row('838252800', '867801599'), { dateFormat: 'encoded' })).toMatchObject(days)
    expect(parseOne(row('20260231', 'x'))).toMatchObject({ validTo: 'x' })
  })

  it('keeps a name in the terminal own charset, and its bytes where none fits', () => {
    const row = 'user pin=8\tname=\xD5\xC5\xCE\xB0\tprivilege=0'
    expect(parseOne(row, { charset: 'gbk' })).toMatchObject({ name: '张伟' })
    expect(parseOne(row)).toMatchObject({ nameBytes: bytesOf('\xD5\xC5\xCE\xB0') })
  })

  it('keeps base64 padding of a photo (A19)', () => {
    const [record] = parseTabledata(bodyOf(accessVectors.A19), { table: 'biophoto' }).records
    expect(record).toMatchObject({ kind: 'picture', source: 'BIOPHOTO', pin: '1001', type: 9, size: 8 })
    const content = record?.kind === 'picture' ? record.content : ''
    expect([...bytesOf(atob(content))]).toEqual([0xff, 0xd8, 0xff, 0xd9])
    expect(acknowledge(accessVectors.A19)).toBe(accessVectors.A19.reply)
  })

  it('reads an attendance photo, whose lines have no table name (A20)', () => {
    expect(parseTabledata(bodyOf(accessVectors.A20), { table: 'ATTPHOTO' }).records).toEqual([
      {
        kind: 'photo',
        line: 1,
        fileName: '20181003143617-22.jpg',
        time: { local: '2018-10-03 14:36:17' },
        pin: '22',
        sn: 'TESTACC00001',
        size: 4,
        content: '/9j/2Q==',
      },
    ])
    expect(acknowledge(accessVectors.A20)).toBe(accessVectors.A20.reply)
  })

  it('keeps rows of a table nobody knows, and acknowledges the count it stated (A22)', () => {
    const { records, lineCount } = parseTabledata(bodyOf(accessVectors.A22), { table: 'newtable' })
    expect(lineCount).toBe(2)
    expect(records).toEqual([
      { kind: 'row', line: 1, table: 'newtable', fields: new Map([['a', '1']]) },
      { kind: 'row', line: 2, table: 'newtable', fields: new Map([['a', '2']]) },
    ])
    expect(acknowledge(accessVectors.A22)).toBe(accessVectors.A22.reply)
  })

  it('reads why a photo pushed by a command was refused (A35)', () => {
    expect(parseTabledata(bodyOf(accessVectors.A35), { table: 'errorlog' }).records).toEqual([
      {
        kind: 'error',
        line: 1,
        code: 'D01E0001',
        message: null,
        origin: 'cmd',
        commandId: '123',
        additional: null,
      },
    ])
    expect(acknowledge(accessVectors.A35)).toBe(accessVectors.A35.reply)
  })

  it('reads fingerprints, a duress finger for what it is', () => {
    expect(
      parseOne('templatev10 size=4\tuid=4\tpin=4\tfingerid=22\tvalid=1\ttemplate=AA==\tresverd=\tendtag='),
    ).toEqual({
      kind: 'template',
      line: 1,
      source: 'FP',
      pin: '4',
      type: 1,
      no: 6,
      index: 0,
      valid: 1,
      duress: 1,
      majorVersion: null,
      minorVersion: null,
      format: null,
      size: 4,
      template: 'AA==',
    })
    expect(parseOne('templatev10 pin=4\tfingerid=7\tvalid=3\ttemplate=AA==')).toMatchObject({
      no: 7,
      duress: 1,
    })
  })

  it.each([
    [
      'biodata pin=1\tno=0\tindex=0\tvalid=1\tduress=0\ttype=8\tmajorver=5\tminorver=0\tformat=0\ttmp=AAAA',
      { kind: 'template', source: 'BIODATA', type: 8, majorVersion: '5', template: 'AAAA' },
    ],
    [
      'userpic pin=1\tfilename=1.jpg\tsize=4\tcontent=AAAA',
      { kind: 'picture', source: 'USERPIC', fileName: '1.jpg' },
    ],
    [
      'userauthorize pin=1\tauthorizetimezoneid=1\tauthorizedoorid=5\tdevid=1',
      { kind: 'authorization', pin: '1', timeZoneId: 1, doors: [1, 3], doorId: 5, deviceId: 1 },
    ],
    [
      'extuser pin=1\tfunswitch=3\tpersonalvs=0',
      { kind: 'extended-user', extendedPass: true, temporary: true },
    ],
    [
      'mulcarduser pin=1\tcardno=CC9932DD\tlosscardflag=1\tcardtype=0',
      { kind: 'card', cardHex: 'CC9932DD', isLost: true, isMain: true },
    ],
    ['identitycard pin=0\tSN_Num=1\tName=Asha', { kind: 'identity-card', pin: null }],
    [
      'timezone timezoneid=2\tmontime1=65537100\tmontime2=0',
      {
        kind: 'schedule',
        schedule: { id: 2, windows: [{ day: 'Monday', start: '10:00', end: '11:00' }], problems: [] },
      },
    ],
    [
      'DeviceAuthorize SN=SUB1\tOnline=1\tIsAuthorize=2\tAuthorizeInfo=\tRegisterInfo=x',
      {
        kind: 'sub-controller',
        sn: 'SUB1',
        isOnline: true,
        authorization: 'done',
        info: null,
        registry: 'x',
      },
    ],
    [
      'transaction cardno=0\tpin=0\tverified=200\tdoorid=1\teventtype=100\tinoutstate=2\ttime_second=548003688\tindex=92',
      { kind: 'event', event: { event: 100, door: 1, pin: null, time: { local: '2017-01-19 15:14:48' } } },
    ],
  ])('reads %j', (text, record) => {
    expect(parseOne(text)).toMatchObject(record)
  })

  it('reads a door number where the terminal writes one door per row', () => {
    const text = 'userauthorize pin=1\tauthorizedoorid=5'
    expect(parseOne(text, { oneDoorPerRow: true })).toMatchObject({ doors: [5] })
  })

  it('knows the table of lines that do not say it', () => {
    expect(parseOne('pin=7\tname=Ravi K', { table: 'user' })).toMatchObject({ kind: 'user', name: 'Ravi K' })
    expect(parseOne('a=1')).toMatchObject({ kind: 'row', table: '' })
  })

  it.each([
    ['user uid=1\tname=x', 'missing-pin'],
    ['user pin=\x01', 'bad-pin'],
    ['templatev10 pin=1\tfingerid=1', 'missing-content'],
    ['biophoto pin=1', 'missing-content'],
    ['mulcarduser pin=1\tcardno=0000', 'missing-card'],
    ['ATTPHOTO pin=../../20181003143617-22.jpg\tphoto=AA==', 'bad-name'],
    ['ATTPHOTO pin=20181003143617-22.jpg', 'missing-content'],
    ['errorlog errmsg=x', 'missing-code'],
    ['DeviceAuthorize Online=1', 'missing-serial'],
    ['timezone suntime1=0', 'bad-schedule'],
    ['transaction time_second=x\teventtype=0', 'bad-time'],
    ['hello world', 'no-fields'],
  ])('rejects %j', (text, reason) => {
    expect(parseTabledata(bytesOf(text)).rejects).toMatchObject([{ line: 1, reason }])
  })

  it('counts rows of nobody and keeps none', () => {
    expect(parseTabledata(bytesOf('user pin=0\tname=\nuser pin=1\n'))).toMatchObject({
      ignored: [1],
      records: [{ pin: '1' }],
      lineCount: 2,
    })
  })

  it('accounts for every line of any bytes, under any table', () => {
    const table = fc.constantFrom(
      'user',
      'userauthorize',
      'extuser',
      'mulcarduser',
      'templatev10',
      'biophoto',
      'userpic',
      'biodata',
      'identitycard',
      'errorlog',
      'ATTPHOTO',
      'transaction',
      'timezone',
      'DeviceAuthorize',
      'other',
    )
    const piece = fc.constantFrom(
      'user ',
      'biodata ',
      'pin=',
      'sn=',
      'tmp=',
      'cardno=',
      'starttime=',
      'timezoneid=',
      '1',
      '0',
      '=',
      '\t',
      '\n',
      '\xff',
    )
    const text = fc.array(piece, { maxLength: 60 }).map(pieces => bytesOf(pieces.join('')))
    fc.assert(
      fc.property(fc.oneof(text, fc.uint8Array({ maxLength: 300 })), table, (body, name) => {
        const { records, rejects, ignored, lineCount } = parseTabledata(body, { table: name })
        expect(records.length + rejects.length + ignored.length).toBe(lineCount)
      }),
    )
  })
})

describe('encodeTableAcknowledgement', () => {
  it.each([
    [{ table: 'user', statedCount: 2, lineCount: 2 }, 'user=2'],
    [{ table: 'user', statedCount: null, lineCount: 3 }, 'user=3'],
    [{ table: 'newtable', statedCount: 3, lineCount: 2 }, 'newtable=3'],
    [{ table: '[APList]', statedCount: 1, lineCount: 1 }, '[APList]=1'],
    [{ table: 'user', statedCount: 2, lineCount: 2, style: 'bare' }, 'OK'],
    [{ table: '', statedCount: 2, lineCount: 2 }, 'OK'],
    [{ table: 'a\nC:1:REBOOT', statedCount: 2, lineCount: 2 }, 'OK'],
  ] as const)('answers %j with %j', (upload, reply) => {
    expect(encodeTableAcknowledgement(upload)).toBe(reply)
  })
})
