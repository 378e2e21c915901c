import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createProxyStore } from './index.ts'
import { proxyStoreSuite } from './store.suite.ts'

const folders: string[] = []
const locate = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-proxy-store-'))
  folders.push(folder)
  return { file: join(folder, 'proxy.db') }
}
afterAll(() => Promise.all(folders.map(folder => rm(folder, { recursive: true, force: true }))))

describe('the proxy’s store on SQLite', () => {
  proxyStoreSuite(locate)
})

it('is migrated once: opening it again changes nothing', async () => {
  const location = await locate()
  await (await createProxyStore(location)).close()
  const again = await createProxyStore(location)
  const head = await again.read.selectFrom('setting').selectAll().execute()
  expect(head).toEqual([{ name: 'audit.head', value: JSON.stringify({ id: 0, hash: '0'.repeat(64) }) }])
  await again.close()
})
