/**
 * Names as a terminal of Chinese language keeps them, with their bytes in GBK: two for each character. A table and no
 * encoder, because these are all the names a simulated terminal knows.
 */
const table = [
  ['张伟', 'd5c5 ceb0'],
  ['王芳', 'cdf5 b7bc'],
  ['李娜', 'c0ee c4c8'],
  ['刘洋', 'c1f5 d1f3'],
  ['陈静', 'b3c2 beb2'],
  ['杨帆', 'd1ee b7ab'],
  ['赵磊', 'd5d4 c0da'],
  ['周敏', 'd6dc c3f4'],
] as const

export const chineseNames: readonly string[] = table.map(([name]) => name)

const bytesOf = new Map(
  table.flatMap(([name, hex]) =>
    hex.split(' ').map((pair, at) => [name[at] ?? '', Buffer.from(pair, 'hex')] as const),
  ),
)

/** Text in GBK; what is neither ASCII nor of these names becomes a question mark, as firmware does it. */
export function encodeGbk(text: string): Uint8Array {
  return Buffer.concat(
    [...text].map(char => (char < '\x80' ? Buffer.from(char) : (bytesOf.get(char) ?? Buffer.from('?')))),
  )
}
