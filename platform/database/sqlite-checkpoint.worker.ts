import { workerData } from 'node:worker_threads'
import BetterSqlite from 'better-sqlite3'
import { checkpoint } from './checkpoint.ts'

const intervalMs = 1000

const { file } = workerData as { file: string }
const db = new BetterSqlite(file)

setInterval(() => {
  try {
    checkpoint(db, file)
  } catch {
    // Busy: the next round comes in a second.
  }
}, intervalMs)
