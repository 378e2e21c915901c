import Fastify from 'fastify'
import { expect, it } from 'vitest'
import { OperationError } from '#contract/errors.ts'
import { registerStatusPage } from './routes.ts'

const page = {
  Enabled: true,
  Title: 'Terminals',
  At: '2026-03-02T08:00:00.000Z',
  Sites: [
    { Site: '<East> & co', State: 'partly', Message: '"Look"', Since: '2026-03-02T07:50:00.000Z' },
    { Site: 'West', State: 'working', Message: null, Since: null },
  ],
}

function start(answer: object) {
  let asked = 0
  let now = 0
  const app = Fastify()
  app.setErrorHandler((error, _request, reply) =>
    reply.status(error instanceof OperationError ? error.status : 500).send(),
  )
  const upstream = {
    send: async () => {
      asked += 1
      const body = Buffer.from(JSON.stringify(answer))
      const hiddenFields = new Set<string>()
      return {
        status: 200,
        contentType: 'application/json',
        retryAfter: undefined,
        contentDisposition: undefined,
        hiddenFields,
        bindsSites: false,
        rowCount: null,
        body,
      }
    },
  }
  registerStatusPage(app, {
    config: { publicUrl: undefined },
    upstream,
    clock: { now: () => now, sleep: async () => undefined },
  })
  const get = () => app.inject({ url: '/status' })
  const pass = (ms: number) => {
    now += ms
  }
  return { get, pass, asked: () => asked }
}

it('tells of each site in words, and lets nothing it was told become markup', async () => {
  const { get } = start(page)
  const reply = await get()
  expect(reply.statusCode).toBe(200)
  expect(reply.body).toContain('&lt;East&gt; &amp; co')
  expect(reply.body).toContain('Partly working since 2026-03-02 07:50 UTC')
  expect(reply.body).toContain('&quot;Look&quot;')
  expect(reply.body).not.toContain('<East>')
  expect(reply.body).not.toContain('<script')
})

it('is not there while it is switched off', async () => {
  const { get } = start({ ...page, Enabled: false })
  expect((await get()).statusCode).toBe(404)
})

it('asks the gateway once for many readers, and turns away who asks too often', async () => {
  const { get, pass, asked } = start(page)
  for (let time = 0; time < 60; time += 1) expect((await get()).statusCode).toBe(200)
  expect(asked()).toBe(1)
  expect((await get()).statusCode).toBe(429)
  pass(61_000)
  expect((await get()).statusCode).toBe(200)
  expect(asked()).toBe(2)
})
