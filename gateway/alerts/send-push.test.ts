import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { silentLogger } from '#platform/logger.ts'
import { createStore, type Store } from '../store/index.ts'
import { sealSecret } from '../webhooks/secrets.ts'
import { benchConfig } from '../webhooks/testing/bench-config.ts'
import type { Message } from './message.ts'
import { sendPush } from './send-push.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-push-'))
const server = createECDH('prime256v1')
const browser = createECDH('prime256v1')
const auth = randomBytes(16)
const publicKey = server.generateKeys('base64url')
const config = { ...benchConfig, vapid: { publicKey, privateKey: server.getPrivateKey('base64url') } }
const message: Message = {
  about: 'Raised',
  alertId: '7',
  kind: 'DeviceOffline',
  severity: 'Critical',
  title: 'East gate is away',
  detail: 'since 07:50',
  site: 'Main',
  deviceSN: 'EAST1',
  door: null,
  at: '2026-03-02T02:20:00.000Z',
}
let store: Store
beforeAll(async () => {
  store = await createStore({ file: join(folder, 'gateway.db') })
  const keys = { p256dh: browser.generateKeys('base64url'), auth: auth.toString('base64url') }
  for (const name of ['here', 'gone'])
    await store.write(write =>
      write
        .insertInto('push_subscription')
        .values({
          endpoint_hash: name,
          sealed: sealSecret(
            config.sealKey,
            JSON.stringify({ endpoint: `https://push.example/${name}`, ...keys }),
          ),
          actor: null,
          label: name,
          created_at: 1,
        })
        .execute(),
    )
})
afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

it('tells a browser what only it can read, signed by this installation, and forgets one that is gone', async () => {
  const seen: { url: string; headers: Readonly<Record<string, string>>; body: Buffer }[] = []
  const sent = await sendPush(
    {
      store,
      config,
      log: silentLogger,
      post: async ({ url }, { headers, body }) => {
        seen.push({ url, headers, body: Buffer.from(body) })
        return { status: url.endsWith('gone') ? 410 : 201, reply: '' }
      },
    },
    message,
    'public',
  )
  expect(sent).toEqual({ ok: true, answer: '1 of 2 browsers told. here: answered 201; gone: answered 410' })
  const left = await store.read.selectFrom('push_subscription').select('label').execute()
  expect(left).toEqual([{ label: 'here' }])
  const [first] = seen
  expect(JSON.parse(read(first?.body ?? Buffer.alloc(0)))).toMatchObject({
    title: 'East gate is away',
    body: 'since 07:50',
    deviceSN: 'EAST1',
  })
  expect(first?.headers).toMatchObject({ 'Content-Encoding': 'aes128gcm', Urgency: 'high' })
  expect(isSigned(first?.headers.Authorization ?? '')).toBe(true)
})

/** As a browser reads it (RFC 8188 and 8291): one record, under keys only the two of them can make. */
function read(body: Buffer): string {
  const [salt, length] = [body.subarray(0, 16), body.readUInt8(20)]
  const sender = body.subarray(21, 21 + length)
  const sealed = body.subarray(21 + length)
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), browser.getPublicKey(), sender])
  const ikm = Buffer.from(hkdfSync('sha256', browser.computeSecret(sender), auth, info, 32))
  const make = (what: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', ikm, salt, `Content-Encoding: ${what}\0`, bytes))
  const opener = createDecipheriv('aes-128-gcm', make('aes128gcm', 16), make('nonce', 12))
  opener.setAuthTag(sealed.subarray(-16))
  const plain = Buffer.concat([opener.update(sealed.subarray(0, -16)), opener.final()])
  return plain.subarray(0, plain.lastIndexOf(2)).toString('utf8')
}

/** The claim of RFC 8292, checked with the public half the browser was given. */
function isSigned(header: string): boolean {
  const [, head = '', claims = '', signature = ''] = /t=([^.]+)\.([^.]+)\.([^,]+)/.exec(header) ?? []
  const point = Buffer.from(publicKey, 'base64url')
  const x = point.subarray(1, 33).toString('base64url')
  const y = point.subarray(33).toString('base64url')
  const key = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
  const given = Buffer.from(signature, 'base64url')
  const origin: unknown = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')).aud
  return (
    origin === 'https://push.example' &&
    verify('sha256', Buffer.from(`${head}.${claims}`), { key, dsaEncoding: 'ieee-p1363' }, given)
  )
}
