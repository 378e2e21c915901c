import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { OperationError } from '#contract/errors.ts'
import type { Caller } from './caller.ts'

const failuresPerMinute = 300

export interface RateLimits {
  /** Counts one request of a token; throws RATE_LIMITED with Retry-After above its rate. */
  count(request: FastifyRequest, caller: Caller): Promise<void>
  /** Counts a wrong or missing token of an address; throws RATE_LIMITED when there were too many, else the error. */
  countFailure(request: FastifyRequest, error: unknown): Promise<never>
}

/** Windows of a minute per token, and per address for wrong tokens. In memory: a restart forgives. */
export async function createRateLimits(app: FastifyInstance): Promise<RateLimits> {
  await app.register(rateLimit, { global: false })
  const callers = new WeakMap<FastifyRequest, Caller>()
  const perToken = app.createRateLimit({
    timeWindow: 60_000,
    max: request => callers.get(request)?.ratePerMinute ?? 0,
    keyGenerator: request => `token:${callers.get(request)?.tokenId}`,
  })
  const perAddress = app.createRateLimit({
    timeWindow: 60_000,
    max: failuresPerMinute,
    keyGenerator: request => `failed:${request.ip}`,
  })
  return {
    async count(request, caller) {
      if (caller.ratePerMinute === 0) return
      callers.set(request, caller)
      refuseAbove(await perToken(request))
    },
    async countFailure(request, error) {
      refuseAbove(await perAddress(request))
      throw error
    },
  }
}

function refuseAbove(limit: Awaited<ReturnType<ReturnType<FastifyInstance['createRateLimit']>>>): void {
  if (limit.isAllowed || !limit.isExceeded) return
  const seconds = Math.max(1, limit.ttlInSeconds)
  throw new OperationError('RATE_LIMITED', {
    detail: `Wait ${seconds} s and try again`,
    retryAfterSeconds: seconds,
  })
}
