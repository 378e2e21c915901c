import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { wrapSuccess } from '#contract/envelope.ts'
import { errorTable } from '#contract/error-table.ts'
import { OperationError } from '#contract/errors.ts'
import { hiddenFieldsHeader, readHiddenFields, rowCountTrailer } from '#contract/file-headers.ts'
import type { OperationRecord } from '#contract/operation.ts'
import { operations } from '#contract/operations/index.ts'
import { sitesHeader, writeSites } from '#contract/site-scope.ts'
import type { OperationId } from '#contract/types.ts'
import type { GatewayDeps } from '../deps.ts'
import { authenticate } from '../http/authenticate.ts'
import type { RateLimits } from '../http/rate-limit.ts'
import { runOperation } from '../http/run-operation.ts'
import type { FileResult, Handlers } from '../operations/handler.ts'
import { canonicalFields } from './fields.ts'
import { readBody, readQuery } from './read-body.ts'

interface V3Deps {
  readonly deps: GatewayDeps
  readonly handlers: Handlers
  readonly limits: RateLimits
}

const entries = Object.entries(operations) as [OperationId, OperationRecord][]
const idByName = new Map(
  entries.flatMap(([id, { name, aliases }]) =>
    [name, ...aliases].map(word => [word.toLowerCase(), id] as const),
  ),
)

/** `/v3/{Name}` for every row of the contract, its aliases, and `/v3/?op=Name`: one loop, no list to keep. */
export function registerV3(app: FastifyInstance, v3: V3Deps): void {
  // Fastify's own parsers would refuse odd content types before we can be lenient.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  const route = (
    url: string,
    idOf: (request: FastifyRequest, fields: Record<string, unknown>) => OperationId,
  ) =>
    app.route({ method: ['GET', 'POST'], url, handler: (request, reply) => answer(v3, request, reply, idOf) })
  for (const [name, id] of idByName) route(`/v3/${name}`, () => id)
  route('/v3', (_request, fields) => idFromField(fields))
  app.all('/v3/*', async request => {
    const { '*': name } = request.params as { '*': string }
    throw new OperationError('OPERATION_NOT_FOUND', {
      detail: `There is no operation named ${JSON.stringify(name.slice(0, 80))}`,
    })
  })
}

async function answer(
  v3: V3Deps,
  request: FastifyRequest,
  reply: FastifyReply,
  idOf: (request: FastifyRequest, fields: Record<string, unknown>) => OperationId,
): Promise<FastifyReply> {
  const query = readQuery(request.raw.url ?? '')
  const body = readBody(typeof request.body === 'string' ? request.body : '')
  const everything = { ...query, ...body.fields }
  const caller = await authenticate(v3.deps.store, request, everything).catch(error =>
    v3.limits.countFailure(request, error),
  )
  await v3.limits.count(request, caller)
  if (caller.sites) reply.header(sitesHeader, writeSites(caller.sites))
  const id = idOf(request, everything)
  const record: OperationRecord = operations[id]
  if (record.method === 'POST' && request.method === 'GET') {
    throw new OperationError('METHOD_NOT_ALLOWED', {
      detail: `${record.name} changes something and wants POST`,
    })
  }
  const fields = {
    ...canonicalFields(record, query, true),
    ...canonicalFields(record, body.fields, body.fromForm),
  }
  const key = request.headers['idempotency-key']
  const asked = readHiddenFields(request.headers[hiddenFieldsHeader])
  const hiddenFields = new Set(Object.keys(record.sensitive ?? {}).filter(name => asked.has(name)))
  const result = await runOperation(v3.handlers, id, fields, {
    deps: v3.deps,
    caller,
    idempotencyKey: typeof key === 'string' && key !== '' ? key.slice(0, 128) : null,
    hiddenFields,
  })
  if ('file' in result) return sendFile(reply, result.file, hiddenFields)
  const callerOperationId = fields.OperationID === undefined ? undefined : String(fields.OperationID)
  if (result.status === 409) return reply.status(409).send({ ...waiting(result.body), ...result.body })
  return reply.status(200).send(wrapSuccess(result.body, callerOperationId))
}

/** A file as it comes, with the number of its rows behind it: what was cut short has none. */
function sendFile(
  reply: FastifyReply,
  { name, type, content, rowCount }: FileResult['file'],
  hiddenFields: ReadonlySet<string>,
): FastifyReply {
  reply.status(200).type(type)
  reply.header('content-disposition', `attachment; filename="${name}"`)
  reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff')
  if (hiddenFields.size > 0) reply.header(hiddenFieldsHeader, [...hiddenFields].join(','))
  // Older clients know neither trailers nor the chunks they come behind.
  if (reply.request.raw.httpVersion !== '1.0') reply.trailer(rowCountTrailer, async () => String(rowCount()))
  return reply.send(content)
}

/** 409 is an answer with a body, and also a failure for clients that only look at the code (cams-gateway 1.1). */
function waiting(body: object): object {
  const code = 'State' in body && body.State === 'Expired' ? 'DEVICE_OFFLINE' : 'COMMAND_QUEUED'
  const { older, olderName, title } = errorTable[code]
  return { StatusCode: older, Status: olderName, code, detail: title }
}

function idFromField(fields: Record<string, unknown>): OperationId {
  const given = Object.entries(fields).find(([name]) => ['op', 'operation'].includes(name.toLowerCase()))?.[1]
  const id = typeof given === 'string' ? idByName.get(given.toLowerCase()) : undefined
  if (id === undefined)
    throw new OperationError('OPERATION_NOT_FOUND', {
      field: 'Operation',
      detail: 'Name the operation in the path, or in op or Operation',
    })
  return id
}
