import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { checkpoint } from './checkpoint.ts'

let dir: string
let file: string
let writer: BetterSqlite.Database
let mover: BetterSqlite.Database
const walBytes = () => statSync(`${file}-wal`).size
const write = (rows: number) =>
  writer.transaction(() => {
    for (let row = 0; row < rows; row += 1) writer.prepare('insert into t values (?)').run('x'.repeat(3000))
  })()

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'gatehouse-checkpoint-'))
  file = join(dir, 'store.db')
  writer = new BetterSqlite(file)
  writer.pragma('journal_mode = WAL')
  writer.pragma('wal_autocheckpoint = 0')
  writer.exec('create table t (a text)')
  mover = new BetterSqlite(file)
})

afterEach(() => {
  writer.close()
  mover.close()
  rmSync(dir, { recursive: true, force: true })
})

const small = { restartBytes: 10_000, truncateBytes: 1_000_000 }

it('moves what is there, and the next write begins the log anew instead of making it longer', () => {
  write(50)
  const before = walBytes()
  expect(checkpoint(mover, file, small)).toBe('moved')
  write(20)
  expect(walBytes()).toBe(before)
})

it('leaves what a reader still needs, does not wait for it, and the writer goes on', () => {
  const reader = new BetterSqlite(file, { readonly: true })
  write(1)
  const reading = reader.prepare('select * from t').iterate()
  reading.next()
  write(50)
  expect(checkpoint(mover, file, small)).toBe('left')
  write(1)
  reading.return?.()
  reader.close()
  expect(checkpoint(mover, file, small)).toBe('moved')
})

it('gives a file back that has grown too long', () => {
  write(500)
  expect(walBytes()).toBeGreaterThan(small.truncateBytes)
  expect(checkpoint(mover, file, small)).toBe('truncated')
  expect(walBytes()).toBe(0)
  expect(checkpoint(mover, file, small)).toBe('nothing')
  expect(writer.prepare('select count(*) as n from t').get()).toEqual({ n: 500 })
})
