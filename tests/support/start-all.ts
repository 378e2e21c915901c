import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { permissions } from '#contract/permissions.ts'
import { systemClock } from '#platform/clock.ts'
import { silentLogger } from '#platform/logger.ts'
import { buildProxy } from '../../proxy/app.ts'
import { createProxyStore } from '../../proxy/store/index.ts'
import { startGateway, type TestGateway, type TestGatewayOptions } from './start-gateway.ts'

export interface TestSystem {
  readonly gateway: TestGateway
  readonly proxy: Awaited<ReturnType<typeof buildProxy>>
  readonly url: string
  readonly passwords: Readonly<Record<string, string>>
  stop(): Promise<void>
}

export interface TestSystemOptions extends TestGatewayOptions {
  /** Name to roles. */
  readonly accounts: Readonly<Record<string, readonly string[]>>
  /** A gateway that runs already; the proxy then treats it as one elsewhere. */
  readonly remote?: TestGateway
  readonly staticDir?: string
}

/** Real gateway and real proxy on ports of their own, with accounts. */
export async function startAll(options: TestSystemOptions): Promise<TestSystem> {
  const gateway = options.remote ?? (await startGateway(options))
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-proxy-'))
  const db = await createProxyStore({ file: join(dataDir, 'proxy.db'), url: options.databaseUrl })
  const registrationToken = await gateway.makeToken({
    permissions: permissions.filter(
      permission => permission.startsWith('webhooks:') || permission.endsWith(':read'),
    ),
  })
  const proxy = await buildProxy({
    config: {
      gatewayUrl: `${gateway.apiUrl}/v3`,
      gatewayToken: options.remote
        ? gateway.token
        : await gateway.makeToken({
            permissions: permissions.filter(permission => permission !== 'webhooks:local'),
          }),
      ...(options.remote ? {} : { registrationToken }),
      gatewayMode: options.remote ? 'remote' : 'embedded',
      staticDir: options.staticDir ?? join(dataDir, 'nothing-built'),
      timeZone: options.timeZone ?? 'Asia/Kolkata',
      secretKey: randomBytes(32),
    },
    db,
    clock: systemClock,
    log: silentLogger,
  })
  const url = await proxy.app.listen({ host: '127.0.0.1', port: 0 })
  const passwords: Record<string, string> = {}
  for (const [name, roles] of Object.entries(options.accounts))
    passwords[name] = (await proxy.accounts.add({ name, roles })).password
  await proxy.registerCallback(url)
  return {
    gateway,
    proxy,
    url,
    passwords,
    async stop() {
      await proxy.close()
      await db.close()
      if (!options.remote) await gateway.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

export interface Frame {
  readonly id: string
  readonly event: string
  readonly data: unknown
}

export interface EventStream {
  readonly frames: Frame[]
  /** True once the server has ended it. */
  readonly ended: () => boolean
  close(): void
}

export interface SignedIn {
  readonly cookie: string
  get(path: string): Promise<{ status: number; body: Record<string, unknown> }>
  post(
    path: string,
    body: object,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: Record<string, unknown> }>
  delete(path: string): Promise<number>
  /** Opens the live stream and waits for its first bytes. */
  events(lastEventId?: string): Promise<EventStream>
}

/** Signs in over HTTP as a browser would. */
export async function signIn(system: Pick<TestSystem, 'url' | 'passwords'>, name: string): Promise<SignedIn> {
  const reply = await fetch(`${system.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ Name: name, Password: system.passwords[name] }),
  })
  if (reply.status !== 200)
    throw new Error(`Signing in as ${name} answered ${reply.status}: ${await reply.text()}`)
  const cookie = reply.headers
    .getSetCookie()
    .map(line => line.split(';')[0])
    .join('; ')
  const call = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(`${system.url}${path}`, { ...init, headers: { cookie, ...init.headers } })
    const text = await answer.text()
    return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown> }
  }
  return {
    cookie,
    get: path => call(path),
    post: (path, body, headers = {}) =>
      call(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
    delete: async path => (await call(path, { method: 'DELETE' })).status,
    events: lastEventId => openStream(system.url, cookie, lastEventId),
  }
}

async function openStream(
  url: string,
  cookie: string,
  lastEventId: string | undefined,
): Promise<EventStream> {
  const abort = new AbortController()
  const reply = await fetch(`${url}/api/events`, {
    headers: {
      cookie,
      accept: 'text/event-stream',
      ...(lastEventId ? { 'last-event-id': lastEventId } : {}),
    },
    signal: abort.signal,
  })
  if (reply.status !== 200 || reply.body === null) throw new Error(`The stream answered ${reply.status}`)
  const frames: Frame[] = []
  let ended = false
  const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader()
  const pump = async () => {
    let pending = ''
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      pending += value
      const blocks = pending.split('\n\n')
      pending = blocks.pop() ?? ''
      for (const block of blocks) {
        const fields = new Map(
          block
            .split('\n')
            .map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trimStart()]),
        )
        const event = fields.get('event')
        if (event !== undefined)
          frames.push({ id: fields.get('id') ?? '', event, data: JSON.parse(fields.get('data') || '{}') })
      }
    }
  }
  void pump()
    .catch(() => undefined)
    .finally(() => {
      ended = true
    })
  return { frames, ended: () => ended, close: () => abort.abort() }
}
