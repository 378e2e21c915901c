/** 'count' is `OK: <n>` [ATT58][TIMEBRIDGE]; 'bare' is `OK` [SDK32][FW]. A property of the terminal's profile. */
export type AckStyle = 'count' | 'bare'

/**
 * The reply body of an upload, without newline. To be sent after the commit, with every consumed line counted,
 * duplicates and rejects included, or the terminal sends the batch for ever. Unknown tables are counted as well
 * (T24). iclock-push 6.3; vectors T06, T24, T29, T40.
 */
export function encodeAcknowledgement(upload: {
  readonly table: string | null
  readonly lineCount: number
  readonly style?: AckStyle
}): string {
  if (upload.style === 'bare' || !isCounted(upload.table)) return 'OK'
  return `OK: ${upload.lineCount}`
}

/** Whether a table has a style at all: photos, options and live access events are answered `OK` by every document. */
export function isCounted(table: string | null): boolean {
  return !UNCOUNTED_TABLES.has((table ?? '').toLowerCase())
}

const UNCOUNTED_TABLES: ReadonlySet<string> = new Set(['attphoto', 'options', 'rtlog', 'rtstate', 'testdata'])
