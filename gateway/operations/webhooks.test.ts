import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operations } from '#contract/operations/index.ts'
import type { Permission } from '#contract/permissions.ts'
import type { OperationInput } from '#contract/types.ts'
import { silentLogger } from '#platform/logger.ts'
import { createDayKeeper } from '../attendance/days/keeper.ts'
import { createTraces } from '../device/trace.ts'
import type { Caller } from '../http/caller.ts'
import { insertDevice, newDevice } from '../store/devices.ts'
import { createStore, type Store } from '../store/index.ts'
import { openSecret } from '../webhooks/secrets.ts'
import { benchConfig } from '../webhooks/testing/bench-config.ts'
import { createManualClock } from '../webhooks/testing/clock.ts'
import { webhookHandlers } from './webhooks.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-register-'))
const clock = createManualClock(Date.parse('2026-03-02T03:28:44Z'))
let store: Store
let woken = 0
beforeAll(async () => {
  store = await createStore({ file: join(folder, 'gateway.db') })
  await store.write(trx =>
    insertDevice(trx, newDevice('SN1', { state: 'adopted', zone: 'UTC', site: 'Main', now: 0 })),
  )
})
afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

let tokens = 0
function callOf(change: Partial<Caller> = {}) {
  const caller: Caller = {
    tokenId: ++tokens,
    permissions: 'all',
    devices: 'all',
    ratePerMinute: 0,
    actor: null,
    ...change,
  }
  const deps = {
    config: benchConfig,
    store,
    clock,
    log: silentLogger,
    days: createDayKeeper({ store, clock, log: silentLogger }),
    intake: { filed: async () => {}, punchesKept: () => 0 },
    wakeCommands: () => {},
    alerts: { send: async () => ({ ok: true, answer: '' }) },
    traces: createTraces({ now: () => 0 }),
    onDevicesRemoved: () => {},
    wakeDelivery: () => void woken++,
  }
  return { deps, caller, idempotencyKey: null }
}

const register = (input: OperationInput<'webhooks.register'>, call = callOf()) =>
  webhookHandlers['webhooks.register'](operations['webhooks.register'].input.parse(input), call)
const listed = async (call = callOf()) =>
  operations['webhooks.list'].answers[200].parse((await webhookHandlers['webhooks.list']({}, call)).body)
    .Subscriptions
const rowOf = (id: string) =>
  store.read.selectFrom('subscription').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const rights = (...names: Permission[]) =>
  new Set<Permission>(['webhooks:write', 'attendance:read', ...names])

