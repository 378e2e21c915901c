import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'

/**
 * Makes a folder this process's own, as long as the process lives: the lock is the system's (by way of an empty SQLite
 * file, which has one on every system), so that a killed process leaves none. Answers how to let go, or null where
 * another process has it. The folder is made where it is missing.
 */
export function holdFolder(folder: string): (() => void) | null {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const db = new BetterSqlite(join(folder, 'held'), { timeout: 0 })
  try {
    db.exec('begin exclusive')
    return () => void db.close()
  } catch (error) {
    db.close()
    if (error instanceof BetterSqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null
    throw error
  }
}
