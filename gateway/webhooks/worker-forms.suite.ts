import { expect, it } from 'vitest'
import { verify } from '#contract/signature.ts'
import type { Store } from '../store/index.ts'
import { decryptBody } from '../web-api/body-encryption.ts'
import { sealSecret } from './secrets.ts'
import { openBench } from './testing/bench.ts'
import { benchConfig } from './testing/bench-config.ts'
import { punchEvent, statusEvent, userUpdatedEvent } from './testing/events.ts'
import { answers, type Received } from './testing/receiver.ts'

const token = '0123456789abcdef0123456789abcdef'
const key = 'Kq3vX9mB2nL7pR4tY8wZ1cD6fG5hJ0sA'

/** The promises about the older forms, for either database. */
export function formsSuite(open: () => Promise<Store>): void {
  it.each([
    ['web-api-3', 'application/json', /^\{"RealTime":\{"OperationID":"p1","LabelName":"North gate"/],
    ['web-api-2', 'application/x-www-form-urlencoded', /^request_data=%7B%22ServiceTagId%22%3A%22SN1%22/],
    [
      'web-api-1',
      'application/x-www-form-urlencoded',
      /^stgid=SN1&userid=2001&att_time=1772441921&att_type=i/,
    ],
  ] as const)('speaks %s where a subscription asks for it, signed as sent', async (format, type, body) => {
    await using bench = await openBench(open)
    await bench.subscribe({ format, token, url: `${bench.receiver.url}?db=main&direction=2` })
    const worker = bench.worker()
    await bench.record([punchEvent({ OperationID: 'p1', DeviceSN: 'SN1' })])
    const [got] = await bench.receiver.waitFor(1)
    await worker.idle()
    expect(got?.url).toBe('/hook?db=main&direction=2&stgid=SN1')
    expect(got?.headers['content-type']).toBe(type)
    expect(got?.text).toMatch(body)
    expect(got?.text).toContain(token)
    expect(await verify(bench.secret, signatureOf(got), got?.text ?? '', bench.clock.now())).toBe('ok')
    expect(await bench.deliveries()).toMatchObject([{ state: 'delivered' }])
  })

  it.each(['pkcs7', 'zero'] as const)(
    'encrypts a body filled with %s, and signs it as sent',
    async padding => {
      await using bench = await openBench(open)
      const sealed = sealSecret(benchConfig.sealKey, key)
      const id = await bench.subscribe({ format: 'web-api-3', token, bodyKey: { sealed, padding } })
      const worker = bench.worker()
      await bench.record([punchEvent({ OperationID: 'p1', DeviceSN: 'SN1' })])
      const [got] = await bench.receiver.waitFor(1)
      await worker.idle()
      expect(got?.text).toMatch(/^[A-Za-z0-9+/]+=*$/)
      expect(got?.headers['content-type']).toBe('text/plain')
      const opened = decryptBody(key, got?.text ?? '')
      expect(opened?.padding).toBe(padding)
      expect(JSON.parse(opened?.text ?? '').RealTime).toMatchObject({ SerialNumber: 'SN1', AuthToken: token })
      expect(await verify(bench.secret, signatureOf(got), got?.text ?? '', bench.clock.now())).toBe('ok')
      expect(await bench.subscription(id)).toMatchObject({ Format: 'web-api-3', Encrypted: true })
    },
  )

  it('keeps nothing for a form that has no words for it', async () => {
    await using bench = await openBench(open)
    const events = ['OnAttendance', 'OnDeviceStatus', 'OnUserUpdated']
    for (const format of ['v3', 'web-api-3', 'web-api-1'] as const) await bench.subscribe({ format, events })
    expect(await bench.record([statusEvent({})])).toBe(1)
    expect(await bench.record([userUpdatedEvent({})])).toBe(2)
    expect(await bench.record([punchEvent({})])).toBe(3)
  })

  it('parks what was recorded for a form the subscription no longer has, and goes on', async () => {
    await using bench = await openBench(open)
    const subscription = { tokenId: 901, events: ['OnAttendance', 'OnDeviceStatus'] }
    await bench.subscribe(subscription)
    await bench.record([
      statusEvent({ OperationID: 's1', DeviceSN: 'SN1' }),
      punchEvent({ OperationID: 'p1', DeviceSN: 'SN1' }),
    ])
    const id = await bench.subscribe({ ...subscription, format: 'web-api-1' })
    await bench.worker().idle()
    expect(bench.receiver.received.map(({ id: sent }) => sent)).toEqual(['p1'])
    expect(await bench.deliveries()).toMatchObject([{ state: 'parked' }, { state: 'delivered' }])
    expect((await bench.subscription(id)).LastError).toContain('no words for OnDeviceStatus')
  })

  it('hears a refusal stated with 200, tries again and tells which it was', async () => {
    await using bench = await openBench(open)
    const id = await bench.subscribe({ format: 'web-api-3', ack: 'any2xx' })
    const refusal = { status: 200, body: '{"status":"API_RESPONSE_INVALID_AUTHTOKEN"}' }
    bench.receiver.answer(() => (bench.receiver.received.length === 1 ? refusal : answers.success))
    const worker = bench.worker()
    await bench.record([punchEvent({})])
    await worker.idle()
    expect((await bench.subscription(id)).LastError).toBe('Answered 200 with API_RESPONSE_INVALID_AUTHTOKEN')
    await bench.pass(5_000)
    await bench.receiver.waitFor(2)
    await worker.idle()
    expect(await bench.deliveries()).toMatchObject([{ state: 'delivered', attempts: 2 }])
  })

  it('calls again after a 403 that says done', async () => {
    await using bench = await openBench(open)
    await bench.subscribe({ format: 'web-api-3' })
    bench.receiver.answer(() =>
      bench.receiver.received.length === 1 ? answers.forbiddenDone : answers.doneAsHtml,
    )
    const worker = bench.worker()
    await bench.record([punchEvent({ OperationID: 'p1' })])
    await worker.idle()
    await bench.pass(5_000)
    await bench.receiver.waitFor(2)
    await worker.idle()
    expect(await bench.deliveries()).toMatchObject([{ state: 'delivered', attempts: 2 }])
  })

  it('says what the form asks for where it is not said', async () => {
    await using bench = await openBench(open)
    const id = await bench.subscribe({ format: 'web-api-1', ack: 'exact' })
    const worker = bench.worker()
    await bench.record([punchEvent({})])
    await worker.idle()
    expect((await bench.subscription(id)).LastError).toBe('Answered 200 without ok')
  })
}

function signatureOf(got: Received | undefined) {
  return {
    id: got?.id ?? '',
    timestamp: String(got?.headers['webhook-timestamp']),
    signature: String(got?.headers['webhook-signature']),
  }
}
