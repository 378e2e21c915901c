import { randomBytes } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { pino } from 'pino'
import { expect } from 'vitest'
import type { Logger } from '#platform/logger.ts'
import { bodyOf, hugeBatch } from '../../gateway/device/protocol/fixtures/vectors.ts'
import { startGateway } from '../support/start-gateway.ts'
import { createTestClock } from '../support/test-clock.ts'
import { until } from '../support/until.ts'
import { cutOff, exchange, type RawReply } from './raw-exchange.ts'
import { prepare, readState } from './terminal-state.ts'
import { asSentBy, serialOf, type VectorCase } from './vector-case.ts'

/** Of the time vectors, T55 and A32. */
const now = Date.parse('2026-09-15T10:05:43Z')
const zone = 'Asia/Kolkata'
/** Old firmware keeps no more (iclock-push 2.2). */
const headBytesMax = 2048
const reasons: Readonly<Record<number, string>> = { 200: 'OK', 400: 'Bad Request', 413: 'Payload Too Large' }

/** A gateway whose terminals are told what to send, byte by byte, and which is looked into afterwards. */
export async function openVectorBench(flavour: 'attendance' | 'access', atMs = now) {
  const sealKey = randomBytes(32)
  const log = collectLog()
  const clock = createTestClock(atMs)
  const running = await startGateway({ timeZone: zone, clock, sealKey, log: log.logger })
  const port = Number(new URL(running.devicesUrl).port)
  const { store } = running

  async function send(one: VectorCase): Promise<void> {
    const body = one.bodyOf === 'hugeBatch' ? hugeBatch() : bodyOf(one)
    const request = { port, head: headOf(one, body.length), body, closes: one.closes }
    if (!one.isCut) {
      expectReply(one, await exchange(request))
      return
    }
    await cutOff(request)
    await until('the cut connection is gone', async () => (await connections()) === 0)
  }

  function connections(): Promise<number> {
    return new Promise((resolve, reject) => {
      running.gateway.devices.getConnections((error, count) => (error ? reject(error) : resolve(count)))
    })
  }

  function contactOf(sn: string) {
    const contacts = store.read.selectFrom('device_contact').where('sn', '=', sn)
    return contacts.select(['online', 'last_seen_at']).executeTakeFirst()
  }

  return {
    running,
    clock,
    port,
    stop: () => running.stop(),
    /** Sends what the terminal has sent before, then the vector, and answers what is otherwise behind it. */
    async run(one: VectorCase, all: readonly VectorCase[]): Promise<Record<string, unknown>> {
      const sn = serialOf(one)
      await prepare(store, sn, one.given, { zone, now: clock.now(), flavour })
      for (const name of one.after) {
        const first = all.find(other => other.name === name)
        if (!first) throw new Error(`${one.name} comes after ${name}, which there is not`)
        await send(asSentBy(first, sn))
      }
      const before = await readState(store, sn, sealKey)
      log.clear()
      for (let time = 0; time < one.times; time += 1) await send(one)
      const after = await readState(store, sn, sealKey)
      expect(log.lines()).toEqual(one.logs)
      if (isAnswered(one)) expect(await contactOf(sn)).toEqual({ online: 1, last_seen_at: clock.now() })
      return Object.fromEntries(
        Object.entries(after).filter(([part, value]) => !isDeepStrictEqual(value, before[part])),
      )
    },
  }
}

/** Refused and cut-off requests are no contact. */
function isAnswered(one: VectorCase): boolean {
  return !one.isCut && (one.ours?.status ?? 200) === 200
}

function headOf(one: VectorCase, bodyLength: number): string {
  const length = one.declaredLength ?? bodyLength
  const lines = [
    `${one.method} ${one.rawUrl} HTTP/${one.http}`,
    // HTTP/1.0 knows none.
    ...(one.http === '1.1' ? ['Host: gatehouse.example'] : []),
    'User-Agent: iClock Proxy/1.09',
    ...Object.entries(one.headers).map(([name, value]) => `${name}: ${value}`),
    ...(one.method === 'POST' ? [`Content-Length: ${length}`] : []),
  ]
  return `${lines.join('\r\n')}\r\n\r\n`
}

export type VectorBench = Awaited<ReturnType<typeof openVectorBench>>

/** The rules for every reply, and the bytes of this one. */
function expectReply(one: VectorCase, reply: RawReply): void {
  const { status, body } = one.ours ?? { status: 200, body: one.reply ?? '' }
  expect(reply.statusLine).toBe(`HTTP/1.1 ${status} ${reasons[status]}`)
  expect(reply.headBytes).toBeLessThan(headBytesMax)
  const headers = new Map(reply.headers)
  expect([...headers.keys()].filter(name => !/^([A-Z][a-z]*)(-[A-Z][a-z]*)*$/.test(name))).toEqual([])
  expect(headers.size).toBe(reply.headers.length)
  expect(headers.get('Date')).toMatch(/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/)
  expect(headers.get('Content-Type')).toBe('text/plain')
  expect(headers.get('Content-Length')).toBe(String(reply.body.length))
  expect(reply.isClosed).toBe(one.closes)
  const random = /\b(?:[0-9a-f]{32}|[0-9a-f]{16})\b/g
  const text = reply.body.toString('latin1')
  expect(body.includes('<hex') ? text.replaceAll(random, digits => `<hex${digits.length}>`) : text).toBe(body)
}

function collectLog(): { readonly logger: Logger; lines(): string[]; clear(): void } {
  let written: string[] = []
  const logger = pino({ level: 'warn', base: null }, { write: line => void written.push(line) })
  return {
    logger,
    lines: () => written.map(line => String(JSON.parse(line).msg)),
    clear() {
      written = []
    },
  }
}
