import { type RejectedLine, splitLines, type TextOptions } from '../text.ts'
import { type AccessEvent, type EventRejectReason, readEventRow } from './access-event.ts'

export type ParsedAccessEvents = {
  readonly events: AccessEvent[]
  readonly rejects: RejectedLine<EventRejectReason>[]
  /** Every non-empty line: events + rejects. 0 is a sign of life (A14). */
  readonly lineCount: number
}

/**
 * Reads an rtlog upload, or transaction rows of tabledata, querydata and the ACCOUNT archive, with or without
 * `transaction ` in front: one event a line. Never throws.
 * iclock-push 10.1, 10.3, 12.7 [SEC29][BIOFACE]; vectors A06 to A14, A36.
 */
export function parseAccessEvents(body: Uint8Array, options: TextOptions = {}): ParsedAccessEvents {
  const events: AccessEvent[] = []
  const rejects: RejectedLine<EventRejectReason>[] = []
  const lines = splitLines(body, options)
  for (const line of lines) {
    const outcome = readEventRow(line, line.text.replace(KEYWORD, ''))
    if (typeof outcome !== 'string') events.push(outcome)
    else rejects.push({ line: line.line, reason: outcome, raw: line.text, bytes: line.bytes })
  }
  return { events, rejects, lineCount: lines.length }
}

const KEYWORD = /^(?:transaction|rtlog)[ \t]+/i
