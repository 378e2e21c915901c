/**
 * Reads a card number: decimal text without the zeros some firmware fills it up with, which are no part of the number;
 * `[15CD5B07]` holds the little-endian bytes of one and becomes `123456789`. Empty and 0 are no card (null); any other
 * text is kept, since OEM formats exist.
 * iclock-push 5.3 [ATT58]; vectors T32, T33.
 */
export function readCard(text: string | undefined): string | null {
  if (text === undefined || text === '') return null
  const hex = /^\[((?:[0-9A-Fa-f]{2}){1,16})\]$/.exec(text)?.[1]
  const card = hex === undefined ? text : String(fromLittleEndian(hex))
  if (/^0+$/.test(card)) return null
  return /^0\d+$/.test(card) ? card.replace(/^0+/, '') : card
}

function fromLittleEndian(hex: string): bigint {
  const bytes = hex.match(/../g) ?? []
  return BigInt(`0x${bytes.reverse().join('')}`)
}
