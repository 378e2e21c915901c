import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorTable } from '#contract/error-table.ts'
import { isErrorCode } from '#contract/errors.ts'
import type { OperationRecord } from '#contract/operation.ts'
import { operations } from '#contract/operations/index.ts'
import type { OperationId } from '#contract/types.ts'
import { sampleInput } from '../support/sample-input.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'

interface Reply {
  status: number
  body: Record<string, unknown>
  headers: Headers
}

let running: TestGateway
beforeAll(async () => {
  running = await startGateway()
})
afterAll(async () => {
  await running.stop()
  await guessedAt?.stop()
})

/** Wrong tokens are counted by address, so that every hundred operations are guessed at on a gateway of their own. */
let guessedAt: TestGateway | undefined
let guessed = 0
async function freshGateway(): Promise<TestGateway> {
  if (!guessedAt || guessed % 100 === 0) {
    await guessedAt?.stop()
    guessedAt = await startGateway()
  }
  guessed += 1
  return guessedAt
}

async function ask(path: string, init: RequestInit = {}, at = running): Promise<Reply> {
  const reply = await fetch(`${at.apiUrl}${path}`, init)
  const text = await reply.text()
  const isJson = reply.headers.get('content-type')?.startsWith('application/json')
  return {
    status: reply.status,
    body: (isJson ? JSON.parse(text) : {}) as Record<string, unknown>,
    headers: reply.headers,
  }
}

const json = (body: object, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
})
const form = (body: object, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  body: query(body),
})

function query(fields: object): string {
  return new URLSearchParams(
    Object.entries(fields).map(([name, value]): [string, string] => [
      name,
      typeof value === 'object' ? JSON.stringify(value) : String(value),
    ]),
  ).toString()
}

const flat = (fields: object) => Object.values(fields).every(value => typeof value !== 'object')
const rows = Object.entries(operations) as [OperationId, OperationRecord][]
const swapCase = (text: string) =>
  [...text].map((char, index) => (index % 2 === 0 ? char.toLowerCase() : char.toUpperCase())).join('')

/** Each operation is tried with two wrong tokens, and an address may send 300 a minute. */
const operationsPerGateway = 100
let tried = 0

