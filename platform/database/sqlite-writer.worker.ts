import { parentPort, workerData } from 'node:worker_threads'
import BetterSqlite from 'better-sqlite3'

export interface StatementRequest {
  readonly id: number
  /** True for the first statement of a transaction. */
  readonly begin: boolean
  readonly sql: string
  readonly parameters: readonly unknown[]
  /**
   * Where it is set the first parameter is a JSON array of parameter lists, and the statement runs once for each; then
   * these, if anything was inserted (dialect.ts).
   */
  readonly each: readonly string[] | null
  /** It belongs to a transaction: without one, something before it has failed. */
  readonly within: boolean
}

/** An insert that is a transaction by itself. */
export interface AppendRequest {
  readonly id: number
  readonly append: string
  /** JSON array of parameter lists. */
  readonly lists: string
  readonly follow: readonly string[]
}

export type WriterRequest = StatementRequest | AppendRequest | { readonly close: true }

export type WriterReply =
  | {
      readonly id: number
      readonly ok: true
      readonly rows: unknown[]
      readonly changes?: number
      readonly insertId?: number | bigint
    }
  | { readonly id: number; readonly ok: false; readonly message: string; readonly code: string }

const statementsKept = 300

const { file } = workerData as { file: string }
const db = new BetterSqlite(file)
db.pragma('busy_timeout = 5000')
db.pragma('journal_mode = WAL')
db.pragma('synchronous = FULL')
db.pragma('foreign_keys = ON')
db.pragma('cache_size = -65536')
// Checkpoints belong to the other worker; here they would hold up a commit for tens of milliseconds.
db.pragma('wal_autocheckpoint = 0')

const statements = new Map<string, BetterSqlite.Statement>()

parentPort?.on('message', (request: WriterRequest) => {
  if ('close' in request) {
    db.close()
    parentPort?.close()
    return
  }
  parentPort?.postMessage('append' in request ? append(request) : run(request))
})

function run({ id, begin, sql, parameters, each, within }: StatementRequest): WriterReply {
  try {
    if (begin) prepare('begin immediate').run()
    // Whatever broke the transaction has ended it already, and so has a `begin` that failed.
    if (sql === 'rollback' && !db.inTransaction) return { id, ok: true, rows: [] }
    const statement = prepare(sql)
    if (each && within && !db.inTransaction) throw new Error('the transaction has ended before')
    if (each) return { id, ok: true, rows: asOne(() => runEach(statement, String(parameters[0]), each)) }
    const bound = parameters.map(toBindable)
    if (statement.reader) return { id, ok: true, rows: statement.all(...bound) }
    const { changes, lastInsertRowid } = statement.run(...bound)
    return { id, ok: true, rows: [], changes, insertId: lastInsertRowid }
  } catch (error) {
    return failed(id, error)
  }
}

function append({ id, append: text, lists, follow }: AppendRequest): WriterReply {
  try {
    return { id, ok: true, rows: asOne(() => runEach(prepare(text), lists, follow)) }
  } catch (error) {
    return failed(id, error)
  }
}

/** In the transaction under way, or as one of its own. */
function asOne<R>(work: () => R): R {
  if (db.inTransaction) return work()
  prepare('begin immediate').run()
  try {
    const result = work()
    prepare('commit').run()
    return result
  } catch (error) {
    // What broke the transaction may have ended it.
    if (db.inTransaction) prepare('rollback').run()
    throw error
  }
}

function failed(id: number, error: unknown): WriterReply {
  const { message, code } = error as Error & { code?: string }
  return { id, ok: false, message, code: code ?? 'UNKNOWN' }
}

/** Per run the id that was inserted, or 0 where nothing was. */
function runEach(statement: BetterSqlite.Statement, json: string, follow: readonly string[]): number[] {
  const lists = JSON.parse(json) as unknown[][]
  const ids = lists.map(list => {
    const { changes, lastInsertRowid } = statement.run(list)
    return changes === 0 ? 0 : Number(lastInsertRowid)
  })
  if (ids.some(id => id > 0)) for (const text of follow) prepare(text).run()
  return ids
}

function prepare(sql: string): BetterSqlite.Statement {
  const known = statements.get(sql)
  if (known) return known
  const statement = db.prepare(sql)
  if (statements.size >= statementsKept) statements.clear()
  // Schema changes are rare and prepared anew by SQLite itself; keeping them would only fill the map.
  if (!/^\s*(create|alter|drop)/i.test(sql)) statements.set(sql, statement)
  return statement
}

/** postMessage turns a Buffer into a plain Uint8Array; the driver binds only Buffers, and no booleans. */
function toBindable(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  if (typeof value === 'boolean') return value ? 1 : 0
  if (value instanceof Date) return value.toISOString()
  return value
}
