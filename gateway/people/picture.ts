/** A picture as its own bytes describe it. */
export interface Picture {
  readonly type: 'jpg' | 'png'
  readonly width: number
  readonly height: number
}

/** Type and size of a JPEG or PNG from its bytes; null when it is neither, or cut short. */
export function readPicture(bytes: Uint8Array): Picture | null {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.length >= 24 && view.readUInt32BE(0) === pngSignature)
    return { type: 'png', width: view.readUInt32BE(16), height: view.readUInt32BE(20) }
  if (view.length < 4 || view.readUInt16BE(0) !== jpegStart) return null
  let at = 2
  while (at + 9 < view.length) {
    if (view[at] !== 0xff) return null
    const marker = view[at + 1] ?? 0
    // Fill bytes, and markers without a length.
    if (marker === 0xff || (marker >= 0xd0 && marker <= 0xd8) || marker === 1) {
      at += marker === 0xff ? 1 : 2
      continue
    }
    if (isFrame(marker))
      return { type: 'jpg', height: view.readUInt16BE(at + 5), width: view.readUInt16BE(at + 7) }
    at += 2 + view.readUInt16BE(at + 2)
  }
  return null
}

const pngSignature = 0x89504e47
const jpegStart = 0xffd8

/** SOF0 to SOF15, without the tables that share the range (ITU T.81, B.1.1.3). */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
}
