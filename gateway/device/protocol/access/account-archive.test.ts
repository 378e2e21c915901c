import { gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accessVectors, bodyOf, bytesOf } from '../fixtures/vectors.ts'
import { parseDeviceRequest } from '../request.ts'
import {
  ARCHIVE_BYTES_MAX,
  ARCHIVE_ENTRIES_MAX,
  ARCHIVE_INFLATED_BYTES_MAX,
  parseArchiveUpload,
  readTransactionFile,
} from './account-archive.ts'
import { parseAccessEvents } from './rtlog.ts'
import { encodeTableAcknowledgement } from './tabledata.ts'
import { accessUploadOf } from './upload-kind.ts'

const ROWS =
  'cardno=0\tpin=0\tverified=200\tdoorid=1\teventtype=100\tinoutstate=2\ttime_second=548003687\tindex=92\n' +
  'cardno=0\tpin=7\tverified=15\tdoorid=1\teventtype=0\tinoutstate=0\ttime_second=548003688\tindex=93\n'

/** A tar entry as tar writes it. */
function entry(name: string, content: string, type = '0'): string {
  const octal = (value: number, width: number): string => value.toString(8).padStart(width - 1, '0')
  const before = `${name.padEnd(100, '\0')}${'0000644\0'.repeat(3)}${octal(content.length, 12)}\0${'0'.repeat(11)}\0`
  const after = `${type}${'\0'.repeat(100)}ustar\x0000`.padEnd(356, '\0')
  const sum = [...`${before}${' '.repeat(8)}${after}`].reduce((total, one) => total + one.charCodeAt(0), 0)
  const padding = '\0'.repeat((512 - (content.length % 512)) % 512)
  return `${before}${octal(sum, 7)}\0 ${after}${content}${padding}`
}

function tar(...entries: string[]): Uint8Array {
  return bytesOf(`${entries.join('')}${'\0'.repeat(1024)}`)
}

function upload(
  base64: string,
  header = 'name=transaction.tgz\nsize=22\ndatacode=base64\ndatatype=tgz',
): Uint8Array {
  return bytesOf(`${header}\0${base64}`)
}

function tooLarge(): Uint8Array {
  const body = new Uint8Array(ARCHIVE_BYTES_MAX + 1000)
  body.set(upload(''))
  return body
}

describe('parseArchiveUpload', () => {
  it('splits the header at NUL and finds gzip behind it (A34)', () => {
    const archive = parseArchiveUpload(bodyOf(accessVectors.A34))
    if (archive.kind !== 'archive') throw new Error(archive.reason)
    expect(archive).toMatchObject({ name: 'transaction.tgz', size: 22 })
    expect(archive.gzip).toHaveLength(22)
    expect([...archive.gzip.subarray(0, 2)]).toEqual([0x1f, 0x8b])
  })

  it('is acknowledged with its count, corrupt or not (A34)', () => {
    const request = parseDeviceRequest(accessVectors.A34)
    const kind = request.kind === 'ok' ? accessUploadOf(request.query) : null
    if (kind?.kind !== 'archive') throw new Error('expected an archive')
    expect(encodeTableAcknowledgement({ ...kind, lineCount: 0 })).toBe(accessVectors.A34.reply)
  })

  it.each([
    [bytesOf('name=transaction.tgz\nH4sI'), 'no-header'],
    [bytesOf(`${'x'.repeat(5000)}\0AAAA`), 'no-header'],
    [upload('H4sI', 'datacode=raw\ndatatype=tgz'), 'unknown-format'],
    [upload('H4sI', 'datacode=base64\ndatatype=zip'), 'unknown-format'],
    [upload('H4s!'), 'bad-base64'],
    [upload(''), 'bad-base64'],
    [upload('H4sIA'), 'bad-base64'],
    [upload('AAAA'), 'not-gzip'],
    [tooLarge(), 'too-large'],
  ])('rejects what is no archive (%#)', (body, reason) => {
    expect(parseArchiveUpload(body)).toEqual({ kind: 'reject', reason })
  })

  it('answers any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.string(), (bytes, base64) => {
        parseArchiveUpload(bytes)
        parseArchiveUpload(upload(base64))
      }),
    )
  })
})

describe('readTransactionFile', () => {
  it('leads from an upload to events', () => {
    const packed = gzipSync(tar(entry('./data/', '', '5'), entry('./data/transaction.txt', ROWS)))
    const archive = parseArchiveUpload(upload(packed.toString('base64')))
    if (archive.kind !== 'archive') throw new Error(archive.reason)
    const inflated = gunzipSync(archive.gzip, { maxOutputLength: ARCHIVE_INFLATED_BYTES_MAX })
    const file = readTransactionFile(inflated)
    if (file.kind !== 'file') throw new Error(file.reason)
    expect(parseAccessEvents(file.content).events).toMatchObject([
      { event: 100, index: 92, pin: null },
      { event: 0, index: 93, pin: '7', time: { local: '2017-01-19 15:14:48' } },
    ])
  })

  it('rejects an archive without the file, cut, broken or with too many entries', () => {
    const whole = tar(entry('transaction.txt', ROWS))
    const broken = Uint8Array.from(whole)
    broken[0] = 0x78
    for (const [bytes, reason] of [
      [new Uint8Array(), 'no-transactions'],
      [tar(entry('other.txt', ROWS)), 'no-transactions'],
      [tar(entry('transaction.txt', ROWS, '2')), 'no-transactions'],
      [whole.subarray(0, 600), 'not-tar'],
      [broken, 'not-tar'],
      [bytesOf('x'.repeat(1024)), 'not-tar'],
      [tar(...Array.from({ length: ARCHIVE_ENTRIES_MAX + 1 }, () => entry('a', 'b'))), 'too-many-entries'],
    ] as const) {
      expect(readTransactionFile(bytes)).toEqual({ kind: 'reject', reason })
    }
  })

  it('answers any bytes, and any damage to a real archive', () => {
    const whole = tar(entry('transaction.txt', ROWS))
    fc.assert(fc.property(fc.uint8Array({ maxLength: 2000 }), bytes => void readTransactionFile(bytes)))
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => {
        const damaged = Uint8Array.from(whole)
        damaged[at] = byte
        readTransactionFile(damaged)
      }),
    )
  })
})
