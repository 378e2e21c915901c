import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import BetterSqlite from 'better-sqlite3'
import Fastify from 'fastify'
import { bookingStatements } from '../../gateway/store/book-punches.ts'
import { createStore } from '../../gateway/store/index.ts'
import { reportTo } from './report.ts'

/**
 * What the machine allows: Fastify that cuts ATTLOG lines at their tabs and inserts them, nothing else. No device, no
 * check, no event; the settings of our own store, on the main thread, which is the faster place when nothing else
 * happens. `our-table` is `grouped` with the table, indexes and booking of our store. `grouped` commits once for all requests of one turn of the event loop, `single` once per request.
 */
const grouping = process.argv[2] === 'single' ? 'single' : 'grouped'
/** With our own table and its indexes, which is what lists by day, terminal and person cost. */
const isOurTable = process.argv[2] === 'our-table'
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bare-'))
const file = join(folder, 'bare.db')
const db = new BetterSqlite(file)
db.pragma('busy_timeout = 5000')
db.pragma('journal_mode = WAL')
db.pragma('synchronous = FULL')
db.pragma('cache_size = -65536')
db.pragma('wal_autocheckpoint = 0')
if (isOurTable) await (await createStore({ file, url: undefined })).close()
else
  db.exec(`create table punch (id integer primary key autoincrement, sn text not null, pin text not null,
  time text not null, status integer, verify integer, received_at integer not null, raw text not null);
  create unique index punch_key on punch (sn, pin, time, status, verify)`)
const checkpointer = new Worker(
  new URL('../../platform/database/sqlite-checkpoint.worker.ts', import.meta.url),
  {
    workerData: { file },
  },
)
const insert = db.prepare(
  isOurTable
    ? `insert into punch (sn, employee_code, local_time, status, verify, received_at, raw, local_day, local_minute, zone,
       offset_minutes, instant, direction, modality, side, work_code, flags, identity)
       select sn, pin, time, status, verify, at, raw, substr(time, 1, 10), 480, 'Asia/Kolkata', 330, at, 'CheckIn',
       'fingerprint', 'in', '0', '', time || '|' || pin || '|' || status || '|' || verify || '|' from
       (select ? as sn, ? as pin, ? as time, ? as status, ? as verify, ? as at, ? as raw) where true
       on conflict do nothing`
    : 'insert into punch (sn, pin, time, status, verify, received_at, raw) values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing',
)

const booking = isOurTable ? bookingStatements.map(statement => db.prepare(statement)) : []

interface Batch {
  readonly sn: string
  readonly lines: readonly string[]
  readonly done: () => void
}
const insertAll = db.transaction((batches: readonly Batch[]) => {
  const now = Date.now()
  for (const { sn, lines } of batches) {
    for (const line of lines) {
      const [pin, time, status, verify] = line.split('\t')
      insert.run(sn, pin, time, Number(status), Number(verify), now, line)
    }
  }
  for (const statement of booking) statement.run()
})
let waiting: Batch[] = []
function commitWaiting(): void {
  const batches = waiting
  waiting = []
  insertAll(batches)
  for (const { done } of batches) done()
}

const app = Fastify()
app.removeAllContentTypeParsers()
app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
app.post<{ Querystring: { SN: string }; Body: string }>('/iclock/cdata', async (request, reply) => {
  const sn = request.query.SN
  const lines = request.body.split('\n').filter(line => line !== '')
  await new Promise<void>(done => {
    if (grouping === 'single') {
      insertAll([{ sn, lines, done }])
      done()
      return
    }
    if (waiting.length === 0) setImmediate(commitWaiting)
    waiting.push({ sn, lines, done })
  })
  reply.type('text/plain')
  return `OK: ${lines.length}`
})
await app.listen({ host: '127.0.0.1', port: 0 })
reportTo(`http://127.0.0.1:${(app.server.address() as AddressInfo).port}`, async () => {
  app.server.closeAllConnections()
  await checkpointer.terminate()
  db.close()
  rmSync(folder, { recursive: true, force: true })
})
