import type { AckStyle } from '../attendance/acknowledge.ts'
import { readErrorRow, readFields, readPictureRow, readTemplateRow } from '../attendance/operlog-rows.ts'
import { type RejectedLine, splitLines, type TextLine, type TextOptions } from '../text.ts'
import { readEventRow } from './access-event.ts'
import type { DateFormat } from './registry.ts'
import type { TabledataRecord, TabledataRejectReason } from './tabledata-records.ts'
import {
  type RowOutcome,
  readAccessUserRow,
  readAuthorizationRow,
  readCardRow,
  readExtendedUserRow,
  readFingerprintRow,
  readIdentityCardRow,
  readPhotoRow,
  readScheduleRow,
  readSubControllerRow,
} from './tabledata-rows.ts'

export type TabledataOptions = TextOptions & {
  /** `tablename` of the request; tells what lines without a name in front are. */
  readonly table?: string | null | undefined
  /** Of the terminal's registry (DateFmtFunOn). */
  readonly dateFormat?: DateFormat | undefined
  /** Position 15 of AccSupportFunList. */
  readonly oneDoorPerRow?: boolean | undefined
}

export type ParsedTabledata = {
  readonly records: TabledataRecord[]
  readonly rejects: RejectedLine<TabledataRejectReason>[]
  /** Line numbers of rows for PIN 0, which is nobody: counted, not kept. */
  readonly ignored: number[]
  /** records + rejects + ignored. */
  readonly lineCount: number
}

/**
 * Reads a tabledata upload, or a whole querydata answer, into records told apart by `kind`. Each line starts with the
 * name of its table and a space, except where it does not; then the request's table decides. Rows of tables nobody
 * knows become plain fields. Never throws; reasons are fixed codes, so no password or template can be in one.
 * iclock-push 10.3, 10.4, 10.6 [SEC29]; vectors A18 to A26, A35.
 */
export function parseTabledata(body: Uint8Array, options: TabledataOptions = {}): ParsedTabledata {
  const records: TabledataRecord[] = []
  const rejects: RejectedLine<TabledataRejectReason>[] = []
  const ignored: number[] = []
  const lines = splitLines(body, options)
  for (const line of lines) {
    const outcome = readRow(line, options)
    if (outcome === 'nobody') ignored.push(line.line)
    else if (typeof outcome !== 'string') records.push(outcome)
    else rejects.push({ line: line.line, reason: outcome, raw: line.text, bytes: line.bytes })
  }
  return { records, rejects, ignored, lineCount: lines.length }
}

/**
 * The reply to tabledata and querydata uploads: `<table>=<n>`, or `OK` where the terminal's profile says so (ZAM70).
 * `n` is the count the request stated, even when the lines are not that many, or the terminal sends them for ever; the
 * number of lines only where it stated none. iclock-push 6.3 [SEC29][SF3A-LARAVEL][ZAM70-GO]; vectors A18 to A28.
 */
export function encodeTableAcknowledgement(upload: {
  readonly table: string
  readonly statedCount: number | null
  readonly lineCount: number
  readonly style?: AckStyle | undefined
}): string {
  // A name that is none cannot be echoed: the reply would have another shape.
  if (upload.style === 'bare' || !TABLE_NAME.test(upload.table)) return 'OK'
  const { statedCount } = upload
  return `${upload.table}=${statedCount !== null && statedCount >= 0 ? statedCount : upload.lineCount}`
}

/** `[APList]` is a table too. */
const TABLE_NAME = /^[\w[\]]{1,64}$/
const KEYWORD = /^([A-Za-z]\w*)[ \t]+(?=[~A-Za-z]\w*=)/

function readRow(line: TextLine, options: TabledataOptions): RowOutcome {
  const words = KEYWORD.exec(line.text)
  const table = words?.[1] ?? options.table ?? ''
  const rest = words === null ? line.text : line.text.slice(words[0].length)
  switch (table.toLowerCase()) {
    case 'user':
      return readAccessUserRow(line, rest, options.dateFormat)
    case 'templatev10':
      return readFingerprintRow(line, rest)
    case 'biodata':
      return readTemplateRow(line, rest, 'BIODATA')
    case 'biophoto':
      return readPictureRow(line, rest, 'BIOPHOTO')
    case 'userpic':
      return readPictureRow(line, rest, 'USERPIC')
    case 'errorlog':
      return readErrorRow(line, rest)
    case 'transaction':
    case 'rtlog':
      return readTransaction(line, rest)
    case 'userauthorize':
      return readAuthorizationRow(line, rest, options.oneDoorPerRow === true)
    case 'extuser':
      return readExtendedUserRow(line, rest)
    case 'mulcarduser':
      return readCardRow(line, rest)
    case 'identitycard':
      return readIdentityCardRow(line, rest)
    case 'attphoto':
      return readPhotoRow(line, rest)
    case 'timezone':
      return readScheduleRow(line, rest)
    case 'deviceauthorize':
      return readSubControllerRow(line, rest)
    default:
      return readPlainRow(line, rest, table)
  }
}

function readTransaction(line: TextLine, rest: string): RowOutcome {
  const event = readEventRow(line, rest)
  return typeof event === 'string' ? event : { kind: 'event', line: line.line, event }
}

function readPlainRow(line: TextLine, rest: string, table: string): RowOutcome {
  const fields = readFields(rest)
  return fields.size === 0 ? 'no-fields' : { kind: 'row', line: line.line, table, fields }
}
