import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attendanceVectors, bodyOf, bytesOf } from '../fixtures/vectors.ts'
import { parseAttphoto } from './attphoto.ts'

describe('parseAttphoto', () => {
  it('takes the picture untouched, NUL, LF and text inside it included (T40)', () => {
    const photo = parseAttphoto(bodyOf(attendanceVectors.T40))
    expect(photo).toMatchObject({
      kind: 'photo',
      fileName: '20260722143000-1001.jpg',
      time: { local: '2026-07-22 14:30:00' },
      pin: '1001',
      sn: 'TESTATT00001',
      size: 23,
      command: 'uploadphoto',
    })
    if (photo.kind !== 'photo') throw new Error('expected a photo')
    expect(photo.content).toHaveLength(23)
    expect([...photo.content.subarray(0, 2), ...photo.content.subarray(-2)]).toEqual([0xff, 0xd8, 0xff, 0xd9])
    expect(new TextDecoder('latin1').decode(photo.content)).toContain('\x00\x10JFIF\x00\x01\n\r\x00PIN=9\n')
  })

  it('reads a TAB parted header, a name without suffix, and takes all bytes whatever the size says', () => {
    const body = bytesOf('PIN=20260722143000-7\tSN=A\tsize=1\tCMD=realupload\x00\xff\xd8\x00')
    expect(parseAttphoto(body)).toMatchObject({ pin: '7', command: 'realupload', size: 1 })
    expect(parseAttphoto(body)).toHaveProperty('content', bytesOf('\xff\xd8\x00'))
  })

  it('knows nobody in the photo of a failed verification', () => {
    const body = bytesOf('PIN=20260722143000.jpg\nSN=A\nsize=1\nCMD=uploadphoto\x00\xff')
    expect(parseAttphoto(body)).toMatchObject({ kind: 'photo', pin: null })
  })

  it.each([
    ['', 'no-header'],
    ['\xff\xd8\x00', 'no-header'],
    ['PIN=../../etc/passwd\nCMD=uploadphoto\x00\xff', 'bad-name'],
    ['PIN=20260722143000-../x.jpg\nCMD=uploadphoto\x00\xff', 'bad-name'],
    ['PIN=20260230143000-1.jpg\nCMD=uploadphoto\x00\xff', 'bad-name'],
    ['PIN=20260722143000-1.jpg\nCMD=uploadphoto', 'no-content'],
    ['PIN=20260722143000-1.jpg\nCMD=uploadphoto\x00', 'no-content'],
  ])('rejects %j for %s', (body, reason) => {
    expect(parseAttphoto(bytesOf(body))).toEqual({ kind: 'reject', reason })
  })

  it('answers any bytes', () => {
    fc.assert(fc.property(fc.uint8Array(), body => void parseAttphoto(body)))
  })
})
