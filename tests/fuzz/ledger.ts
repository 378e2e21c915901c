import BetterSqlite from 'better-sqlite3'
import { unseal } from '../../gateway/store/seal.ts'

/** An upload that was acknowledged. */
export interface Acknowledged {
  readonly serial: string
  readonly kind: 'attlog' | 'unknown'
  readonly body: Buffer
  /** Words of the reply. */
  readonly reply: string
}

export interface Ledger {
  /** What of these uploads is neither a punch nor in quarantine, in words; empty when all is well. */
  missing(uploads: readonly Acknowledged[]): string[]
  /** The terminal a command is for. */
  ownerOf(commandId: number): string | undefined
  close(): void
}

interface Rows {
  readonly punches: Set<string>
  readonly quarantined: Set<string>
  /** Whole bodies. */
  readonly bodies: string[]
}

/** Looks into the store of the server from outside, and knows by itself what a line is. */
export function openLedger(file: string, sealKey: Uint8Array): Ledger {
  const db = new BetterSqlite(file, { readonly: true })
  const punches = db.prepare<[string, number], { id: number; raw: string }>(
    'select id, raw from punch where sn = ? and id > ?',
  )
  const quarantined = db.prepare<[string, number], { id: number; line: number; raw: Uint8Array }>(
    'select id, line, raw from quarantine where sn = ? and id > ?',
  )
  const newest = db.prepare<[], { punch: number | null; quarantine: number | null }>(
    'select (select max(id) from punch) as punch, (select max(id) from quarantine) as quarantine',
  )
  const owner = db.prepare<[number], { sn: string }>('select sn from command where id = ?')
  let from = { punch: 0, quarantine: 0 }

  function rowsOf(serial: string, since: typeof from): Rows {
    const rows: Rows = { punches: new Set(), quarantined: new Set(), bodies: [] }
    for (const { raw } of punches.all(serial, since.punch)) rows.punches.add(raw)
    for (const { line, raw } of quarantined.all(serial, since.quarantine)) {
      const text = unseal(sealKey, raw).toString('latin1')
      if (line === 0) rows.bodies.push(text)
      else rows.quarantined.add(text)
    }
    return rows
  }

  return {
    missing(uploads) {
      const found = new Map<string, Rows>()
      const wrong = uploads.flatMap(upload => {
        const fresh = found.get(upload.serial) ?? rowsOf(upload.serial, from)
        found.set(upload.serial, fresh)
        const lost = lostOf(upload, fresh)
        // A line that came before is kept from then.
        return lost.length === 0 ? [] : lostOf(upload, rowsOf(upload.serial, { punch: 0, quarantine: 0 }))
      })
      const { punch, quarantine } = newest.get() ?? { punch: 0, quarantine: 0 }
      from = { punch: punch ?? 0, quarantine: quarantine ?? 0 }
      return wrong
    },
    ownerOf: commandId => owner.get(commandId)?.sn,
    close: () => void db.close(),
  }
}

function lostOf({ serial, kind, body, reply }: Acknowledged, rows: Rows): string[] {
  const lines = linesOf(body)
  const count = /^OK: (\d+)$/.exec(reply)?.[1]
  // Without a number where the terminal has shown that it wants none.
  if (count === undefined ? reply !== 'OK' : Number(count) !== lines.length)
    return [`${serial} was told ${JSON.stringify(reply)} for ${lines.length} lines`]
  if (kind === 'unknown')
    return rows.bodies.includes(body.toString('latin1'))
      ? []
      : [`${serial}: a body of ${body.length} bytes is nowhere`]
  return lines
    .filter(line => !isKept(line, rows))
    .map(line => `${serial}: acknowledged and neither stored nor in quarantine: ${JSON.stringify(line)}`)
}

function isKept(line: string, rows: Rows): boolean {
  if (rows.quarantined.has(line)) return true
  if (rows.bodies.some(body => `\n${body}`.includes(`\n${line}\n`))) return true
  const text = Buffer.from(line, 'latin1')
    .toString('utf8')
    .replace(/[ \r\0]+$/, '')
  if (rows.punches.has(text.slice(0, 2000))) return true
  // The same person at the same time in the same way is the same punch, whatever else the line says; and what is no
  // plain text is shown as well as the charset of the terminal allows.
  const wanted = identityOf(text)
  return [...rows.punches].some(raw => identityOf(raw) === wanted)
}

/** Person, time, status, way; a status or a way that is no number says nothing, and seconds may be left out. */
function identityOf(text: string): string {
  const isTabbed = text.includes('\t')
  const fields = text.split(isTabbed ? '\t' : / +/)
  // Parted by spaces, date and time are two.
  const [clock, status, way] = isTabbed ? fields.slice(1) : [fields.slice(1, 3).join(' '), ...fields.slice(3)]
  return [legible(fields[0]), toSeconds(legible(clock)), toNumber(status), toNumber(way)].join('|')
}

/** Without what another charset would show otherwise. */
const legible = (field = '') => field.replace(/[^\x20-\x7e]/g, '').trim()

function toSeconds(clock: string): string {
  const parts = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})[T ](\d{1,2}):(\d{1,2})(?::(\d{1,2}))?/.exec(clock)
  return parts
    ? parts
        .slice(1)
        .map(part => Number(part ?? 0))
        .join(' ')
    : clock
}

function toNumber(field = ''): number | '' {
  const text = field.replace(/^[\s\0]+|[\s\0]+$/g, '')
  return /^[+-]?\d{1,9}$/.test(text) ? Number(text) : ''
}

/** One character per byte; the bytes between line feeds, where there is anything to see. */
function linesOf(body: Buffer): string[] {
  const text = body.toString('latin1').replace(/^\xef\xbb\xbf/, '')
  return text.split('\n').filter(line => /[^\t\r \0]/.test(line))
}
