import { finished, Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type ErrorCode, isErrorCode, OperationError } from '#contract/errors.ts'
import { rowCountTrailer } from '#contract/file-headers.ts'
import type { OperationRecord } from '#contract/operation.ts'
import { operations } from '#contract/operations/index.ts'
import type { Logger } from '#platform/logger.ts'
import { personOf } from '../access/check.ts'
import { hiddenFields, mask } from '../access/mask.ts'
import type { Person } from '../access/person.ts'
import type { SiteBinding } from '../access/site-scope.ts'
import type { StepUps } from '../access/step-up.ts'
import type { Audit, Conclusion } from '../audit/audit.ts'
import { discardReply, type Upstream, type UpstreamCall, type UpstreamReply } from '../upstream/client.ts'
import { type ActorNames, nameActors } from './name-actors.ts'
import { concludeAnswer, concludeFault } from './outcome.ts'
import { type PassedInput, passInput, readIdempotencyKey } from './pass-input.ts'

interface ForwardDeps {
  readonly upstream: Upstream
  readonly audit: Audit
  readonly log: Logger
  readonly actorNames: ActorNames
  readonly siteBinding: SiteBinding
  /** Where it is switched on: who has shown the password once more. */
  readonly stepUps: StepUps | null
}

const bodyLimitBytes = 256 * 1024
/** Templates and pictures are larger than any other input. */
const credentialBodyLimitBytes = 12 * 1024 * 1024

/** `/api/v3/{Name}` for every row of the contract: check, audit, forward, mask. One loop, no list to keep. */
export function forwardOperations(app: FastifyInstance, deps: ForwardDeps): void {
  for (const [id, record] of Object.entries<OperationRecord>(operations)) {
    app.route({
      method: record.method,
      url: `/api/v3/${record.name}`,
      config: { access: record.permission },
      bodyLimit: record.permission.startsWith('people:') ? credentialBodyLimitBytes : bodyLimitBytes,
      exposeHeadRoute: false,
      handler: (request, reply) => forward(deps, id, record, request, reply),
    })
  }
  const names = new Set(Object.values<OperationRecord>(operations).map(({ name }) => name.toLowerCase()))
  app.route({
    method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    url: '/api/v3/*',
    config: { access: 'session' },
    exposeHeadRoute: false,
    handler: async request => {
      const { '*': name } = request.params as { '*': string }
      throw new OperationError(names.has(name.toLowerCase()) ? 'METHOD_NOT_ALLOWED' : 'OPERATION_NOT_FOUND')
    },
  })
}

async function forward(
  deps: ForwardDeps,
  id: string,
  record: OperationRecord,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const person = personOf(request)
  const hidden = hiddenFields(record.sensitive, person.permissions)
  const input = passInput(record, request.raw.url ?? '', request.body, hidden)
  await deps.siteBinding.demand(person, request.id)
  if (deps.stepUps) demandPassword(deps.stepUps, record, request, person, input)
  const call = {
    name: record.name,
    method: record.method,
    query: input.query,
    ...(input.body === undefined ? {} : { body: input.body }),
    requestId: request.id,
    actor: person.actor,
    sites: person.sites,
    idempotencyKey: readIdempotencyKey(record, request.headers['idempotency-key']),
    ...(record.file ? { hiddenFields: hidden } : {}),
  }
  if (record.method === 'POST') {
    const answer = await sendAudited(deps, id, record, request, person, input, call)
    return sendAnswer(deps, record, answer, { hidden, person }, reply)
  }
  const signal = goneSignal(reply)
  const read = { ...call, signal }
  try {
    const answer = record.audit
      ? await sendAudited(deps, id, record, request, person, input, read)
      : await deps.upstream.send(read)
    return sendAnswer(deps, record, answer, { hidden, person }, reply)
  } catch (error) {
    if (!signal.aborted) throw error
    // Nobody is there to be told, and giving up for that reason is no fault of ours to log.
    reply.hijack()
    return reply
  }
}

/** STEP_UP_REQUIRED unless the action is narrow, or this session has just shown its password; a pass is good once. */
function demandPassword(
  stepUps: StepUps,
  record: OperationRecord,
  request: FastifyRequest,
  person: Person,
  input: PassedInput,
): void {
  if (record.stepUpUnless === undefined) return
  if (record.stepUpUnless.some(field => input.fields[field] !== undefined)) return
  const pass = request.headers['x-step-up']
  if (typeof pass === 'string' && stepUps.use(person.sessionId, pass)) return
  throw new OperationError('STEP_UP_REQUIRED')
}