describe('registering a webhook', () => {
  it('makes a secret, shows it once, keeps it sealed, and lists the address without its query values', async () => {
    const call = callOf()
    const made = await register(
      { CallbackUrl: 'https://receiver.example/hook?db=main&key=s3cret', MaxAgeSeconds: 3600 },
      call,
    )
    expect(made.body.SecurityKey).toMatch(/^whsec_/)
    const row = await rowOf(made.body.SubscriptionID)
    expect(JSON.stringify(row)).not.toContain(made.body.SecurityKey)
    expect(openSecret(benchConfig.sealKey, row.secret)).toBe(made.body.SecurityKey)
    const shown = (await listed()).find(({ SubscriptionID }) => SubscriptionID === row.id)
    expect(shown).toMatchObject({
      CallbackUrl: 'https://receiver.example/hook?db=[hidden]&key=[hidden]',
      Events: ['OnAttendance'],
      DeviceSN: null,
      State: 'Active',
      Acknowledgement: 'done',
      MaxAgeSeconds: 3600,
      Delivered: 0,
      Pending: 0,
      Parked: 0,
    })
    expect(JSON.stringify(shown)).not.toContain('s3cret')
  })

  it('changes the same address of the same token instead of adding one, and keeps its secrets', async () => {
    const call = callOf()
    const first = await register({ CallbackUrl: 'https://a.example/', CallbackToken: 'tok-1' }, call)
    const before = await rowOf(first.body.SubscriptionID)
    await store.write(trx =>
      trx.updateTable('subscription').set({ state: 'Paused' }).where('id', '=', before.id).execute(),
    )
    const wokenBefore = woken
    const again = await register(
      { CallbackUrl: 'https://a.example/', Events: ['OnDoor'], Acknowledgement: 'any2xx' },
      call,
    )
    expect(again.body).toEqual({ SubscriptionID: first.body.SubscriptionID })
    const after = await rowOf(before.id)
    expect(after).toMatchObject({
      events: '["OnDoor"]',
      ack: 'any2xx',
      state: 'Active',
      secret: before.secret,
      callback_token: before.callback_token,
    })
    expect(woken).toBeGreaterThan(wokenBefore)
    await register(
      {
        CallbackUrl: 'https://a.example/',
        CallbackToken: '',
        SecurityKey: randomBytes(32).toString('base64'),
      },
      call,
    )
    expect((await rowOf(before.id)).callback_token).toBeNull()
    expect((await rowOf(before.id)).secret).not.toBe(before.secret)
    expect((await register({ CallbackUrl: 'https://a.example/' })).body.SubscriptionID).not.toBe(before.id)
  })

  it.each([
    'http://127.0.0.1:8080/hook',
    'http://2130706433/',
    'http://[::1]/',
    'http://localhost/',
    'http://192.168.1.9/',
    'http://user:pass@receiver.example/',
    'http://169.254.169.254/',
  ])('refuses %s without the right to send there', async CallbackUrl => {
    const call = callOf({ permissions: rights() })
    await expect(register({ CallbackUrl }, call)).rejects.toMatchObject({
      code: 'WEBHOOK_URL_REFUSED',
      field: 'CallbackUrl',
    })
  })

  it('lets a token with webhooks:local send to the local network, and remembers that it may', async () => {
    const local = await register(
      { CallbackUrl: 'http://192.168.1.9/' },
      callOf({ permissions: rights('webhooks:local') }),
    )
    expect((await rowOf(local.body.SubscriptionID)).local_allowed).toBe(1)
    const open = await register(
      { CallbackUrl: 'https://receiver.example/' },
      callOf({ permissions: rights() }),
    )
    expect((await rowOf(open.body.SubscriptionID)).local_allowed).toBe(0)
  })

  it('sends nobody what the token may not read', async () => {
    const call = callOf({ permissions: new Set<Permission>(['webhooks:write', 'devices:read']) })
    const CallbackUrl = 'https://reader.example/'
    await expect(register({ CallbackUrl, Events: ['OnAttendance'] }, call)).rejects.toMatchObject({
      code: 'PERMISSION_DENIED',
    })
    expect((await register({ CallbackUrl, Events: ['OnDeviceStatus'] }, call)).status).toBe(200)
  })

  it('keeps an encryption key sealed, for the form that has one, until it is taken away', async () => {
    const call = callOf()
    const CallbackUrl = 'https://encrypted.example/'
    const EncryptionKey = 'Kq3vX9mB2nL7pR4tY8wZ1cD6fG5hJ0sA'
    const made = await register(
      { CallbackUrl, Format: 'web-api-3', EncryptionKey, EncryptionPadding: 'zero' },
      call,
    )
    const id = made.body.SubscriptionID
    const row = await rowOf(id)
    expect(JSON.stringify([row, await listed(call)])).not.toContain(EncryptionKey)
    expect(openSecret(benchConfig.sealKey, row.body_key ?? '')).toBe(EncryptionKey)
    expect(row.body_padding).toBe('zero')
    await register({ CallbackUrl, Format: 'web-api-3' }, call)
    expect((await rowOf(id)).body_key).toBe(row.body_key)
    await register({ CallbackUrl, Format: 'web-api-3', EncryptionKey: '' }, call)
    expect(await rowOf(id)).toMatchObject({ body_key: null, body_padding: null })
    await register({ CallbackUrl, Format: 'web-api-3', EncryptionKey }, call)
    await register({ CallbackUrl, Format: 'web-api-2' }, call)
    expect(await rowOf(id)).toMatchObject({ format: 'web-api-2', body_key: null })
  })

  it('refuses what a form could never send', async () => {
    const CallbackUrl = 'https://d.example/'
    await expect(
      register({ CallbackUrl, Format: 'web-api-1', Events: ['OnDoor', 'OnUserUpdated'] }),
    ).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'Events' })
    await expect(
      register({ CallbackUrl, Format: 'web-api-2', EncryptionKey: 'k'.repeat(32) }),
    ).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'EncryptionKey' })
    const Events = ['OnAttendance', 'OnDoor'] as const
    expect((await register({ CallbackUrl, Format: 'web-api-1', Events: [...Events] })).status).toBe(200)
  })

  it('refuses a filter for a terminal nobody knows', async () => {
    await expect(
      register({ CallbackUrl: 'https://b.example/', DeviceSN: ['SN1', 'NOBODY'] }),
    ).rejects.toMatchObject({
      code: 'DEVICE_NOT_FOUND',
      detail: expect.stringContaining('NOBODY'),
    })
  })

  it('tells a token for some terminals of these only, and shows it only its own receivers', async () => {
    const call = callOf({ devices: new Set(['SN1']) })
    const { body } = await register({ CallbackUrl: 'https://c.example/' }, call)
    expect(await listed(call)).toMatchObject([{ SubscriptionID: body.SubscriptionID, DeviceSN: ['SN1'] }])
    expect((await listed()).length).toBeGreaterThan(1)
  })
})
