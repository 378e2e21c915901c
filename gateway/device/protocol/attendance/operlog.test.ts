import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attendanceVectors, bodyOf, bytesOf } from '../fixtures/vectors.ts'
import { readCard } from './card.ts'
import { parseOperlog } from './operlog.ts'

const REASONS = [
  'unknown-keyword',
  'too-few-fields',
  'bad-operation',
  'bad-time',
  'missing-pin',
  'bad-pin',
  'missing-content',
  'missing-finger',
  'missing-type',
  'bad-base64',
  'value-too-long',
  'missing-code',
]

describe('parseOperlog', () => {
  it('finds nothing in an empty body (T29)', () => {
    expect(parseOperlog(bodyOf(attendanceVectors.T29))).toEqual({
      records: [],
      rejects: [],
      ignored: [],
      lineCount: 0,
    })
  })

  it('reads an operation row (T30)', () => {
    expect(parseOperlog(bodyOf(attendanceVectors.T30)).records).toEqual([
      {
        kind: 'operation',
        line: 1,
        operation: 70,
        operator: '0',
        time: { local: '2026-09-14 19:05:35' },
        objects: ['2', '0', '0', '0'],
      },
    ])
  })

  it('reads a user of modern firmware (T32)', () => {
    expect(parseOperlog(bodyOf(attendanceVectors.T32)).records).toEqual([
      {
        kind: 'user',
        line: 1,
        pin: '1',
        name: 'Asha Rao',
        nameBytes: null,
        privilege: 14,
        password: null,
        card: '123456',
        saysCard: true,
        viceCard: null,
        group: '1',
        timeZones: '0000000100000000',
        verify: -1,
        expires: 0,
        validFrom: null,
        validTo: null,
      },
    ])
  })

  it('reads user, finger and face rows together and keeps base64 padding (T33)', () => {
    const { records, lineCount } = parseOperlog(bodyOf(attendanceVectors.T33))
    expect(records).toMatchObject([
      { kind: 'user', pin: '982', name: 'Ravi', password: '9822', card: '123456789', timeZones: null },
      { source: 'FP', type: 1, no: 1, index: 0, valid: 1, size: 8, template: 'ocoRgQ==' },
      { source: 'FACE', type: 2, no: 0, index: 0, valid: 1, size: 8, template: 'SDFGVA==' },
    ])
    expect(lineCount).toBe(3)
  })

  it('lets the table say what rows without a keyword are (T34)', () => {
    const { records, rejects, lineCount } = parseOperlog(bodyOf(attendanceVectors.T34), { table: 'USERINFO' })
    expect(records).toMatchObject([
      { kind: 'user', pin: '10', name: 'CRLFUser' },
      { kind: 'user', pin: '5', name: null, privilege: null },
    ])
    expect(rejects).toMatchObject([{ line: 2, reason: 'missing-pin' }])
    expect(lineCount).toBe(3)
    expect(parseOperlog(bodyOf(attendanceVectors.T34), { table: 'OPERLOG' }).rejects).toHaveLength(3)
    const biodata = bytesOf('Pin=7\tNo=1\tIndex=0\tType=8\tTmp=AA==')
    expect(parseOperlog(biodata, { table: 'BIODATA' }).records).toMatchObject([
      { kind: 'template', type: 8, no: 1 },
    ])
  })

  it('reads a GBK name by the profile and keeps its bytes (T35)', () => {
    const [user] = parseOperlog(bodyOf(attendanceVectors.T35), { charset: 'gbk' }).records
    expect(user).toMatchObject({ kind: 'user', pin: '8', name: '张伟', card: null, privilege: 0 })
    expect(user).toHaveProperty('nameBytes', bytesOf('\xd5\xc5\xce\xb0'))
  })

  it('keeps equal signs and spaces of a name, and counts PIN 0 without keeping it (T37)', () => {
    const { records, ignored, lineCount } = parseOperlog(bodyOf(attendanceVectors.T37))
    expect(records).toMatchObject([{ pin: '12', name: 'A=B  (C)', privilege: 2, card: null }])
    expect(ignored).toEqual([2])
    expect(lineCount).toBe(2)
  })

  it('reads a biometric template of any type (T38)', () => {
    expect(parseOperlog(bodyOf(attendanceVectors.T38), { table: 'BIODATA' }).records).toEqual([
      {
        kind: 'template',
        line: 1,
        source: 'BIODATA',
        pin: '1001',
        type: 9,
        no: 0,
        index: 0,
        valid: 1,
        duress: 0,
        majorVersion: '58',
        minorVersion: '12',
        format: '0',
        size: null,
        template: 'AAAAqg==',
      },
    ])
  })

  it('reads a face photo (T39) and a user picture', () => {
    const [photo] = parseOperlog(bodyOf(attendanceVectors.T39)).records
    expect(photo).toMatchObject({ kind: 'picture', source: 'BIOPHOTO', pin: '1001', type: 9, size: 8 })
    expect(photo?.kind === 'picture' && bytesOf(atob(photo.content))).toEqual(bytesOf('\xff\xd8\xff\xd9'))
    expect(
      parseOperlog(bytesOf('USERPIC PIN=3\tFileName=3.jpg\tSize=4\tContent=AAA=')).records,
    ).toMatchObject([{ kind: 'picture', source: 'USERPIC', fileName: '3.jpg', type: null, content: 'AAA=' }])
  })

  it('reads which command an error belongs to (T42)', () => {
    expect(parseOperlog(bodyOf(attendanceVectors.T42)).records).toEqual([
      {
        kind: 'error',
        line: 1,
        code: 'D01E0002',
        message: null,
        origin: 'cmd',
        commandId: '123',
        additional: null,
      },
    ])
  })

  it('keeps a user whose name no charset can read, with the bytes (T61)', () => {
    for (const charset of [undefined, 'gbk']) {
      const [user] = parseOperlog(bodyOf(attendanceVectors.T61), { charset }).records
      expect(user).toMatchObject({ kind: 'user', pin: '77', name: expect.stringContaining('\ufffd') })
      expect(user).toHaveProperty('nameBytes', bytesOf('\xff\xfe\x80'))
    }
  })

  it('reads the finger vein row, with finger and index apart', () => {
    expect(
      parseOperlog(bytesOf('FVEIN Pin=4\tFID=6\tIndex=2\tValid=1\tSize=4\tTmp=AAA=')).records,
    ).toMatchObject([{ source: 'FVEIN', type: 7, no: 6, index: 2 }])
  })

  it.each([
    ['NONSENSE PIN=1', 'unknown-keyword'],
    ['PIN=1\tName=x', 'unknown-keyword'],
    ['OPLOG 4\t0', 'too-few-fields'],
    ['OPLOG x\t0\t2026-08-10 09:00:00', 'bad-operation'],
    ['OPLOG 4\t0\t2026-02-30 09:00:00', 'bad-time'],
    ['USER Name=x', 'missing-pin'],
    ['USER PIN=a\x01\tName=x', 'bad-pin'],
    ['FP PIN=1\tFID=2\tTMP=', 'missing-content'],
    ['BIOPHOTO PIN=1', 'missing-content'],
    ['FP PIN=1\tFID=2\tTMP=!!!!', 'bad-base64'],
    ['FP PIN=1\tFID=2\tTMP=AAAAA', 'bad-base64'],
    ['USERPIC PIN=1\tContent=no picture', 'bad-base64'],
    ['FP PIN=1\tTMP=AAAA', 'missing-finger'],
    [`USER PIN=1\tName=${'n'.repeat(301)}`, 'value-too-long'],
    [`BIODATA Pin=1\tType=9\tMajorVer=${'1'.repeat(301)}\tTmp=AAAA`, 'value-too-long'],
    [`OPLOG 3\t0\t2026-08-10 09:00:00\t51\t${'1'.repeat(301)}`, 'value-too-long'],
    ['BIODATA Pin=1\tNo=0\tTmp=AAAA', 'missing-type'],
    ['USER PIN=1 Name=A\tPri=0', 'bad-pin'],
    ['ERRORLOG ErrMsg=x', 'missing-code'],
  ])('rejects %j for %s', (row, reason) => {
    expect(parseOperlog(bytesOf(row)).rejects).toMatchObject([{ line: 1, reason, raw: row }])
  })

  it('reads a row parted by spaces like the lines of punches that are, and no name in it for a field', () => {
    const row = 'USER PIN=7 Name=Asha Rao Pri=14 Passwd= Card=[15CD5B07]  Grp=1'
    expect(parseOperlog(bytesOf(row)).records).toMatchObject([
      { pin: '7', name: 'Asha Rao', privilege: 14, password: null, card: '123456789', group: '1' },
    ])
    expect(parseOperlog(bytesOf('FP PIN=7 FID=1 Size=4 Valid=1 TMP=AAA=')).records).toMatchObject([
      { pin: '7', no: 1, template: 'AAA=' },
    ])
  })

  it('does not take long over any number of spaces', () => {
    expect(parseOperlog(bytesOf(`USER PIN=7 Name=A${' '.repeat(2_000_000)}x`)).lineCount).toBe(1)
  })

  it('never puts a value into a reason', () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9+/=]{1,30}$/)
    fc.assert(
      fc.property(secret, value => {
        const { rejects } = parseOperlog(bytesOf(`USER Passwd=${value}\nFP TMP=${value}\n${value}`))
        for (const { reason } of rejects) expect(REASONS).toContain(reason)
      }),
    )
  })

  it('accounts for every line of any bytes', () => {
    const word = fc.constantFrom(
      'USER ',
      'OPLOG ',
      'FP ',
      'PIN=',
      '0',
      '7',
      '\t',
      '\n',
      'TMP=',
      '=',
      '\xff',
      'Name=',
    )
    const text = fc.array(word, { maxLength: 60 }).map(words => bytesOf(words.join('')))
    fc.assert(
      fc.property(
        fc.oneof(text, fc.uint8Array()),
        fc.constantFrom('OPERLOG', 'USERINFO', null),
        (body, table) => {
          const { records, rejects, ignored, lineCount } = parseOperlog(body, { table })
          expect(records.length + rejects.length + ignored.length).toBe(lineCount)
        },
      ),
    )
  })
})

describe('readCard', () => {
  it.each([
    [undefined, null],
    ['', null],
    ['0', null],
    ['[0000000000]', null],
    ['0012345678', '12345678'],
    ['00AB', '00AB'],
    ['[15CD5B07]', '123456789'],
    ['[15cd5b0700]', '123456789'],
    ['[15CD5B0]', '[15CD5B0]'],
  ])('reads %j as %j', (text, card) => {
    expect(readCard(text)).toBe(card)
  })
})
