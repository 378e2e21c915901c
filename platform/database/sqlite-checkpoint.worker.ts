import { existsSync, statSync } from 'node:fs'
import { workerData } from 'node:worker_threads'
import BetterSqlite from 'better-sqlite3'

const intervalMs = 1000
const truncateAboveBytes = 64 * 1024 * 1024

const { file } = workerData as { file: string }
const db = new BetterSqlite(file)
db.pragma('busy_timeout = 2000')

/**
 * Moves pages from the WAL into the file beside the writer's back. A passive checkpoint never resets the WAL while
 * writes are continuous, so above a size it is truncated: that one waits for the writer, and bounds the file.
 */
function checkpoint(): void {
  const wal = `${file}-wal`
  const bytes = existsSync(wal) ? statSync(wal).size : 0
  if (bytes === 0) return
  db.pragma(bytes > truncateAboveBytes ? 'wal_checkpoint(TRUNCATE)' : 'wal_checkpoint(PASSIVE)')
}

setInterval(() => {
  try {
    checkpoint()
  } catch {
    // Busy: the next round comes in a second.
  }
}, intervalMs)
