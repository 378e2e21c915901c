import { Worker } from 'node:worker_threads'
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely'
import type { WriterReply, WriterRequest } from './sqlite-writer.worker.ts'

interface Waiting {
  resolve(reply: Extract<WriterReply, { ok: true }>): void
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

  /** Starts the worker and waits until the file is open; a broken or locked file fails here. */
  static async open(file: string): Promise<SqliteWorkerDriver> {
    const driver = new SqliteWorkerDriver(file)
    await driver.#send('select 1', [])
    return driver
  }

  private constructor(file: string) {
    this.#worker = new Worker(new URL('./sqlite-writer.worker.ts', import.meta.url), { workerData: { file } })
    this.#worker.on('message', (reply: WriterReply) => this.#settle(reply))
    this.#worker.on('error', error => this.#fail(error instanceof Error ? error : new Error(String(error))))
    this.#worker.on('exit', () => this.#fail(new Error('the store is closed')))
    this.#connection = {
      executeQuery: async <R>(query: CompiledQuery): Promise<QueryResult<R>> => {
        const reply = await this.#send(query.sql, query.parameters)
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
    this.#release?.()
  }

  async beginTransaction(): Promise<void> {
    await this.#send('begin immediate', [])
  }

  async commitTransaction(): Promise<void> {
    await this.#send('commit', [])
  }

  async rollbackTransaction(): Promise<void> {
    await this.#send('rollback', [])
  }

  async destroy(): Promise<void> {
    const closed = new Promise<void>(resolve => this.#worker.once('exit', () => resolve()))
    if (this.#dead) return
    this.#worker.postMessage({ close: true } satisfies WriterRequest)
    await closed
  }

  #send(sql: string, parameters: readonly unknown[]): Promise<Extract<WriterReply, { ok: true }>> {
    if (this.#dead) return Promise.reject(this.#dead)
    const id = this.#nextId++
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#worker.postMessage({ id, sql, parameters } satisfies WriterRequest)
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
