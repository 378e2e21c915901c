import { timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify'
import { OperationError } from '#contract/errors.ts'
import { type EventBody, parseEvent } from '#contract/events.ts'
import { signatureHeaders, verify } from '#contract/signature.ts'
import type { Clock } from '#platform/clock.ts'
import type { Logger } from '#platform/logger.ts'
import type { Audit, Conclusion } from '../audit/audit.ts'
import type { ProxyConfig } from '../config.ts'
import type { Hub } from '../events/hub.ts'
import type { ProxyKeys } from '../keys.ts'
import type { SeenCallbacks } from './seen.ts'

interface CallbackDeps {
  readonly config: Pick<ProxyConfig, 'gatewayMode'>
  readonly keys: Pick<ProxyKeys, 'callbackSecret' | 'callbackToken'>
  readonly seen: SeenCallbacks
  readonly audit: Audit
  readonly hub: Pick<Hub, 'publish'>
  readonly clock: Clock
  readonly log: Logger
}

export const callbackPath = '/callback/events'

const bodyLimitBytes = 1024 * 1024
const done = { status: 'done' } as const

/** Where the gateway tells us what happened. The embedded one uses this same door; there is no private path. */
export function registerCallbackRoutes(app: FastifyInstance, deps: CallbackDeps): void {
  const plugin: FastifyPluginAsync = async scope => {
    // The signature is over the bytes as sent, so nothing may parse them first.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, parsed) => parsed(null, body))
    scope.post(
      callbackPath,
      { config: { access: 'signature' }, bodyLimit: bodyLimitBytes },
      async request => {
        const text = typeof request.body === 'string' ? request.body : ''
        const body = parseJson(text)
        const id = await proveSender(deps, request, text, body)
        if (await deps.seen.take(id)) return done
        const event = parseEvent(body)
        if (event === null) {
          deps.log.warn(
            { id, event: nameOf(body) },
            'callback of a kind we do not know; taken and left alone',
          )
          return done
        }
        try {
          await settleOrder(deps.audit, event)
        } catch (error) {
          deps.seen.giveBack(id)
          deps.log.error({ err: error }, 'callback could not be taken; the gateway will send it again')
          throw new OperationError('STORE_UNAVAILABLE')
        }
        deps.hub.publish(event)
        return done
      },
    )
  }
  app.register(plugin)
}

/** Answers the id of the message once its sender is proven; throws otherwise. */
async function proveSender(
  deps: CallbackDeps,
  request: FastifyRequest,
  text: string,
  body: unknown,
): Promise<string> {
  const header = (name: string) => {
    const value = request.headers[name]
    return typeof value === 'string' ? value : ''
  }
  const id = header(signatureHeaders.id)
  const signature = header(signatureHeaders.signature)
  if (signature === '' && deps.config.gatewayMode === 'remote') return proveByToken(deps, body)
  const headers = { id, signature, timestamp: header(signatureHeaders.timestamp) }
  const verdict =
    id === '' ? 'invalid' : await verify(deps.keys.callbackSecret, headers, text, deps.clock.now())
  if (verdict === 'too-old') throw new OperationError('CALLBACK_TOO_OLD')
  if (verdict !== 'ok') throw new OperationError('SIGNATURE_INVALID')
  return id.slice(0, 200)
}

/** A hosted gateway may not sign; then the token we gave it must come back, and the message must name itself. */
function proveByToken(deps: CallbackDeps, body: unknown): string {
  const fields = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
  const token = typeof fields.AuthToken === 'string' ? fields.AuthToken : ''
  if (!isEqual(token, deps.keys.callbackToken)) throw new OperationError('SIGNATURE_INVALID')
  return typeof fields.OperationID === 'string' && fields.OperationID !== ''
    ? `operation:${fields.OperationID.slice(0, 190)}`
    : `none:${crypto.randomUUID()}`
}

/** The audit ends with what happened, not with what was asked (house 3.6, step 10). */
async function settleOrder(audit: Audit, event: EventBody): Promise<void> {
  if (event.Event !== 'OnCommand') return
  const conclusion = endOf(event)
  if (conclusion !== null) await audit.settleCommand(event.CommandID, conclusion)
}

function endOf(event: EventBody<'OnCommand'>): Conclusion | null {
  const code = event.ReturnCode === null ? undefined : `DEVICE_${event.ReturnCode}`
  switch (event.State) {
    case 'Done':
      return { outcome: 'done' }
    case 'Failed':
      return { outcome: 'failed', code }
    case 'Cancelled':
      return { outcome: 'failed', code: 'CANCELLED' }
    case 'Expired':
      return { outcome: 'expired' }
    case 'Unconfirmed':
      return { outcome: 'unconfirmed' }
    default:
      return null
  }
}

function isEqual(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)]
  return a.byteLength === b.byteLength && timingSafeEqual(a, b)
}

function nameOf(body: unknown): string {
  const name = typeof body === 'object' && body !== null && 'Event' in body ? body.Event : undefined
  return typeof name === 'string' ? name.slice(0, 64) : 'none'
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
