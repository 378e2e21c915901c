/** The frame of a JPEG of that size, as far as anything here looks into one; `seed` makes one unlike another. */
export function jpegOf(width: number, height: number, seed = 0): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt16BE(height, 0)
  size.writeUInt16BE(width, 2)
  return Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xc0, 0x00, 0x11, 0x08]),
    size,
    Buffer.from([3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1, seed, 0xff, 0xd9]),
  ])
}
