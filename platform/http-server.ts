import { randomUUID } from 'node:crypto'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  LogController,
} from 'fastify'
import { type ErrorCode, OperationError } from '#contract/errors.ts'
import type { Logger } from './logger.ts'

export interface HttpServerOptions {
  readonly log: Logger
  /** The body of a failure; handed in, because what it looks like is the contract's business. */
  readonly failureBody: (
    code: ErrorCode,
    about: { detail?: string | undefined; field?: string | undefined },
  ) => object
  readonly bodyLimitBytes?: number
  readonly trustProxy?: boolean
}

/**
 * A Fastify instance with request ids, limits, one error body and one 404. The only place that builds one.
 * 5xx texts never leave the process; they are logged with the request id the caller was given.
 */
export function createHttpServer(options: HttpServerOptions): FastifyInstance {
  const app = Fastify({
    loggerInstance: options.log as unknown as FastifyBaseLogger, // pino satisfies both; the types disagree on generics
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: options.bodyLimitBytes ?? 1_048_576,
    trustProxy: options.trustProxy ?? false,
    requestTimeout: 30_000,
    connectionTimeout: 0,
    keepAliveTimeout: 65_000,
    forceCloseConnections: true,
    genReqId: request => cleanRequestId(request.headers['x-request-id']) ?? randomUUID(),
    routerOptions: { caseSensitive: false, ignoreTrailingSlash: true, maxParamLength: 200 },
  })
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  app.setErrorHandler((error: FastifyError | OperationError, request, reply) => {
    const failure = toOperationError(error)
    if (failure.status >= 500 && failure.code !== 'NOT_BUILT_YET')
      request.log.error({ err: error, requestId: request.id }, 'request failed')
    return sendFailure(reply, failure, options)
  })
  app.setNotFoundHandler((request, reply) =>
    sendFailure(
      reply,
      new OperationError('NOT_FOUND', { detail: `Nothing answers ${request.method} at this address` }),
      options,
    ),
  )
  return app
}

/** Answers with a failure; exported for the few places outside the error handler (rate limits). */
export function sendFailure(
  reply: FastifyReply,
  error: OperationError,
  options: Pick<HttpServerOptions, 'failureBody'>,
): FastifyReply {
  if (error.retryAfterSeconds !== undefined)
    reply.header('retry-after', String(Math.ceil(error.retryAfterSeconds)))
  return reply
    .status(error.status)
    .send(options.failureBody(error.code, { detail: error.detail, field: error.field }))
}

/** Whatever was thrown, as an error of the contract; for routes that answer failures in a form of their own. */
export function toOperationError(error: FastifyError | OperationError): OperationError {
  if (error instanceof OperationError) return error
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new OperationError('BODY_TOO_LARGE')
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new OperationError('MEDIA_TYPE_REFUSED')
  if (error.statusCode === 429) return new OperationError('RATE_LIMITED')
  if (isStoreFailure(error)) return new OperationError('STORE_UNAVAILABLE')
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return new OperationError('INVALID_BODY', { detail: error.message })
  }
  return new OperationError('INTERNAL')
}

function cleanRequestId(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' && /^[A-Za-z0-9._-]{1,64}$/.test(value) ? value : undefined
}

/** Errors of the drivers that say "not now": a lost connection, a full or busy disk, a store being closed. */
function isStoreFailure(error: Error & { code?: string }): boolean {
  if (
    error.message === 'the store is closed' ||
    /timeout exceeded|Connection terminated|Query read timeout/.test(error.message)
  )
    return true
  return /^(SQLITE_(FULL|BUSY|IOERR|CANTOPEN|CORRUPT)|08|57P|53|ECONN|EPIPE|ENOTFOUND|ETIMEDOUT)/.test(
    error.code ?? '',
  )
}