describe.each(rows)('%s', (id, record) => {
  beforeAll(async () => {
    tried += 1
    if (tried % operationsPerGateway > 0) return
    await running.stop()
    running = await startGateway()
  })
  const sample = sampleInput(id)
  const token = () => ({ AuthToken: running.token })
  /** An answer that only a request that got through can have: done, a declared error, or not built yet. */
  const gotThrough = ({ status, body, headers }: Reply) => {
    expect([
      'TOKEN_MISSING',
      'TOKEN_INVALID',
      'OPERATION_NOT_FOUND',
      'METHOD_NOT_ALLOWED',
      'INVALID_INPUT',
      'INVALID_BODY',
      'INTERNAL',
    ]).not.toContain(body.code)
    if (status === 200 && record.file && headers.has('content-disposition'))
      expect(Object.values(record.file)).toContain(headers.get('content-type'))
    else if (status === 200) expect(body).toMatchObject({ StatusCode: 0, Status: 'done' })
    else
      expect(body).toMatchObject({
        StatusCode: expect.any(Number),
        Status: expect.stringMatching(/^API_RESPONSE_/),
        code: expect.any(String),
        detail: expect.any(String),
      })
  }

  it.each(
    [record.name, ...record.aliases].flatMap(name => [
      name,
      name.toLowerCase(),
      name.toUpperCase(),
      swapCase(name),
    ]),
  )('answers to %s', async name => {
    gotThrough(await ask(`/v3/${name}`, json(sample, token())))
  })

  it('is found by op= and by Operation', async () => {
    gotThrough(await ask(`/v3?op=${record.name.toLowerCase()}`, json(sample, token())))
    gotThrough(await ask('/v3/', json({ ...sample, Operation: record.name }, token())))
  })

  it('takes query, form and JSON alike', async () => {
    const answers = [await ask(`/v3/${record.name}`, json(sample, token()))]
    if (flat(sample)) {
      answers.push(
        await ask(`/v3/${record.name}`, form(sample, token())),
        await ask(`/v3/${record.name}?${query(sample)}`, { method: record.method, headers: token() }),
      )
    }
    for (const answer of answers) gotThrough(answer)
    expect(new Set(answers.map(({ status }) => status)).size).toBe(1)
  })

  it('takes the AuthToken as header, X-Auth-Token, bearer, query and body field', async () => {
    const { token: value } = running
    for (const reply of [
      await ask(`/v3/${record.name}`, json(sample, { AuthToken: value })),
      await ask(`/v3/${record.name}`, json(sample, { 'X-Auth-Token': value })),
      await ask(`/v3/${record.name}`, json(sample, { authorization: `Bearer ${value}` })),
      await ask(`/v3/${record.name}?AuthToken=${value}`, json(sample)),
      await ask(`/v3/${record.name}`, json({ ...sample, AuthToken: value })),
    ])
      gotThrough(reply)
  })

  it('refuses a missing and a wrong token with 401', async () => {
    const at = await freshGateway()
    expect((await ask(`/v3/${record.name}`, json(sample), at)).body).toMatchObject({
      code: 'TOKEN_MISSING',
      StatusCode: 7,
    })
    const wrong = await ask(`/v3/${record.name}`, json(sample, { AuthToken: 'x'.repeat(32) }), at)
    expect([wrong.status, wrong.body.code, wrong.body.Status]).toEqual([
      401,
      'TOKEN_INVALID',
      'API_RESPONSE_INVALID_AUTHTOKEN',
    ])
  })

  it('refuses a token without the right', async () => {
    const weak = await running.makeToken({ permissions: [] })
    const reply = await ask(`/v3/${record.name}`, json(sample, { AuthToken: weak }))
    expect([reply.status, reply.body.code]).toEqual([403, 'PERMISSION_DENIED'])
    expect(reply.body.detail).toContain(record.permission)
  })

  it('answers 429 with Retry-After above the rate of the token', async () => {
    const slow = await running.makeToken({ ratePerMinute: 1 })
    await ask(`/v3/${record.name}`, json(sample, { AuthToken: slow }))
    const reply = await ask(`/v3/${record.name}`, json(sample, { AuthToken: slow }))
    expect([reply.status, reply.body.code]).toEqual([429, 'RATE_LIMITED'])
    expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  const required = Object.entries(record.input.shape)
    .filter(([, field]) => !field.safeParse(undefined).success)
    .map(([name]) => name)
  if (required.length > 0)
    it('names the field that is missing', async () => {
      for (const field of required) {
        const { [field]: _, ...rest } = sample
        const reply = await ask(`/v3/${record.name}`, json(rest, token()))
        expect([reply.status, reply.body.field]).toEqual([400, field])
        expect(reply.body.detail).toContain(field)
      }
    })

  if ('DeviceSN' in record.input.shape)
    it('refuses a serial number that is none, naming the field', async () => {
      const reply = await ask(`/v3/${record.name}`, json({ ...sample, DeviceSN: 'no serial!' }, token()))
      expect([reply.status, reply.body.code, reply.body.field]).toEqual([400, 'INVALID_INPUT', 'DeviceSN'])
    })

  if ('FromDate' in record.input.shape)
    it('refuses a date that does not exist and a range that runs backwards', async () => {
      const reply = await ask(`/v3/${record.name}`, json({ ...sample, FromDate: '2026-02-30' }, token()))
      expect([reply.status, reply.body.code, reply.body.field]).toEqual([400, 'INVALID_DATE', 'FromDate'])
      expect(reply.body.detail).toContain('2026-02-30')
    })

  if ('DeviceSN' in sample && record.errors.includes('DEVICE_NOT_FOUND'))
    it('answers 404 for a device nobody knows, 401 for one the token may not see', async () => {
      const scoped = await running.makeToken({ devices: ['OTHER1'] })
      const refused = await ask(`/v3/${record.name}`, json(sample, { AuthToken: scoped }))
      expect([refused.status, refused.body.code]).toEqual([401, 'DEVICE_NOT_ALLOWED'])
      const reply = await ask(`/v3/${record.name}`, json(sample, token()))
      if (reply.body.code !== 'NOT_BUILT_YET')
        expect([reply.status, reply.body.code, reply.body.StatusCode]).toEqual([404, 'DEVICE_NOT_FOUND', 2])
    })

  if (record.method === 'POST')
    it('does not act on a GET', async () => {
      const reply = await ask(`/v3/${record.name}?${query(sample)}`, { headers: token() })
      expect([reply.status, reply.body.code]).toEqual([405, 'METHOD_NOT_ALLOWED'])
    })

  it('declares errors that exist, and sensitive fields that exist', () => {
    for (const code of record.errors)
      expect(isErrorCode(code) && errorTable[code].status).toBeGreaterThanOrEqual(400)
    const answer = JSON.stringify(record.answers[200].toJSONSchema({ unrepresentable: 'any' }))
    for (const field of Object.keys(record.sensitive ?? {})) expect(answer).toContain(`"${field}"`)
    if (record.method === 'GET') expect(record.changes).toEqual([])
    else expect(record.audit?.subject).toBeTypeOf('string')
    if (record.file) expect(Object.keys(record.file)).toEqual(record.input.shape.Format?.unwrap?.().options)
  })
})

describe('the edge', () => {
  it('answers 404 with the contract body for names nobody has', async () => {
    const reply = await ask('/v3/MakeCoffee', { headers: { AuthToken: running.token } })
    expect([reply.status, reply.body.code, reply.body.detail]).toEqual([
      404,
      'OPERATION_NOT_FOUND',
      expect.stringContaining('MakeCoffee'),
    ])
  })

  it('says where broken JSON broke and keeps working', async () => {
    const reply = await ask('/v3/ListDevices', {
      method: 'POST',
      headers: { AuthToken: running.token, 'content-type': 'application/json' },
      body: '{"a":',
    })
    expect([reply.status, reply.body.code]).toEqual([400, 'INVALID_BODY'])
    expect((await ask('/v3/ListDevices', { headers: { AuthToken: running.token } })).status).toBe(200)
  })

  it('refuses a body over the limit with 413', async () => {
    const reply = await ask('/v3/ListDevices', {
      method: 'POST',
      headers: { AuthToken: running.token },
      body: 'x'.repeat(17 * 1024 * 1024),
    })
    expect([reply.status, reply.body.code]).toEqual([413, 'BODY_TOO_LARGE'])
  })

  it('echoes the OperationID of the caller and lets the body win over the query', async () => {
    const reply = await ask(
      '/v3/ListDevices?OperationID=fromquery',
      json({ OperationID: 'abc123' }, { AuthToken: running.token }),
    )
    expect(reply.body.OperationID).toBe('abc123')
  })

  it('slows down somebody who guesses tokens', async () => {
    const replies = []
    for (let attempt = 0; attempt < 400; attempt += 1) {
      const reply = await ask('/v3/ListDevices', { headers: { AuthToken: `guess${attempt}` } })
      replies.push(reply.status)
      if (reply.status === 429) break
    }
    expect(replies.at(-1)).toBe(429)
    expect((await ask('/v3/ListDevices', { headers: { AuthToken: running.token } })).status).toBe(200)
  })

  it('is healthy, ready and measured', async () => {
    expect((await ask('/healthz')).body).toMatchObject({ status: 'ok' })
    expect((await ask('/readyz')).body).toMatchObject({ status: 'ok', store: 'sqlite' })
    const metrics = await fetch(`${running.apiUrl}/metrics`)
    expect(metrics.headers.get('content-type')).toContain('openmetrics')
    const text = await metrics.text()
    for (const name of ['gatehouse_punches ', 'gatehouse_punches_waiting 0']) expect(text).toContain(name)
  })
})
