import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { OperationError } from '#contract/errors.ts'
import { toTerminalClock } from '../http/terminal-clock.ts'
import { readStatedTime } from '../web-api/older-clock.ts'
import { inputTypeOf, punchTypeOf } from '../web-api/vocabulary.ts'
import { type OpenedBody, openBody, plainReply } from './body-cipher.ts'
import { type Fields, fieldOf, objectOf, objectsOf, textOf } from './nested-fields.ts'
import { failureOf, type OlderApi, type OlderCall, openCall } from './older-call.ts'
import { loadPunches } from './older-punches.ts'
import { allPeople, type OlderTemplate, putPerson } from './older-users.ts'
import { readBody, readQuery } from './read-body.ts'
import { answerWebApi2, isWebApi2 } from './web-api-2.ts'

/**
 * The commands of CAMS Web API 3.0 (cams-gateway 3.1): one address, `?stgid=`, nested JSON, the token at the root.
 * Clients look into the body only, so every answer has HTTP status 200 and its code inside.
 */
export function registerWebApi3(app: FastifyInstance, api: OlderApi): void {
  app.post('/external/api3.0/biometric', (request, reply) =>
    isWebApi2(request) ? answerWebApi2(api, request, reply) : answer(api, request, reply),
  )
}

async function answer(api: OlderApi, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const sn = textOf(readQuery(request.raw.url ?? ''), 'stgid')
  let seal: OpenedBody['seal'] = plainReply
  let body: Fields = {}
  const send = (told: object) => {
    const sealed = seal(JSON.stringify(told))
    return reply.status(200).type(sealed.contentType).send(sealed.body)
  }
  try {
    const text = typeof request.body === 'string' ? request.body : ''
    const opened = await openBody(api.deps, sn, text).catch(error => api.limits.countFailure(request, error))
    seal = opened.seal
    body = readBody(opened.text).fields
    const call = await openCall(api, request, body, sn)
    return send(await perform(call, body))
  } catch (thrown) {
    const { Status, StatusCode, detail, error } = failureOf(thrown, request)
    if (error.retryAfterSeconds !== undefined) reply.header('retry-after', String(error.retryAfterSeconds))
    return send({ Status, ...echo(body), StatusCode, detail })
  }
}

type Command = (call: OlderCall, entities: Fields) => Promise<object | null>

const commands: Readonly<Record<string, Command>> = { Add: add, Delete: remove, Load: load }

/** Success in the order of keys that generation has: of a load it is another than of a write. */
async function perform(call: OlderCall, body: Fields): Promise<object> {
  const asked = Object.keys(commands).filter(name => fieldOf(body, name) !== undefined)
  const [name] = asked
  const command = name === undefined ? undefined : commands[name]
  if (name === undefined || command === undefined || asked.length > 1)
    throw new OperationError('OPERATION_NOT_FOUND', {
      detail: `One command a request, of ${Object.keys(commands).join(', ')}`,
    })
  const payload = await command(call, objectOf(body, name))
  return payload === null
    ? { Status: 'done', StatusCode: 0, ...echo(body) }
    : { StatusCode: 0, Status: 'done', ...echo(body), ...payload }
}

/** The caller's OperationID as it came, number or text; repeats are none of our business. */
function echo(body: Fields): object {
  const given = fieldOf(body, 'OperationID')
  return typeof given === 'string' || typeof given === 'number' ? { OperationID: given } : {}
}

async function add(call: OlderCall, entities: Fields): Promise<null> {
  const user = objectOf(entities, 'User')
  const templates = objectsOf(entities, 'Template')
  const photo = objectOf(entities, 'Photo')
  const code =
    textOf(user, 'UserID') ?? (templates[0] && textOf(templates[0], 'UserID')) ?? textOf(photo, 'UserID')
  const isPersonGiven = Object.keys(user).length > 0
  if (!isPersonGiven && templates.length === 0 && fieldOf(photo, 'Data') === undefined)
    throw unknownEntity('Add', 'User, Template, Photo')
  const person = {
    FirstName: textOf(user, 'FirstName'),
    LastName: textOf(user, 'LastName') ?? '',
    UserType: /^admin$/i.test(textOf(user, 'UserType') ?? '') ? 'Admin' : 'User',
  }
  const pictures = Object.keys(photo).length > 0 ? [{ ...photo, Type: 'UserPhoto' }] : []
  await putPerson(call, code, isPersonGiven ? person : null, [...templates, ...pictures].map(templateOf))
  return null
}

function templateOf(item: Fields): OlderTemplate {
  return {
    Type: textOf(item, 'Type'),
    Index: textOf(item, 'Index'),
    Size: textOf(item, 'Size'),
    Data: textOf(item, 'Data'),
  }
}

async function remove(call: OlderCall, entities: Fields): Promise<null> {
  if (fieldOf(entities, 'User') === undefined) throw unknownEntity('Delete', 'User')
  await call.run('users.remove', { EmployeeCode: textOf(objectOf(entities, 'User'), 'UserID') })
  return null
}

async function load(call: OlderCall, entities: Fields): Promise<object> {
  if (fieldOf(entities, 'PunchLog') !== undefined) return punchLog(call, objectOf(entities, 'PunchLog'))
  if (fieldOf(entities, 'UserInfo') !== undefined) return userInfo(call)
  throw unknownEntity('Load', 'PunchLog, UserInfo')
}

/** At the root of the reply, not under `Load`; counts are text, and a row has the person under both spellings. */
async function punchLog(call: OlderCall, asked: Fields): Promise<object> {
  const filter = objectOf(asked, 'Filter')
  const range = {
    FromDate: await clockOf(call, filter, 'StartTime'),
    ToDate: await clockOf(call, filter, 'EndTime'),
  }
  const page = await loadPunches(call, range, textOf(filter, 'OffSet'))
  return {
    PunchLog: {
      ReturnRowCount: String(page.punches.length),
      ActualRowCount: String(page.total),
      OffSet: page.next === null ? '' : String(page.next),
      Log: page.punches.map(punch => ({
        Type: punchTypeOf(punch.Direction),
        InputType: inputTypeOf(punch.Type),
        UserID: punch.EmployeeCode,
        UserId: punch.EmployeeCode,
        LogTime: punch.LogTime,
      })),
    },
  }
}

/** What cannot be read is handed on as it is, so that the operation says what is wrong with it. */
async function clockOf(call: OlderCall, filter: Fields, name: string): Promise<string | undefined> {
  const text = textOf(filter, name)
  const stated = text === undefined ? null : readStatedTime(text)
  return stated === null ? text : toTerminalClock(call.deps.store, call.sn, stated)
}

/** Where the list belongs is unknown; the one client that was seen looks under `Load` (cams-gateway 3.1). */
async function userInfo(call: OlderCall): Promise<object> {
  const UserInfo = (await allPeople(call)).map(({ EmployeeCode: UserID, FirstName, LastName, UserType }) => ({
    UserID,
    FirstName,
    LastName,
    UserType,
  }))
  return { UserInfo, Load: { UserInfo } }
}

function unknownEntity(command: string, known: string): OperationError {
  return new OperationError('OPERATION_NOT_FOUND', { detail: `${command} knows ${known}` })
}
