import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger } from '#platform/logger.ts'
import { buildProxy, type ProxyApp } from '../app.ts'
import type { ProxyConfig } from '../config.ts'
import { deriveKeys, type ProxyKeys } from '../keys.ts'
import { createProxyStore, type ProxyStore } from '../store/index.ts'
import { type GatewayStandIn, startGatewayStandIn } from './gateway-stand-in.ts'
import { createTestClock, type TestClock } from './test-clock.ts'

export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly body: Record<string, unknown>
  readonly text: string
}

export interface Browser {
  readonly cookie: string
  call(
    method: string,
    path: string,
    options?: { body?: unknown; headers?: Record<string, string> },
  ): Promise<Reply>
}

export interface TestProxy {
  readonly url: string
  readonly proxy: ProxyApp
  readonly db: ProxyStore
  readonly gateway: GatewayStandIn
  readonly clock: TestClock
  readonly keys: ProxyKeys
  /** A browser that carries this cookie, or none. */
  browser(cookie?: string): Browser
  /** Adds an account of this role if need be, and signs in. */
  signIn(role: string): Promise<Browser>
  close(): Promise<void>
}

export const testPassword = 'rain falls on the gate'

/** The real proxy on a real port, a real SQLite file and a real HTTP server in the gateway's place. */
export async function startProxy(settings: Partial<ProxyConfig> = {}): Promise<TestProxy> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-proxy-'))
  const gateway = await startGatewayStandIn()
  const clock = createTestClock()
  const db = await createProxyStore({ file: join(folder, 'proxy.db'), url: undefined })
  const config: ProxyConfig = {
    gatewayUrl: gateway.url,
    gatewayToken: 'token-for-people-000000000000000',
    registrationToken: 'token-for-registering-0000000000',
    gatewayMode: 'embedded',
    staticDir: join(folder, 'dist'),
    timeZone: 'Asia/Kolkata',
    secretKey: randomBytes(32),
    ...settings,
  }
  const proxy = await buildProxy({ config, db, clock, log: silentLogger })
  const url = await proxy.app.listen({ host: '127.0.0.1', port: 0 })
  const browser = (cookie = ''): Browser => ({
    cookie,
    call: (method, path, options) => call(url, cookie, method, path, options),
  })
  return {
    url,
    proxy,
    db,
    gateway,
    clock,
    keys: deriveKeys(config.secretKey),
    browser,
    async signIn(role) {
      const known = (await proxy.accounts.list()).some(({ name }) => name === role)
      if (!known) await proxy.accounts.add({ name: role, roles: [role], password: testPassword })
      const body = { Name: role, Password: testPassword }
      const reply = await browser().call('POST', '/api/session', { body })
      if (reply.status !== 200)
        throw new Error(`Signing in as ${role} answered ${reply.status}: ${reply.text}`)
      return browser(cookieOf(reply))
    },
    async close() {
      await proxy.close()
      await gateway.close()
      await db.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The session cookie a reply sets, as a browser would send it back. */
export function cookieOf(reply: Reply): string {
  return (reply.headers.getSetCookie()[0] ?? '').split(';')[0] ?? ''
}

async function call(
  url: string,
  cookie: string,
  method: string,
  path: string,
  { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<Reply> {
  const reply = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(cookie === '' ? {} : { cookie }),
      ...(body === undefined ? {} : { 'content-type': 'application/json', origin: url }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await reply.text()
  const isJson = (reply.headers.get('content-type') ?? '').includes('json')
  const parsed = isJson ? (JSON.parse(text) as Record<string, unknown>) : {}
  return { status: reply.status, headers: reply.headers, body: parsed, text }
}
