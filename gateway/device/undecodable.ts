import type { UserRow } from './protocol/attendance/operlog-records.ts'
import { splitLines } from './protocol/text.ts'
import type { Rejected } from './quarantine.ts'

const replacement = '\ufffd'

/**
 * Rows of people whose name is in no charset we know of this terminal: taken in with what could be read, and kept in
 * the bytes they came in too, so that the name is right once somebody has said or shown the charset (vectors T35, T61).
 */
export function undecodableNames(
  records: ReadonlyArray<{ readonly kind: string } | UserRow>,
  bytes: Uint8Array,
): Rejected[] {
  const lines = records.flatMap(record =>
    'nameBytes' in record && record.nameBytes !== null && (record.name ?? '').includes(replacement)
      ? [record.line]
      : [],
  )
  if (lines.length === 0) return []
  const byLine = new Map(splitLines(bytes).map(({ line, bytes: raw }) => [line, raw]))
  return lines.map(line => ({
    line,
    reason: 'undecodable-name',
    bytes: byLine.get(line) ?? new Uint8Array(),
  }))
}
