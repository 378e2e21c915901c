import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { cp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { create, extract } from 'tar'
import { readSettings } from '../settings.ts'
import { type Command, readOptions, UsageError } from './command.ts'

const databases = ['gateway.db', 'proxy.db']

export const backup: Command = {
  usage: 'backup FILE [--json]',
  summary: 'the embedded store with its keys as one file, while it runs',
  async run(args) {
    const { values, positionals } = readOptions(args, { json: { type: 'boolean', default: false } }, true)
    const file = oneFile(positionals)
    const { dataDir, databaseUrl } = readSettings(process.env)
    if (databaseUrl !== undefined)
      throw new UsageError(
        'This installation keeps its data in PostgreSQL; back that up with its own tools, and the keys folder beside it',
      )
    if (!existsSync(join(dataDir, 'gateway.db'))) throw new UsageError(`${dataDir} holds no data`)
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-backup-'))
    try {
      // First: what leaves the intake meanwhile is in the store by then, and what is in both is there once.
      await copyIntake(dataDir, folder)
      for (const name of databases.filter(name => existsSync(join(dataDir, name))))
        snapshot(join(dataDir, name), join(folder, name))
      await cp(join(dataDir, 'keys'), join(folder, 'keys'), { recursive: true })
      await create({ gzip: true, cwd: folder, file, mode: 0o600 }, readdirSync(folder))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
    // The self-check says from it when the last backup was.
    writeFileSync(join(dataDir, 'last-backup'), `${new Date().toISOString()}\n`, { mode: 0o600 })
    const { size } = statSync(file)
    process.stdout.write(
      values.json
        ? `${JSON.stringify({ file, bytes: size })}\n`
        : `${file}: ${size} bytes. It holds the keys; keep it as you keep a key.\n`,
    )
  },
}

export const restore: Command = {
  usage: 'restore FILE [--json]',
  summary: 'put a backup into an empty data folder, verified first',
  async run(args) {
    const { values, positionals } = readOptions(args, { json: { type: 'boolean', default: false } }, true)
    const file = oneFile(positionals)
    const { dataDir } = readSettings(process.env)
    if (!existsSync(file)) throw new UsageError(`There is no file ${file}`)
    if (existsSync(dataDir) && readdirSync(dataDir).length > 0)
      throw new UsageError(`${dataDir} is not empty; name an empty folder in GATEHOUSE_DATA`)
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    const folder = mkdtempSync(join(dataDir, '.restore-'))
    try {
      await extract({
        file,
        cwd: folder,
        filter: (_path, entry) => !('type' in entry) || ['File', 'Directory'].includes(String(entry.type)),
      })
      for (const name of databases.filter(name => existsSync(join(folder, name)))) verify(join(folder, name))
      if (!existsSync(join(folder, 'gateway.db'))) throw new UsageError(`${file} is no backup of Gatehouse`)
      for (const name of readdirSync(folder)) renameSync(join(folder, name), join(dataDir, name))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
    process.stdout.write(
      values.json ? `${JSON.stringify({ restored: dataDir })}\n` : `Restored into ${dataDir}.\n`,
    )
  },
}

/** Punches that are acknowledged and not in the store yet; a file may go while it is copied. */
async function copyIntake(dataDir: string, folder: string): Promise<void> {
  const from = join(dataDir, 'intake')
  if (!existsSync(from)) return
  const to = join(folder, 'intake')
  mkdirSync(to, { mode: 0o700 })
  for (const name of readdirSync(from).filter(name => name.endsWith('.log')))
    await cp(join(from, name), join(to, name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
    })
}

/** A consistent copy of a database that may be in use. */
function snapshot(from: string, to: string): void {
  const db = new BetterSqlite(from)
  db.pragma('busy_timeout = 10000')
  db.prepare('vacuum into ?').run(to)
  db.close()
}

function verify(file: string): void {
  const db = new BetterSqlite(file, { readonly: true })
  const [row] = db.pragma('integrity_check') as { integrity_check: string }[]
  db.close()
  if (row?.integrity_check !== 'ok') throw new UsageError(`The backup is damaged: ${row?.integrity_check}`)
}

function oneFile(positionals: readonly string[]): string {
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0) throw new UsageError('Name one file')
  return resolve(file)
}