/** Intent before, outcome after; of a file, when it has ended. If the intent cannot be written, nothing is sent. */
async function sendAudited(
  deps: ForwardDeps,
  id: string,
  record: OperationRecord,
  request: FastifyRequest,
  person: Person,
  input: PassedInput,
  call: UpstreamCall,
): Promise<UpstreamReply> {
  const subject = record.audit ? input.fields[record.audit.subject] : undefined
  const intentId = await deps.audit.intend({
    actor: person.name,
    roles: person.roles,
    address: request.clientAddress,
    action: id,
    subject: subject === undefined ? undefined : String(subject),
    input: input.fields,
    hide: record.audit?.hide,
  })
  const conclude = (conclusions: Conclusion[]) => deps.audit.conclude(intentId, conclusions)
  let answer: UpstreamReply
  try {
    answer = await deps.upstream.send(call)
  } catch (error) {
    await conclude(call.signal?.aborted ? [givenUp] : concludeFault(error))
    throw error
  }
  if (answer.body instanceof Readable) {
    finished(answer.body, error => {
      const cutShort = call.signal?.aborted
        ? givenUp
        : ({ outcome: 'failed', code: 'GATEWAY_UNREACHABLE' } as const)
      void conclude([error ? cutShort : { outcome: 'done' }])
    })
  } else {
    await conclude(concludeAnswer(answer.status, parseJson(answer)))
  }
  return answer
}

/** Whoever asked left before it was there; part of it may have arrived. */
const givenUp: Conclusion = { outcome: 'failed', code: 'CANCELLED' }

async function sendAnswer(
  deps: ForwardDeps,
  record: OperationRecord,
  answer: UpstreamReply,
  { hidden, person }: { readonly hidden: ReadonlySet<string>; readonly person: Person },
  reply: FastifyReply,
): Promise<FastifyReply> {
  if (answer.status === 401) throw beyondSites(answer, person) ?? tokenRefused(deps.log, answer)
  // The gateway's own words, whatever they are, but nothing it could use to talk to the browser behind our back.
  reply.status(answer.status).header('content-type', harmlessType(answer.contentType))
  reply.header('cache-control', 'no-store')
  if (answer.retryAfter !== undefined) reply.header('retry-after', answer.retryAfter)
  if (answer.contentDisposition !== undefined) reply.header('content-disposition', answer.contentDisposition)
  const isFile = answer.body instanceof Readable
  const { rowCount } = answer
  if (rowCount && reply.request.raw.httpVersion !== '1.0')
    reply.trailer(rowCountTrailer, async () => rowCount())
  const isCovered = isFile && [...hidden].every(name => answer.hiddenFields.has(name))
  const named = record.actors && answer.status === 200 && !isFile ? new Set(record.actors) : null
  if (named === null && (hidden.size === 0 || isCovered)) return reply.send(answer.body)
  const body = parseJson(answer)
  if (body === undefined && answer.status >= 400) return reply.send(answer.body)
  if (body === undefined) {
    discardReply(answer)
    throw new OperationError('PERMISSION_DENIED', { detail: 'This answer cannot be shown without names' })
  }
  const shown = named === null ? body : nameActors(body, named, await deps.actorNames())
  return reply.send(JSON.stringify(mask(shown, hidden)))
}

/** The token may reach every terminal; it is the account that may not reach this one. */
function beyondSites(answer: UpstreamReply, { sites }: Person): OperationError | null {
  const fields = parseJson(answer)
  const isBeyond =
    sites !== null &&
    typeof fields === 'object' &&
    fields !== null &&
    'code' in fields &&
    fields.code === 'DEVICE_NOT_ALLOWED'
  return isBeyond
    ? new OperationError('PERMISSION_DENIED', { detail: `This account is bound to ${sites.join(', ')}` })
    : null
}

/** Our own token is bad. The person is signed in and must not be told otherwise. */
function tokenRefused(log: Logger, answer: UpstreamReply): OperationError {
  const fields = parseJson(answer)
  const given = typeof fields === 'object' && fields !== null && 'code' in fields ? fields.code : undefined
  const code: ErrorCode = isErrorCode(given) ? given : 'TOKEN_INVALID'
  log.error({ code }, 'the gateway refuses our token')
  return new OperationError('GATEWAY_UNREACHABLE', {
    detail: `The gateway refuses the token of this dashboard (${code}); your session is fine`,
  })
}

function parseJson(answer: UpstreamReply): unknown {
  if (!Buffer.isBuffer(answer.body)) return undefined
  try {
    return JSON.parse(answer.body.toString())
  } catch {
    return undefined
  }
}

const shownTypes = /^(application\/(json|octet-stream|pdf|vnd\.[\w.-]+)|text\/csv|image\/(jpeg|png))\s*(;|$)/i

/** A page of HTML from something in between is not shown as a page of ours. */
function harmlessType(contentType: string): string {
  return shownTypes.test(contentType) ? contentType : 'text/plain; charset=utf-8'
}

/** Aborts when the browser has gone: nobody waits for the answer of a read any more. */
function goneSignal(reply: FastifyReply): AbortSignal {
  const gone = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort()
  })
  return gone.signal
}
