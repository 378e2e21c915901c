import { request as httpRequest, type IncomingMessage } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sign } from '#contract/signature.ts'
import { punchEvent } from '../testing/events.ts'
import { type Browser, cookieOf, startProxy, type TestProxy, testPassword } from '../testing/start-proxy.ts'
import { until } from '../testing/until.ts'

let test: TestProxy
beforeAll(async () => {
  test = await startProxy()
})
afterAll(() => test.close())

async function open(browser: Browser, headers: Record<string, string> = {}) {
  const to = new URL('/api/events', test.url)
  const request = httpRequest(to, { headers: { cookie: browser.cookie, ...headers } })
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request.on('response', resolve).on('error', reject).end()
  })
  const stream = { text: '', closed: false, closedAt: 0 }
  response.setEncoding('utf8')
  response.on('data', (chunk: string) => {
    stream.text += chunk
  })
  response.on('close', () => {
    stream.closed = true
    stream.closedAt = performance.now()
  })
  response.on('error', () => undefined)
  return {
    status: response.statusCode,
    headers: response.headers,
    stream,
    lastId: () =>
      stream.text
        .match(/^id: (.+)$/gm)
        ?.at(-1)
        ?.slice(4) ?? '',
    close: () => request.destroy(),
  }
}

async function publish(id: string) {
  const text = JSON.stringify(punchEvent(id))
  const timestamp = Math.floor(test.clock.now() / 1000)
  const signature = await sign(test.keys.callbackSecret, id, timestamp, text)
  const signed = { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signature }
  const headers = { 'content-type': 'application/json', ...signed }
  await fetch(`${test.url}/callback/events`, { method: 'POST', headers, body: text })
}

async function enter(name: string) {
  await test.proxy.accounts.add({ name, roles: ['hr'], password: testPassword })
  const body = { Name: name, Password: testPassword }
  return test.browser(cookieOf(await test.browser().call('POST', '/api/session', { body })))
}

describe('the live connection', () => {
  it('needs a session and is not for pages of other sites', async () => {
    expect((await open(test.browser())).status).toBe(401)
    const hr = await test.signIn('hr')
    expect((await open(hr, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  })

  it('opens with headers that nothing in between may buffer, change or frame', async () => {
    const live = await open(await test.signIn('hr'))
    expect(live.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-store, no-transform',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    })
    await until(() => live.stream.text.includes('retry: 2000'), 'the first line')
    live.close()
  })

  it('carries a callback to the screen, and replays it to who was away', async () => {
    const hr = await test.signIn('hr')
    const live = await open(hr)
    await until(() => live.lastId(), 'the position')
    await publish('live-1')
    await until(() => live.stream.text.includes('"OperationID":"live-1"'), 'the punch')
    const position = live.lastId()
    live.close()
    await publish('live-2')
    const back = await open(hr, { 'last-event-id': position })
    await until(() => back.stream.text.includes('"OperationID":"live-2"'), 'the missed punch')
    expect(back.stream.text).not.toContain('live-1')
    const stranger = await open(hr, { 'last-event-id': 'other-process-7' })
    await until(() => stranger.stream.text.includes('event: resync'), 'the word resync')
    back.close()
    stranger.close()
  })

  it.each([
    ['the account is disabled', (name: string) => test.proxy.accounts.disable(name), 'session_ended'],
    ['the password is reset', (name: string) => test.proxy.accounts.resetPassword(name), 'session_ended'],
    ['the rights change', (name: string) => test.proxy.accounts.setRoles(name, ['viewer']), 'rights_changed'],
  ])('ends within two seconds when %s', async (what, change, reason) => {
    const name = what.replaceAll(' ', '-')
    const live = await open(await enter(name))
    await until(() => live.lastId(), 'the position')
    const startedAt = performance.now()
    await change(name)
    await until(() => live.stream.closed, 'the stream to close')
    expect(live.stream.closedAt - startedAt).toBeLessThan(2000)
    expect(live.stream.text).toContain(`event: end\ndata: {"reason":"${reason}"}`)
    await publish(`after-${reason}-${name}`)
    expect(live.stream.text).not.toContain(`after-${reason}`)
  })

  it('ends when signing out in another tab', async () => {
    const browser = await enter('two-tabs')
    const live = await open(browser)
    await until(() => live.lastId(), 'the position')
    await browser.call('DELETE', '/api/session')
    await until(() => live.stream.closed, 'the stream to close', 2000)
    expect(live.stream.text).toContain('event: end')
  })

  it('stays open when the password is changed in it, and ends in the other sessions', async () => {
    const here = await enter('careful')
    const body = { Name: 'careful', Password: testPassword }
    const elsewhere = test.browser(cookieOf(await test.browser().call('POST', '/api/session', { body })))
    const [live, other] = [await open(here), await open(elsewhere)]
    await until(() => live.lastId() && other.lastId(), 'the positions')
    const change = { Current: testPassword, New: 'another gate, another rain' }
    expect((await here.call('POST', '/api/session/password', { body: change })).status).toBe(204)
    await until(() => other.stream.closed, 'the other stream to close', 2000)
    expect(live.stream.closed).toBe(false)
    live.close()
  })

  it('allows eight in a session; the ninth waits until one is closed', async () => {
    const browser = await enter('many-tabs')
    const open8 = await Promise.all(Array.from({ length: 8 }, () => open(browser)))
    expect(open8.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200))
    const ninth = await open(browser)
    expect(ninth.status).toBe(429)
    expect(ninth.headers['retry-after']).toBe('10')
    open8[0]?.close()
    const again = await until(async () => {
      const live = await open(browser)
      return live.status === 200 ? live : null
    }, 'a free place')
    for (const live of [...open8, again]) live.close()
  })

  it('does not keep the server from closing', async () => {
    const other = await startProxy()
    const browser = await other.signIn('hr')
    const reply = await fetch(`${other.url}/api/events`, { headers: { cookie: browser.cookie } })
    expect(reply.status).toBe(200)
    const closed = await until(() => other.close().then(() => true), 'the proxy to close')
    expect(closed).toBe(true)
    await reply.text().catch(() => undefined)
  })
})
