import { Agent, type Dispatcher, request } from 'undici'
import type { EventBody, EventId } from '#contract/events.ts'
import { signAsymmetric, signatureHeaders } from '#contract/signature.ts'
import type { Clock } from '#platform/clock.ts'
import { hideQueryValues } from '../store/webhooks.ts'
import { encryptBody } from '../web-api/body-encryption.ts'
import { isAcknowledged, statedRefusal } from './acknowledgement.ts'
import { type Outcome, readRetryAfter } from './backoff.ts'
import type { DueDelivery } from './claim.ts'
import { createDeadlines } from './deadlines.ts'
import { addressFor } from './formats/callback-address.ts'
import { guardedConnector } from './guard-address.ts'
import { currentPhases, type Phases, phasesText } from './phases.ts'
import { redactHeaders, redactReply } from './redact.ts'
import { signCallback } from './sign-callback.ts'
import type { Target } from './targets.ts'

/** How one attempt went, before anyone decides what follows from it. */
export interface Sent {
  readonly event: EventId
  readonly outcome: Outcome
  readonly status: number | null
  readonly error: string | null
  readonly response: string | null
  readonly retryAfterMs: number | null
  readonly startedAt: number
  readonly durationMs: number
  /** How the time was spent (phases.ts). */
  readonly timing: string | null
  /** Where it went, query values hidden. */
  readonly url: string
  readonly format: string
  /** JSON of the reply's headers, cut and redacted. */
  readonly headers: string | null
}

/** What one attempt sends. */
export type Sendable = Pick<DueDelivery, 'operationId' | 'sn' | 'body' | 'seq' | 'kind'>

export interface Sender {
  /** Makes one attempt; never throws. Null when it was broken off by `stopAll` and says nothing about the receiver. */
  send(target: Target, delivery: Sendable): Promise<Sent | null>
  stopAll(): void
  close(): Promise<void>
}

export interface SenderOptions {
  readonly clock: Clock
  /** For the whole attempt, from the name to the last byte. */
  readonly timeoutMs: number
  readonly version: string
  /** Networks the operator has opened to every receiver, CIDR. */
  readonly subnets?: readonly string[] | undefined
}

/** Read at most this much of a reply: acknowledgements are short, and some receivers answer with a whole page. */
const replyMaxBytes = 65_536

/** Sends over kept-alive connections; one pool per reach, so that no connection is shared across the guard. */
export function createSender({ clock, timeoutMs, version, subnets = [] }: SenderOptions): Sender {
  const agentFor = (reach: Target['reach']) =>
    new Agent({
      allowH2: false,
      connect: guardedConnector(reach, { timeoutMs, subnets }),
      // The deadline ends an attempt; these are for a body that trickles on after it was abandoned.
      headersTimeout: timeoutMs * 2,
      bodyTimeout: timeoutMs * 2,
    })
  const agents = { public: agentFor('public'), local: agentFor('local') }
  const deadlines = createDeadlines(clock, timeoutMs)
  const userAgent = `Gatehouse/${version}`

  return {
    async send(target, delivery) {
      const startedAt = clock.now()
      const started = performance.now()
      const event = readFrozen(delivery.body)
      const deadline = deadlines.start()
      const phases: Phases = { isNewConnection: false }
      const finish = (result: Judged): Sent => ({
        event: event.Event,
        startedAt,
        durationMs: Math.round(performance.now() - started),
        timing: phasesText(phases),
        url: hideQueryValues(addressFor(target.url, delivery.sn)),
        format: target.format,
        ...result,
      })
      try {
        const message = await prepare(target, delivery, event, Math.floor(startedAt / 1000))
        if (message === null) return finish(withoutWords(event))
        const reply = await currentPhases.run(phases, () =>
          request(message.url, {
            method: 'POST',
            headers: { ...message.headers, 'user-agent': userAgent },
            body: message.body,
            dispatcher: agents[target.reach],
            signal: deadline.signal,
          }),
        )
        phases.firstByteMs = performance.now() - started
        return finish(
          judge(target, reply.statusCode, reply.headers, await readReply(reply.body), clock.now()),
        )
      } catch (error) {
        const ended = deadline.ended()
        return ended === 'stopped' ? null : finish(failure(error, ended === 'late' ? timeoutMs : null))
      } finally {
        deadline.clear()
      }
    },
    stopAll: () => deadlines.stopAll(),
    async close() {
      deadlines.close()
      await Promise.all([agents.public.destroy(), agents.local.destroy()])
    },
  }
}

