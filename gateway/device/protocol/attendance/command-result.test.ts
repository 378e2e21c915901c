import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attendanceVectors, bodyOf, bytesOf } from '../fixtures/vectors.ts'
import { parseDeviceRequest } from '../request.ts'
import { parseCommandResultQuery, parseCommandResults } from './command-result.ts'

const PLAIN = { extra: {}, content: null }

describe('parseCommandResults', () => {
  it.each(['T47', 'T53'] as const)('reads a single result (%s)', name => {
    expect(parseCommandResults(bodyOf(attendanceVectors[name]))).toEqual({
      results: [{ ...PLAIN, id: '101', returnCode: 0, cmd: 'DATA' }],
      options: [],
      rejects: [],
    })
  })

  it('reads several results with keys in any order, case and spacing', () => {
    const body = bytesOf('ID=1&SN=A&Return=0&CMD=DATA\r\n id = 2 & return = -1002 & cmd = SET OPTION \n')
    expect(parseCommandResults(body).results).toEqual([
      { id: '1', returnCode: 0, cmd: 'DATA', extra: { SN: 'A' }, content: null },
      { ...PLAIN, id: '2', returnCode: -1002, cmd: 'SET OPTION' },
    ])
  })

  it.each([
    'ID=1&Return=0&CMD=INFO&ID=2&Return=-1&CMD=DATA',
    'ID=1&Return=0&CMD=INFOID=2&Return=-1&CMD=DATA',
    'ID=1&Return=0&CMD=INFO\rID=2&Return=-1&CMD=DATA\r',
    'Return=0&ID=1&CMD=INFO&Return=-1&ID=2&CMD=DATA\n',
  ])('reads results without a line end between them: %j', body => {
    expect(parseCommandResults(bytesOf(body))).toEqual({
      results: [
        { ...PLAIN, id: '1', returnCode: 0, cmd: 'INFO' },
        { ...PLAIN, id: '2', returnCode: -1, cmd: 'DATA' },
      ],
      options: [],
      rejects: [],
    })
  })

  it.each(['ID=1&Return=0&CMD=SET OPTION DeviceID=2&SN=A', 'ID=1&Return=0&CMD=INFO&Return=-1'])(
    'sees one result only in %j',
    body => {
      expect(parseCommandResults(bytesOf(body)).results).toMatchObject([{ id: '1', returnCode: 0 }])
    },
  )

  it('keeps option lines of INFO apart from results (T49)', () => {
    const { results, options, rejects } = parseCommandResults(bodyOf(attendanceVectors.T49))
    expect(results).toEqual([{ ...PLAIN, id: '1', returnCode: 0, cmd: 'INFO' }])
    expect(options).toEqual([
      { key: 'DeviceName', rawKey: '~DeviceName', value: 'SpeedFace' },
      { key: 'MAC', rawKey: 'MAC', value: '00:00:5E:00:53:01' },
      { key: 'UserCount', rawKey: 'UserCount', value: '2' },
    ])
    expect(rejects).toEqual([])
  })

  it('takes an ampersand inside an option for what it is', () => {
    const { results, options } = parseCommandResults(bytesOf('ID=1&Return=0&CMD=INFO\n~OEMVendor=A & B\n'))
    expect(results).toHaveLength(1)
    expect(options).toMatchObject([{ key: 'OEMVendor', value: 'A & B' }])
  })

  it('never takes command output for another result (T50)', () => {
    expect(parseCommandResults(bodyOf(attendanceVectors.T50))).toEqual({
      results: [
        {
          id: '32',
          returnCode: 0,
          cmd: 'Shell',
          extra: {},
          content: 'Tue Mar 24 16:12:26 GMT 2026\nID=33&Return=0&CMD=FAKE',
        },
      ],
      options: [],
      rejects: [],
    })
  })

  it('reads the one-key-per-line form with all its keys, and the one with & before Content', () => {
    const lines = bytesOf('ID=5\nSN=A\nReturn=12\nCMD=Shell\nFILENAME=shellout.txt\nContent=x=1&y=2')
    expect(parseCommandResults(lines).results).toEqual([
      {
        id: '5',
        returnCode: 12,
        cmd: 'Shell',
        extra: { SN: 'A', FILENAME: 'shellout.txt' },
        content: 'x=1&y=2',
      },
    ])
    expect(parseCommandResults(bytesOf('ID=5&Return=1&CMD=Shell&Content=a\nb')).results).toMatchObject([
      { id: '5', content: 'a\nb' },
    ])
  })

  it('says "unknown" and not "done" where the return code is missing or no number (T52)', () => {
    const { results, rejects } = parseCommandResults(bodyOf(attendanceVectors.T52))
    expect(results).toEqual([
      { ...PLAIN, id: 'abc', returnCode: 0, cmd: 'INFO' },
      { ...PLAIN, id: '5', returnCode: null, cmd: 'REBOOT' },
      { ...PLAIN, id: '6', returnCode: null, cmd: 'INFO' },
    ])
    expect(rejects).toMatchObject([{ line: 1, reason: 'missing-id' }])
  })

  it('keeps further fields, a key without a value included, and no key reaches a prototype', () => {
    const body = bytesOf('ID=291&Return=41&CMD=ACCOUNT&transaction&RecordSum=41&__proto__=x')
    const [result] = parseCommandResults(body).results
    expect(Object.entries(result?.extra ?? {})).toEqual([
      ['transaction', ''],
      ['RecordSum', '41'],
      ['__proto__', 'x'],
    ])
    expect(result?.returnCode).toBe(41)
  })

  it('rejects what is no result', () => {
    expect(parseCommandResults(bytesOf('hello\nID=a b&Return=0\nContent=1')).rejects).toMatchObject([
      { line: 1, reason: 'not-a-result' },
      { line: 2, reason: 'bad-id' },
    ])
    expect(parseCommandResults(bytesOf('Content=1')).rejects).toMatchObject([{ reason: 'missing-id' }])
  })

  it('answers any bytes', () => {
    const word = fc.constantFrom('ID=', '1', '&', '\n', 'Return=', 'CMD=', 'Content=', '~A=b', '\xff', '\x00')
    const text = fc.array(word, { maxLength: 40 }).map(words => bytesOf(words.join('')))
    fc.assert(fc.property(fc.oneof(text, fc.uint8Array()), body => void parseCommandResults(body)))
  })
})

describe('parseCommandResultQuery', () => {
  it('reads the GET form with a space inside the command (T60)', () => {
    const request = parseDeviceRequest(attendanceVectors.T60)
    if (request.kind !== 'ok') throw new Error('expected ok')
    expect(parseCommandResultQuery(request.query)).toEqual({
      ...PLAIN,
      id: '102',
      returnCode: 0,
      cmd: 'SET OPTION',
    })
  })

  it('finds nothing without an id', () => {
    expect(parseCommandResultQuery(new Map([['sn', 'A']]))).toBeNull()
  })
})
