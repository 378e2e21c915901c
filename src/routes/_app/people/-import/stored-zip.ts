/**
 * A zip whose files are stored as they are. Only tests use it: they have to hold a workbook in their hands that no
 * library has made.
 */
export function storedZip(files: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder()
  const parts: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const [name, text] of Object.entries(files)) {
    const path = encoder.encode(name)
    const data = encoder.encode(text)
    const about = header([
      [20, 2],
      [0, 2],
      [0, 2],
      [0, 4],
      [crc32(data), 4],
      [data.length, 4],
      [data.length, 4],
      [path.length, 2],
      [0, 2],
    ])
    const local = [header([[0x04034b50, 4]]), about, path, data]
    directory.push(
      header([
        [0x02014b50, 4],
        [20, 2],
      ]),
      about,
      header([
        [0, 2],
        [0, 2],
        [0, 2],
        [0, 4],
        [offset, 4],
      ]),
      path,
    )
    parts.push(...local)
    offset += lengthOf(local)
  }
  const count = Object.keys(files).length
  const end = header([
    [0x06054b50, 4],
    [0, 4],
    [count, 2],
    [count, 2],
    [lengthOf(directory), 4],
    [offset, 4],
    [0, 2],
  ])
  return joined([...parts, ...directory, end])
}

/** Numbers of two or four bytes, the lowest first. */
function header(fields: readonly (readonly [value: number, bytes: 2 | 4])[]): Uint8Array {
  return Uint8Array.from(
    fields.flatMap(([value, bytes]) => Array.from({ length: bytes }, (_, at) => (value >>> (8 * at)) & 0xff)),
  )
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return ~crc >>> 0
}

function lengthOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0)
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(lengthOf(parts))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