export interface Message {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * The request of one attempt: the same id and body every time, a time and a signature of its own. Null for an event
 * the form has no words for. An encrypted body is text, because it no longer is what the form calls itself and parsers
 * of JSON would refuse it; the signature is over what is sent.
 */
export async function prepare(
  target: Pick<
    Target,
    'url' | 'secret' | 'callbackToken' | 'form' | 'bodyKey' | 'secretBefore' | 'signingKey'
  >,
  delivery: Pick<DueDelivery, 'operationId' | 'sn'> & Partial<Pick<DueDelivery, 'seq' | 'kind'>>,
  event: EventBody,
  nowSeconds: number,
): Promise<Message | null> {
  const { url, callbackToken, form, bodyKey } = target
  const text = form.write(event, callbackToken)
  if (text === null) return null
  const body = bodyKey === null ? text : encryptBody(bodyKey, text)
  return {
    url: addressFor(url, delivery.sn),
    body,
    headers: {
      'content-type': bodyKey === null ? form.contentType : 'text/plain',
      accept: 'application/json, text/plain, */*',
      'accept-encoding': 'identity',
      [signatureHeaders.id]: delivery.operationId,
      [signatureHeaders.timestamp]: String(nowSeconds),
      [signatureHeaders.signature]: await signatures(target, delivery.operationId, nowSeconds, body),
      ...(delivery.seq == null ? {} : { [ownHeaders.sequence]: String(delivery.seq) }),
      ...(delivery.kind === undefined || delivery.kind === 'live'
        ? {}
        : { [ownHeaders.kind]: delivery.kind }),
    },
  }
}

/** Ours, beside those of Standard Webhooks: the number by which a receiver sees gaps, and what is not live. */
export const ownHeaders = { sequence: 'gatehouse-sequence', kind: 'gatehouse-delivery' } as const

/** While a secret is rotated both sign; a receiver takes any one it can check. */
async function signatures(
  { secret, secretBefore, signingKey }: Pick<Target, 'secret' | 'secretBefore' | 'signingKey'>,
  id: string,
  nowSeconds: number,
  body: string,
): Promise<string> {
  const own = signCallback(secret, id, nowSeconds, body)
  if (secretBefore === null && signingKey === null) return own
  const more = [own]
  if (secretBefore !== null && secretBefore.until > nowSeconds * 1000)
    more.push(signCallback(secretBefore.secret, id, nowSeconds, body))
  if (signingKey !== null) more.push(await signAsymmetric(signingKey, id, nowSeconds, body))
  return more.join(' ')
}

/** recordEvents alone writes these rows, from values of this very type; a parse per attempt would buy nothing. */
function readFrozen(body: string): EventBody {
  return JSON.parse(body) as EventBody
}

type Judged = Omit<Sent, 'event' | 'startedAt' | 'durationMs' | 'timing' | 'url' | 'format'>

function judge(
  target: Target,
  status: number,
  headers: Dispatcher.ResponseData['headers'],
  reply: string,
  now: number,
): Judged {
  const secrets = [
    target.secret,
    target.secretBefore?.secret,
    target.callbackToken,
    target.bodyKey?.key,
  ].filter(secret => secret != null)
  const response = reply === '' ? null : redactReply(reply, secrets)
  const outcome = outcomeOf(target, status, reply)
  const header = (name: string) => (typeof headers[name] === 'string' ? headers[name] : null)
  return {
    outcome,
    status,
    response,
    error:
      outcome === 'not-acknowledged'
        ? `Answered ${status} ${missing(target, reply)}`
        : errorOf(outcome, status, redactReply(header('location') ?? '', secrets)),
    retryAfterMs: readRetryAfter(header('retry-after'), now),
    headers: redactHeaders(headers, secrets),
  }
}

function outcomeOf(target: Target, status: number, reply: string): Outcome {
  if (isAcknowledged(target.ack, status, reply)) return 'delivered'
  if (status < 300) return 'not-acknowledged'
  if (status < 400) return 'redirected'
  if (status === 410) return 'gone'
  if (status === 429) return 'throttled'
  // 408 and 425 say "again, please" as plainly as a 5xx does.
  return status < 500 && status !== 408 && status !== 425 ? 'rejected' : 'broken'
}

function missing({ ack }: Target, reply: string): string {
  const refusal = statedRefusal(reply)
  if (refusal !== null) return `with ${refusal}`
  return ack.by === 'ok' ? 'without ok' : 'without {"status":"done"}'
}

/** The form was changed after this was recorded for the old one. */
function withoutWords(event: EventBody): Judged {
  const error = `The form of this subscription has no words for ${event.Event}; it was not sent`
  return { outcome: 'unspeakable', status: null, response: null, retryAfterMs: null, headers: null, error }
}

function errorOf(outcome: Outcome, status: number, location: string): string | null {
  if (outcome === 'delivered') return null
  if (outcome === 'redirected')
    return `Answered ${status}; redirects are not followed (${location.slice(0, 200) || 'no location'})`
  return outcome === 'gone' ? 'Answered 410: the receiver wants no more events' : `Answered ${status}`
}

function failure(error: unknown, lateAfterMs: number | null): Judged {
  const nothing = { status: null, response: null, retryAfterMs: null, headers: null }
  if (lateAfterMs !== null)
    return { ...nothing, outcome: 'timeout', error: `No answer within ${lateAfterMs / 1000} s` }
  const { code, message } = describe(error)
  const outcome = code === 'REFUSED_ADDRESS' ? 'refused-address' : 'unreachable'
  return { ...nothing, outcome, error: redactReply(message, []).slice(0, 300) }
}

/** Happy eyeballs fails with an empty message and the reasons inside; the first reason is the one to show. */
function describe(error: unknown): { code: string; message: string } {
  if (error instanceof AggregateError && error.errors[0] instanceof Error) return describe(error.errors[0])
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const message = error instanceof Error && error.message !== '' ? error.message : code
  return { code, message: message === '' ? 'The connection failed' : message }
}

async function readReply(body: Dispatcher.ResponseData['body']): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    size += chunk.length
    // Leaving the loop closes the connection: cheaper than listening to the rest.
    if (size >= replyMaxBytes) break
  }
  return Buffer.concat(chunks).subarray(0, replyMaxBytes).toString('utf8')
}
