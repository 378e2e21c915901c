import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventNames } from '#contract/entities/subscription.ts'
import { sign } from '#contract/signature.ts'
import { startProxy, type TestProxy } from '../testing/start-proxy.ts'
import { until } from '../testing/until.ts'

let test: TestProxy
beforeAll(async () => {
  test = await startProxy()
})
afterAll(() => test.close())

const commandEvent = (CommandID: string, State: string, ReturnCode: number | null = 0) => ({
  Event: 'OnCommand',
  OperationID: `c-${CommandID}-${State}`,
  OccurredAt: '2026-03-02T09:00:00.000Z',
  CommandID,
  Operation: 'OpenDoor',
  DeviceSN: 'GATE1',
  State,
  ReturnCode,
  Error: null,
  DoorNo: 1,
})

interface Telling {
  id?: string
  ageSeconds?: number
  secret?: string
  headers?: Record<string, string>
}

async function tell(to: TestProxy, body: object, how: Telling = {}) {
  const { id = randomUUID(), ageSeconds = 0, secret = to.keys.callbackSecret, headers = {} } = how
  const text = JSON.stringify(body)
  const timestamp = Math.floor(to.clock.now() / 1000) - ageSeconds
  const signed = {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': await sign(secret, id, timestamp, text),
  }
  const reply = await fetch(`${to.url}/callback/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...signed, ...headers },
    body: text,
  })
  return { status: reply.status, body: (await reply.json()) as Record<string, unknown> }
}

async function orderedDoor(commandId: string) {
  test.gateway.answerJson('OpenDoor', { CommandID: commandId, State: 'Queued' })
  const security = await test.signIn('security')
  await security.call('POST', '/api/v3/OpenDoor', {
    body: { DeviceSN: 'GATE1' },
    headers: { 'idempotency-key': randomUUID() },
  })
}

async function newestEntry() {
  const admin = await test.signIn('admin')
  const reply = await admin.call('GET', '/api/audit?Action=doors.open&Limit=1')
  return (reply.body.Entries as Record<string, unknown>[])[0]
}

describe('a callback', () => {
  it('that is signed is taken and answered as any good receiver would', async () => {
    expect(await tell(test, commandEvent('x1', 'Sent'))).toEqual({ status: 200, body: { status: 'done' } })
  })

  it.each([
    ['another secret', { secret: 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }, 'SIGNATURE_INVALID'],
    ['another id than was signed', { headers: { 'webhook-id': 'other' } }, 'SIGNATURE_INVALID'],
    ['another time than was signed', { headers: { 'webhook-timestamp': '1' } }, 'SIGNATURE_INVALID'],
    ['no signature', { headers: { 'webhook-signature': '' } }, 'SIGNATURE_INVALID'],
    ['a signature of six minutes ago', { ageSeconds: 360 }, 'CALLBACK_TOO_OLD'],
    ['a signature of the future', { ageSeconds: -360 }, 'CALLBACK_TOO_OLD'],
  ])('with %s is refused and changes nothing', async (_what, how, code) => {
    await orderedDoor(`refused-${code}-${_what}`)
    const told = await tell(test, commandEvent(`refused-${code}-${_what}`, 'Done'), how)
    expect(told.status).toBe(401)
    expect(told.body.code).toBe(code)
    expect(await newestEntry()).toMatchObject({ Outcome: 'accepted' })
  })

  it('with a body that was changed on the way is refused', async () => {
    const id = randomUUID()
    const timestamp = Math.floor(test.clock.now() / 1000)
    const reply = await fetch(`${test.url}/callback/events`, {
      method: 'POST',
      headers: {
        'webhook-id': id,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': await sign(test.keys.callbackSecret, id, timestamp, '{"a":1}'),
      },
      body: '{"a":2}',
    })
    expect(reply.status).toBe(401)
  })

  it('of a token alone is refused while the gateway is our own', async () => {
    const body = { ...commandEvent('x2', 'Done'), AuthToken: test.keys.callbackToken }
    expect((await tell(test, body, { headers: { 'webhook-signature': '' } })).status).toBe(401)
  })

  it('of a kind nobody knows is taken, so that the gateway does not repeat it for ever', async () => {
    expect((await tell(test, { Event: 'OnMars' })).status).toBe(200)
    expect((await tell(test, { no: 'event' })).status).toBe(200)
  })

  it.each([
    ['Done', 'done', null],
    ['Failed', 'failed', 'DEVICE_-2'],
    ['Expired', 'expired', null],
    ['Cancelled', 'failed', 'CANCELLED'],
    ['Unconfirmed', 'unconfirmed', null],
  ])('that an order is %s completes the audit', async (state, outcome, code) => {
    await orderedDoor(`end-${state}`)
    expect(await newestEntry()).toMatchObject({ Outcome: 'accepted' })
    await tell(test, commandEvent(`end-${state}`, 'Sent'))
    expect(await newestEntry()).toMatchObject({ Outcome: 'accepted' })
    await tell(test, commandEvent(`end-${state}`, state, state === 'Failed' ? -2 : null))
    expect(await newestEntry()).toMatchObject({ Outcome: outcome, Code: code, CommandID: `end-${state}` })
  })

  it('that was heard before is answered and forgotten, also after a restart', async () => {
    const rows = async () => (await test.db.read.selectFrom('audit').select('id').execute()).length
    await orderedDoor('repeated')
    const before = await rows()
    await tell(test, commandEvent('repeated', 'Done'), { id: 'same-id' })
    await tell(test, commandEvent('repeated', 'Done'), { id: 'same-id' })
    expect(await rows()).toBe(before + 1)
    const kept = test.db.read.selectFrom('callback_seen').select('id').where('id', '=', 'same-id')
    await until(() => kept.executeTakeFirst(), 'the id to be kept')
  })

  it('that cannot be taken now is asked for again', async () => {
    const other = await startProxy()
    await other.db.write(trx => trx.schema.alterTable('audit').renameTo('gone').execute())
    const told = await tell(other, commandEvent('later', 'Done'), { id: 'later-id' })
    expect(told.status).toBe(503)
    await other.db.write(trx => trx.schema.alterTable('gone').renameTo('audit').execute())
    expect((await tell(other, commandEvent('later', 'Done'), { id: 'later-id' })).status).toBe(200)
    await other.close()
  })
})

describe('with a gateway elsewhere', () => {
  it('that cannot sign, its token is enough, and nothing less', async () => {
    const remote = await startProxy({ gatewayMode: 'remote' })
    const unsigned = (body: object) =>
      fetch(`${remote.url}/callback/events`, { method: 'POST', body: JSON.stringify(body) })
    const event = commandEvent('r1', 'Done')
    expect((await unsigned({ ...event, AuthToken: remote.keys.callbackToken })).status).toBe(200)
    expect((await unsigned({ ...event, AuthToken: 'guess' })).status).toBe(401)
    expect((await unsigned(event)).status).toBe(401)
    const forged = { headers: { 'webhook-signature': 'v1,AAAA' } }
    expect((await tell(remote, { ...event, AuthToken: remote.keys.callbackToken }, forged)).status).toBe(401)
    await remote.close()
  })
})

describe('registering', () => {
  it('asks for every event, with the token that may, until the gateway agrees', async () => {
    const other = await startProxy()
    other.gateway.answer('RegisterWebhook', (_request, response, times) => {
      response.writeHead(times < 3 ? 503 : 200, { 'content-type': 'application/json' })
      response.end('{}')
    })
    await other.proxy.registerCallback(other.url)
    const heard = other.gateway.heardOf('RegisterWebhook')
    expect(heard).toHaveLength(3)
    expect(heard[0]?.headers.authtoken).toBe('token-for-registering-0000000000')
    expect(heard[0]?.body).toMatchObject({
      CallbackUrl: `${other.url}/callback/events`,
      Events: [...eventNames],
      SecurityKey: other.keys.callbackSecret,
      CallbackToken: other.keys.callbackToken,
    })
    await other.close()
  })

  it('asks again when the gateway comes back after having been away', async () => {
    const other = await startProxy()
    await other.proxy.registerCallback(other.url)
    const security = await other.signIn('security')
    const order = { body: { DeviceSN: 'GATE1' }, headers: { 'idempotency-key': 'away-away' } }
    other.gateway.answer('OpenDoor', (_request, response) => void response.socket?.destroy())
    await security.call('POST', '/api/v3/OpenDoor', order)
    expect(other.gateway.heardOf('RegisterWebhook')).toHaveLength(1)
    await security.call('GET', '/api/v3/GetDoorStatus')
    await until(() => other.gateway.heardOf('RegisterWebhook').length === 2, 'the second registration')
    await other.close()
  })

  it('asks a hosted gateway for the four published events when it knows no others', async () => {
    const remote = await startProxy({ gatewayMode: 'remote' })
    remote.gateway.answer('RegisterWebhook', ({ body }, response) => {
      response.writeHead((body.Events as string[]).length > 4 ? 400 : 200, {
        'content-type': 'application/json',
      })
      response.end('{}')
    })
    await remote.proxy.registerCallback('https://gate.example')
    expect(remote.gateway.heardOf('RegisterWebhook').at(-1)?.body.Events).toEqual([
      'OnAttendance',
      'OnDeviceStatus',
      'OnUserSync',
      'OnMigration',
    ])
    await remote.close()
  })
})
