import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getMigrations } from 'better-auth/db/migration'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { silentLogger } from '#platform/logger.ts'
import { authOptions } from '../sessions/auth.ts'
import { createProxyStore, type ProxyStore } from './index.ts'

let folder: string
let db: ProxyStore
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-proxy-store-'))
  db = await createProxyStore({ file: join(folder, 'proxy.db') })
})
afterAll(async () => {
  await db.close()
  await rm(folder, { recursive: true, force: true })
})

describe('the store', () => {
  it('holds every table and column better-auth wants', async () => {
    const options = authOptions({ db, log: silentLogger, secret: 'x'.repeat(32), publicUrl: undefined })
    const { toBeCreated, toBeAdded } = await getMigrations(options)
    expect(toBeCreated).toEqual([])
    expect(toBeAdded).toEqual([])
  })

  it('is migrated once: opening it again changes nothing', async () => {
    const again = await createProxyStore({ file: join(folder, 'proxy.db') })
    const head = await again.read.selectFrom('setting').selectAll().execute()
    expect(head).toEqual([{ name: 'audit.head', value: JSON.stringify({ id: 0, hash: '0'.repeat(64) }) }])
    await again.close()
  })
})
