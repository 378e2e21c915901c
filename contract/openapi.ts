import { z } from 'zod'
import { errorTable } from './error-table.ts'
import { events } from './events.ts'
import type { OperationRecord } from './operation.ts'

/** Errors any operation may answer, on top of its own list. */
export const commonErrors = [
  'INVALID_INPUT',
  'TOKEN_INVALID',
  'PERMISSION_DENIED',
  'RATE_LIMITED',
  'STORE_UNAVAILABLE',
] as const

/** OpenAPI 3.1 document of the `/v3/` surface, made from the records alone. */
export function openApiDocument(operations: Record<string, OperationRecord>, version: string): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Gatehouse gateway',
      version,
      description:
        'Biometric gateway API v3. Names are matched in any letter case; input may come as query, form or JSON.',
    },
    servers: [{ url: '/v3' }],
    security: [{ AuthTokenHeader: [] }, { AuthTokenQuery: [] }, { Bearer: [] }],
    paths: Object.fromEntries(
      Object.entries(operations).map(([id, record]) => [
        `/${record.name}`,
        { [record.method.toLowerCase()]: describeOperation(id, record) },
      ]),
    ),
    webhooks: Object.fromEntries(
      Object.entries(events).map(([name, event]) => [
        name,
        {
          post: {
            summary: event.summary,
            requestBody: { content: json(schema(event.body, 'output')) },
            responses: { 200: { description: '{"status":"done"} acknowledges' } },
          },
        },
      ]),
    ),
    components: {
      securitySchemes: {
        AuthTokenHeader: { type: 'apiKey', in: 'header', name: 'AuthToken' },
        AuthTokenQuery: { type: 'apiKey', in: 'query', name: 'AuthToken' },
        Bearer: { type: 'http', scheme: 'bearer' },
      },
      schemas: {
        Failure: schema(
          z.object({
            StatusCode: z.int(),
            Status: z.string(),
            code: z.enum(Object.keys(errorTable)),
            detail: z.string(),
            field: z.string().optional(),
          }),
          'output',
        ),
      },
    },
  }
}

function describeOperation(id: string, record: OperationRecord): object {
  const input = schema(record.input, 'input')
  return {
    operationId: id,
    summary: record.summary,
    tags: [id.split('.')[0]],
    'x-permission': record.permission,
    'x-aliases': record.aliases,
    'x-published-name': record.known,
    ...(record.once ? { 'x-idempotency-key': true } : {}),
    ...(record.method === 'GET'
      ? { parameters: queryParameters(input) }
      : {
          requestBody: {
            required: true,
            content: { ...json(input), 'application/x-www-form-urlencoded': { schema: input } },
          },
        }),
    responses: { ...answers(record), ...failures(record) },
  }
}

function queryParameters(input: JsonSchema): object[] {
  const required = new Set(input.required ?? [])
  return Object.entries(input.properties ?? {}).map(([name, property]) => ({
    name,
    in: 'query',
    required: required.has(name),
    schema: property,
  }))
}

function answers(record: OperationRecord): object {
  return Object.fromEntries(
    Object.entries(record.answers).map(([status, body]) => [
      status,
      {
        description: status === '409' ? 'The device is away' : 'Done',
        content: record.file && status === '200' ? file(record.file, body) : json(schema(body, 'output')),
      },
    ]),
  )
}

/** One content per format; only JSON can be described further. */
function file(formats: Readonly<Record<string, string>>, body: z.ZodType): object {
  return Object.fromEntries(
    Object.values(formats).map(type => [
      type,
      type === 'application/json'
        ? { schema: schema(body, 'output') }
        : { schema: { type: 'string', format: 'binary' } },
    ]),
  )
}

function failures(record: OperationRecord): object {
  const byStatus = new Map<number, string[]>()
  for (const code of [...commonErrors, ...record.errors]) {
    const status = errorTable[code].status
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  byStatus.delete(409)
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      { description: codes.join(', '), content: json({ $ref: '#/components/schemas/Failure' }) },
    ]),
  )
}

interface JsonSchema {
  readonly properties?: Record<string, object>
  readonly required?: readonly string[]
}

function schema(type: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(type, { io, unrepresentable: 'any' })
  return rest as JsonSchema
}

function json(content: object): object {
  return { 'application/json': { schema: content } }
}
