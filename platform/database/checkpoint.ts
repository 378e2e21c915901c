import { existsSync, statSync } from 'node:fs'
import type BetterSqlite from 'better-sqlite3'

const megabyte = 1024 * 1024

export interface CheckpointSizes {
  /** From this size of the log on, whoever writes is made to wait for a moment, so that it begins anew. */
  readonly restartBytes: number
  /** From this size on the file is given back as well, which takes longer. */
  readonly truncateBytes: number
}

/** What a round did: `moved` all there was, `restarted` or `truncated` the log, or left what a reader still needs. */
export type CheckpointDone = 'nothing' | 'moved' | 'restarted' | 'truncated' | 'left'

const sizesDefault: CheckpointSizes = { restartBytes: 64 * megabyte, truncateBytes: 512 * megabyte }
/** How long whoever writes may be held up by readers that still need the log: then the next round tries again. */
const holdMs = 50

/**
 * Moves pages from the write-ahead log of `file` into it, beside the writer's back. Where all could be moved the next
 * write begins the log anew by itself; while writes are continuous that never happens, so above a size it is asked
 * for. That holds the writer's lock, hence only after everything else was moved without it: SQLite takes the lock
 * before it copies (https://www.sqlite.org/c3ref/wal_checkpoint_v2.html). Throws what SQLite does when it is busy.
 */
export function checkpoint(
  db: BetterSqlite.Database,
  file: string,
  { restartBytes, truncateBytes }: CheckpointSizes = sizesDefault,
): CheckpointDone {
  const wal = `${file}-wal`
  const bytes = existsSync(wal) ? statSync(wal).size : 0
  if (bytes === 0) return 'nothing'
  const first = run(db, 'PASSIVE')
  const isMoved = first.moved === first.frames
  if (bytes >= truncateBytes) return run(db, 'TRUNCATE').busy ? 'left' : 'truncated'
  if (isMoved) return 'moved'
  if (bytes < restartBytes) return 'left'
  return run(db, 'RESTART').busy ? 'left' : 'restarted'
}

function run(db: BetterSqlite.Database, mode: 'PASSIVE' | 'RESTART' | 'TRUNCATE') {
  db.pragma(`busy_timeout = ${holdMs}`)
  const [row] = db.pragma(`wal_checkpoint(${mode})`) as { busy: number; log: number; checkpointed: number }[]
  return { busy: row?.busy !== 0, frames: row?.log ?? 0, moved: row?.checkpointed ?? 0 }
}
