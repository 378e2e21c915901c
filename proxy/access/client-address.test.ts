import { expect, it } from 'vitest'
import { startProxy } from '../testing/start-proxy.ts'

it.each([
  [
    'the neighbour’s entry, where we are reached by https through a proxy on this machine',
    'https://gate.example',
    '203.0.113.9',
  ],
  ['the peer itself, where anybody could have written the header', undefined, '127.0.0.1'],
])('the audit names %s', async (_what, publicUrl, expected) => {
  const test = await startProxy(publicUrl === undefined ? {} : { publicUrl })
  const headers = { 'x-forwarded-for': '198.51.100.66, 203.0.113.9', origin: publicUrl ?? test.url }
  await test.browser().call('POST', '/api/session', { body: { Name: 'x', Password: 'y' }, headers })
  const rows = await test.db.read.selectFrom('audit').select('address').execute()
  expect(rows).toEqual([{ address: expected }])
  await test.close()
})
