import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startProxy, type TestProxy } from './testing/start-proxy.ts'

let dist: string
let test: TestProxy
beforeAll(async () => {
  dist = await mkdtemp(join(tmpdir(), 'gatehouse-dist-'))
  await mkdir(join(dist, 'assets'))
  await writeFile(join(dist, 'index.html'), '<!doctype html><title>Gatehouse</title>')
  await writeFile(join(dist, 'favicon.svg'), '<svg/>')
  await writeFile(join(dist, 'assets', 'main-abc123.js'), 'plain()')
  await writeFile(join(dist, 'assets', 'main-abc123.js.gz'), gzipSync('packed()'))
  await writeFile(join(dist, '.secret'), 'hidden')
  test = await startProxy({ staticDir: dist })
})
afterAll(async () => {
  await test.close()
  await rm(dist, { recursive: true, force: true })
})

const html = { accept: 'text/html,*/*' }

describe('the built page', () => {
  it.each(['/', '/devices', '/people/0042', '/people/1.2', '/login?next=%2Fdoors'])(
    'is what %s shows',
    async path => {
      const reply = await test.browser().call('GET', path, { headers: html })
      expect(reply.status).toBe(200)
      expect(reply.text).toContain('<title>Gatehouse</title>')
      expect(reply.headers.get('cache-control')).toBe('no-cache')
    },
  )

  it('has assets that may be kept for ever, packed where that is understood', async () => {
    const packed = await test
      .browser()
      .call('GET', '/assets/main-abc123.js', { headers: { 'accept-encoding': 'gzip' } })
    expect(packed.text).toBe('packed()')
    expect(packed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(packed.headers.get('content-type')).toMatch(/javascript/)
    expect(packed.headers.get('vary')).toMatch(/accept-encoding/i)
    const plain = await test
      .browser()
      .call('GET', '/assets/main-abc123.js', { headers: { 'accept-encoding': 'identity' } })
    expect(plain.text).toBe('plain()')
    expect((await test.browser().call('GET', '/favicon.svg')).headers.get('cache-control')).toBe('no-cache')
  })

  it.each([
    '/assets/gone-abc.js',
    '/gone.png',
    '/api',
    '/api/',
    '/API/nothing',
    '/callback/nothing',
    '/v3/OpenDoor',
    '/.secret',
    '/..%2f..%2fetc/passwd',
    '/%2e%2e/%2e%2e/package.json',
    '/assets/..%2f.secret',
  ])('is not what %s shows', async path => {
    const reply = await test.browser().call('GET', path)
    expect([400, 403, 404]).toContain(reply.status)
    expect(reply.text).not.toContain('hidden')
    expect(reply.headers.get('content-type')).toMatch(/json/)
  })

  it('that is missing is said in plain words', async () => {
    const bare = await startProxy()
    const reply = await bare.browser().call('GET', '/', { headers: html })
    expect(reply.status).toBe(503)
    expect(reply.text).toContain('npm run build')
    await bare.close()
  })
})

describe('security headers', () => {
  it('allow no inline script, no frame and nothing from elsewhere, and force no https on a local network', async () => {
    const { headers } = await test.browser().call('GET', '/', { headers: html })
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("connect-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/script-src[^;]*unsafe|https?:|upgrade-insecure/)
    expect(headers.get('strict-transport-security')).toBeNull()
    expect(headers.get('cross-origin-opener-policy')).toBeNull()
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-powered-by')).toBeNull()
  })

  it('are on failures too', async () => {
    const { headers } = await test.browser().call('GET', '/api/nothing')
    expect(headers.get('content-security-policy')).toContain("script-src 'self'")
    expect(headers.get('x-request-id')).toBeTruthy()
  })

  it('insist on https where people come by it', async () => {
    const secure = await startProxy({ publicUrl: 'https://gate.example' })
    const { headers } = await secure.browser().call('GET', '/healthz')
    expect(headers.get('strict-transport-security')).toMatch(/max-age=31536000/)
    await secure.close()
  })
})

describe('health', () => {
  it('is alive, and ready with its store, gateway and callback reported', async () => {
    expect((await test.browser().call('GET', '/healthz')).body).toEqual({ status: 'ok' })
    expect((await test.browser().call('GET', '/readyz')).body).toEqual({
      ready: true,
      store: 'ok',
      gateway: 'reachable',
      callback: 'waiting',
    })
    await test.proxy.registerCallback(test.url)
    expect((await test.browser().call('GET', '/readyz')).body.callback).toBe('registered')
  })

  it('is ready without the gateway, and not without the store', async () => {
    const other = await startProxy({ gatewayUrl: 'http://127.0.0.1:9/v3' })
    const without = await other.browser().call('GET', '/readyz')
    expect(without.status).toBe(200)
    expect(without.body.gateway).toBe('unreachable')
    await other.db.close()
    expect((await other.browser().call('GET', '/readyz')).status).toBe(503)
    expect((await other.browser().call('GET', '/healthz')).status).toBe(200)
    await other.close()
  })
})

it('nothing listens, registers or writes before it is asked to', async () => {
  await expect(test.proxy.registerCallback()).rejects.toThrow('address for callbacks')
  expect(test.gateway.heardOf('ListDevices')).toEqual([])
})
