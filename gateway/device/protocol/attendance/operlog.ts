import { type RejectedLine, splitLines, type TextLine, type TextOptions } from '../text.ts'
import type { OperlogRecord, OperlogRejectReason } from './operlog-records.ts'
import {
  type RowOutcome,
  readErrorRow,
  readOperationRow,
  readPictureRow,
  readTemplateRow,
  readUserRow,
} from './operlog-rows.ts'

export type OperlogOptions = TextOptions & {
  /** The table of the request; tells what rows without a keyword are (`USERINFO`, `BIODATA`, ...). */
  readonly table?: string | null | undefined
}

export type ParsedOperlog = {
  readonly records: OperlogRecord[]
  readonly rejects: RejectedLine<OperlogRejectReason>[]
  /** Line numbers of rows for PIN 0, which is nobody: counted, not kept. */
  readonly ignored: number[]
  /** records + rejects + ignored. */
  readonly lineCount: number
}

/**
 * Reads an OPERLOG, USERINFO, BIODATA or ERRORLOG upload into records told apart by `kind`. A line's first word says
 * what it is; where there is none, the table does. Names of fields match in any letter case and values keep every
 * `=` after the first. Never throws; reasons are fixed codes, so no password or template can be in one.
 * iclock-push 5.2 to 5.7 [SDK32][ATT58]; vectors T29 to T42, T61.
 */
export function parseOperlog(body: Uint8Array, options: OperlogOptions = {}): ParsedOperlog {
  const records: OperlogRecord[] = []
  const rejects: RejectedLine<OperlogRejectReason>[] = []
  const ignored: number[] = []
  const keywordOfTable = TABLE_KEYWORDS.get((options.table ?? '').toLowerCase())
  const lines = splitLines(body, options)
  for (const line of lines) {
    const outcome = readRow(line, keywordOfTable)
    if (outcome === 'nobody') ignored.push(line.line)
    else if (typeof outcome !== 'string') records.push(outcome)
    else rejects.push({ line: line.line, reason: outcome, raw: line.text, bytes: line.bytes })
  }
  return { records, rejects, ignored, lineCount: lines.length }
}

/** What rows without a keyword are, by the table they came under. */
const TABLE_KEYWORDS: ReadonlyMap<string, string> = new Map([
  ['userinfo', 'USER'],
  ['user', 'USER'],
  ['fingertmp', 'FP'],
  ['face', 'FACE'],
  ['fvein', 'FVEIN'],
  ['biodata', 'BIODATA'],
  ['userpic', 'USERPIC'],
  ['biophoto', 'BIOPHOTO'],
  ['errorlog', 'ERRORLOG'],
])

function readRow(line: TextLine, keywordOfTable: string | undefined): RowOutcome {
  const words = /^([A-Za-z]+)[ \t]+/.exec(line.text)
  const keyword = words?.[1]?.toUpperCase() ?? keywordOfTable
  const rest = words === null ? line.text : line.text.slice(words[0].length)
  switch (keyword) {
    case 'OPLOG':
      return readOperationRow(line, rest)
    case 'USER':
      return readUserRow(line, rest)
    case 'FP':
    case 'FACE':
    case 'FVEIN':
    case 'BIODATA':
      return readTemplateRow(line, rest, keyword)
    case 'USERPIC':
    case 'BIOPHOTO':
      return readPictureRow(line, rest, keyword)
    case 'ERRORLOG':
      return readErrorRow(line, rest)
    default:
      return 'unknown-keyword'
  }
}
