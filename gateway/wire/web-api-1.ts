import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Fields, textOf } from './nested-fields.ts'
import { failureOf, type OlderApi, type OlderCall, openCall } from './older-call.ts'
import { putPerson, splitName } from './older-users.ts'
import { readForm, readQuery } from './read-body.ts'

/**
 * The commands of CAMS Web API 1.0 (cams-gateway 3.3): `uid`, `uname` and `stgid` in query or form, the text `OK` back.
 * That generation knew no token for commands and trusted addresses, which is not enough here. Clients whose base
 * address can be set send one without a change of code as `http://any:TOKEN@host/…`; others as the field `auth_token`.
 */
export function registerWebApi1(app: FastifyInstance, api: OlderApi): void {
  for (const [name, command] of Object.entries(commands))
    app.post(`/external/1.0/user/${name}`, (request, reply) => answer(api, command, request, reply))
}

type Command = (call: OlderCall, fields: Fields) => Promise<unknown>

const put: Command = (call, fields) =>
  putPerson(
    call,
    textOf(fields, 'uid'),
    { ...splitName(textOf(fields, 'uname') ?? ''), UserType: 'User' },
    [],
  )
const commands: Readonly<Record<string, Command>> = {
  add: put,
  update: put,
  delete: (call, fields) => call.run('users.remove', { EmployeeCode: textOf(fields, 'uid') }),
}

/** Clients compare the text alone, so a failure may have the status it has everywhere, with its name as text. */
async function answer(
  api: OlderApi,
  command: Command,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const text = (status: number, body: string) =>
    reply.status(status).type('text/plain; charset=utf-8').send(body)
  try {
    const form = readForm(typeof request.body === 'string' ? request.body : '')
    const fields = { ...readQuery(request.raw.url ?? ''), ...form }
    const AuthToken = textOf(fields, 'auth_token') ?? textOf(fields, 'AuthToken') ?? basicPassword(request)
    const call = await openCall(api, request, { AuthToken }, textOf(fields, 'stgid'))
    await command(call, fields)
    return text(200, 'OK')
  } catch (thrown) {
    const { Status, error } = failureOf(thrown, request)
    if (error.retryAfterSeconds !== undefined) reply.header('retry-after', String(error.retryAfterSeconds))
    return text(error.status, Status)
  }
}

/** The password of `Authorization: Basic`, which HTTP libraries make of a name and password in an address. */
function basicPassword({ headers }: FastifyRequest): string | undefined {
  const encoded = /^Basic\s+([\w+/=]+)$/i.exec(headers.authorization ?? '')?.[1]
  if (encoded === undefined) return undefined
  const [, ...password] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
  return password.join(':')
}
