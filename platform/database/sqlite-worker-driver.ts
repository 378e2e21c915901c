import { Worker } from 'node:worker_threads'
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely'
import { endProcess } from './end-process.ts'
import type { WriterReply, WriterRequest } from './sqlite-writer.worker.ts'

type Done = Extract<WriterReply, { ok: true }>

interface Waiting {
  resolve(reply: Done): void
  reject(error: Error): void
}

/** A Kysely driver whose only connection lives in a worker. Transactions queue up; SQLite has one writer anyway. */
export class SqliteWorkerDriver implements Driver {
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  readonly #connection: DatabaseConnection
  #nextId = 1
  #lock: Promise<void> = Promise.resolve()
  #release: (() => void) | undefined
  #dead: Error | undefined
  /** `asked`: nothing was sent yet, `begin` travels with the first statement. */
  #begun: 'no' | 'asked' | 'sent' = 'no'
  /** Tables changed since the connection was taken, and how often each was changed since the start. */
  readonly #touched = new Set<string>()
  readonly #changes = new Map<string, number>()

  /** Starts the worker and waits until the file is open; a broken or locked file fails here. */
  static async open(file: string): Promise<SqliteWorkerDriver> {
    const driver = new SqliteWorkerDriver(file)
    await driver.#send('select 1', [])
    return driver
  }

  private constructor(file: string) {
    this.#worker = new Worker(new URL('./sqlite-writer.worker.ts', import.meta.url), { workerData: { file } })
    this.#worker.on('message', (reply: WriterReply) => this.#settle(reply))
    this.#worker.on('error', endProcess)
    this.#worker.on('error', error => this.#fail(error instanceof Error ? error : new Error(String(error))))
    this.#worker.on('exit', () => this.#fail(new Error('the store is closed')))
    this.#connection = {
      executeQuery: async <R>(query: CompiledQuery): Promise<QueryResult<R>> => {
        const reply = await this.#send(query.sql, query.parameters, eachOf(query))
        return {
          rows: reply.rows as R[],
          ...(reply.changes === undefined ? {} : { numAffectedRows: BigInt(reply.changes) }),
          ...(reply.insertId === undefined ? {} : { insertId: BigInt(reply.insertId) }),
        }
      },
      // biome-ignore lint/correctness/useYield: Kysely wants a generator; a stream from a worker is not offered
      streamQuery: async function* () {
        throw new Error('The writing side does not stream; read from the reading side')
      },
    }
  }

  /**
   * One insert, run for each parameter list, and what follows from it, as a transaction of its own in one message. Answers the new id per list,
   * 0 where nothing was inserted; or null when `may` says no once everything before it is committed.
   */
  async append(
    sql: string,
    lists: readonly (readonly unknown[])[],
    follow: readonly string[],
    may: () => boolean,
  ): Promise<number[] | null> {
    await this.acquireConnection()
    // Messages are handled in order, so whoever has the connection next already comes after this commit.
    const reply = may() ? this.#post(id => ({ id, append: sql, lists: JSON.stringify(lists), follow })) : null
    await this.releaseConnection()
    if (reply === null) return null
    const { rows } = await reply
    for (const text of [sql, ...follow]) this.#count(changedBy(text))
    return rows as number[]
  }

  /** Counts up with every commit that changed the table. */
  changes(table: string): number {
    return this.#changes.get(table) ?? 0
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#lock
    let release = () => {}
    this.#lock = new Promise(resolve => {
      release = resolve
    })
    await before
    this.#release = release
    return this.#connection
  }

  async releaseConnection(): Promise<void> {
    this.#count(this.#touched)
    this.#touched.clear()
    this.#release?.()
  }

  #count(tables: Iterable<string>): void {
    for (const table of tables) this.#changes.set(table, this.changes(table) + 1)
  }

  /** Waking the other thread costs more than most statements, so `begin` waits for company. */
  async beginTransaction(): Promise<void> {
    this.#begun = 'asked'
  }

  async commitTransaction(): Promise<void> {
    await this.#end('commit')
  }

  async rollbackTransaction(): Promise<void> {
    await this.#end('rollback')
  }

  async #end(how: 'commit' | 'rollback'): Promise<void> {
    const wasSent = this.#begun === 'sent'
    this.#begun = 'no'
    if (wasSent) await this.#send(how, [])
  }

  async destroy(): Promise<void> {
    const closed = new Promise<void>(resolve => this.#worker.once('exit', () => resolve()))
    if (this.#dead) return
    this.#worker.postMessage({ close: true } satisfies WriterRequest)
    await closed
  }

  #send(sql: string, parameters: readonly unknown[], each: readonly string[] | null = null): Promise<Done> {
    for (const text of [sql, ...(each ?? [])]) for (const table of changedBy(text)) this.#touched.add(table)
    const begin = this.#begun === 'asked'
    if (begin) this.#begun = 'sent'
    const within = this.#begun !== 'no'
    return this.#post(id => ({ id, begin, sql, parameters, each, within }))
  }

  #post(make: (id: number) => WriterRequest): Promise<Done> {
    if (this.#dead) return Promise.reject(this.#dead)
    const id = this.#nextId++
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#worker.postMessage(make(id))
    })
  }

  #settle(reply: WriterReply): void {
    const waiting = this.#waiting.get(reply.id)
    this.#waiting.delete(reply.id)
    if (reply.ok) waiting?.resolve(reply)
    else waiting?.reject(Object.assign(new Error(reply.message), { code: reply.code }))
  }

  #fail(error: Error): void {
    this.#dead = error
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }
}

/** Of a query that `insertNew` made: what follows its rows. */
function eachOf(query: CompiledQuery): readonly string[] | null {
  return 'each' in query ? (query.each as readonly string[]) : null
}

const changing = /\b(?:insert\s+into|update|delete\s+from|alter\s+table)\s+"?(\w+)"?/gi
const textsKept = 300
const tablesByText = new Map<string, readonly string[]>()

/** The tables a statement may change. Rows that go with another table's rows are not named. */
function changedBy(text: string): readonly string[] {
  const known = tablesByText.get(text)
  if (known) return known
  const found = [...text.matchAll(changing)].flatMap(([, table]) => (table === undefined ? [] : [table]))
  if (tablesByText.size >= textsKept) tablesByText.clear()
  tablesByText.set(text, found)
  return found
}
