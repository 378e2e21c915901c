import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { OperationError } from '#contract/errors.ts'
import { wallClockOf, wallClockSeconds } from '../web-api/older-clock.ts'
import { inputTypeOf } from '../web-api/vocabulary.ts'
import { type Fields, fieldOf, objectOf, objectsOf, textOf } from './nested-fields.ts'
import { failureOf, type OlderApi, type OlderCall, openCall } from './older-call.ts'
import { loadPunches } from './older-punches.ts'
import { type OlderTemplate, putPerson, splitName } from './older-users.ts'
import { readBody, readForm } from './read-body.ts'

/** Where 2.0 was reached is not known any more; clients have the address in their settings. */
const paths = ['/external/api2.0/biometric', '/external/2.0/biometric']

/**
 * The commands of CAMS Web API 2.0 (cams-gateway 3.2): a form with one field, `request_data`, that holds JSON. It is
 * also answered at the address of 3.0, for clients that are moved by changing the host alone.
 */
export function registerWebApi2(app: FastifyInstance, api: OlderApi): void {
  for (const path of paths) app.post(path, (request, reply) => answerWebApi2(api, request, reply))
}

/** Told by the field, because the content type is whatever the client's library says. */
export function isWebApi2({ body }: FastifyRequest): boolean {
  return typeof body === 'string' && /^\s*request_data=/.test(body)
}

/** Answers one request; like 3.0 with HTTP status 200 and the code inside. */
export async function answerWebApi2(
  api: OlderApi,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  let info: Fields = {}
  const send = (told: Fields) =>
    reply.status(200).send({
      StatusCode: told.StatusCode,
      Status: told.Status,
      RequestedOperation: textOf(info, 'Operation') ?? '',
      OperationReferenceId: fieldOf(info, 'OperationReferenceId') ?? '',
      OperationData: told.OperationData ?? {},
      ...(told.detail === undefined ? {} : { detail: told.detail }),
    })
  try {
    const data = requestData(request)
    info = objectOf(data, 'ApiRequestInfo')
    if (Object.keys(info).length === 0)
      throw new OperationError('INVALID_INPUT', {
        field: 'ApiRequestInfo',
        detail: 'request_data holds no ApiRequestInfo',
      })
    const call = await openCall(api, request, info, textOf(data, 'ServiceTagId'))
    return send({ StatusCode: 0, Status: 'done', OperationData: await perform(call, info) })
  } catch (thrown) {
    const { StatusCode, Status, detail, error } = failureOf(thrown, request)
    if (error.retryAfterSeconds !== undefined) reply.header('retry-after', String(error.retryAfterSeconds))
    return send({ StatusCode, Status, detail })
  }
}

function requestData({ body }: FastifyRequest): Fields {
  const given = readForm(typeof body === 'string' ? body : '').request_data
  if (typeof given !== 'string' || !given.trim().startsWith('{'))
    throw new OperationError('INVALID_BODY', {
      detail: 'Send a form with the field request_data, holding JSON',
    })
  return readBody(given).fields
}

type Command = (call: OlderCall, info: Fields) => Promise<object>

const commands: Readonly<Record<string, Command>> = {
  adduser: addUser,
  deleteuser: deleteUser,
  loadpunchlog: loadPunchLog,
  senddeviceinfo: sendDeviceInfo,
}

/**
 * The rest of that generation's commands has no operation here: starting a capture at the terminal, messages on its
 * screen, wiping its punches, and people told of by later callbacks. They are refused by name, not taken and dropped.
 */
async function perform(call: OlderCall, info: Fields): Promise<object> {
  const name = textOf(info, 'Operation') ?? ''
  const command = commands[name.toLowerCase()]
  if (command === undefined)
    throw new OperationError('OPERATION_NOT_FOUND', {
      detail: `${JSON.stringify(name.slice(0, 80))} is none of AddUser, DeleteUser, LoadPunchLog, SendDeviceInfo`,
    })
  return command(call, info)
}

async function addUser(call: OlderCall, info: Fields): Promise<object> {
  const data = objectOf(info, 'OperationData')
  const first = textOf(data, 'FirstName')
  const name =
    first === undefined
      ? splitName(textOf(data, 'Name') ?? '')
      : { FirstName: first, LastName: textOf(data, 'LastName') ?? '' }
  const UserType = Number(textOf(data, 'Priority') ?? 0) > 0 ? 'Admin' : 'User'
  const templates = objectsOf(data, 'Signature').map(signatureOf)
  await putPerson(call, textOf(info, 'UserId'), { ...name, UserType }, templates)
  return {}
}

function signatureOf(item: Fields): OlderTemplate {
  return {
    Type: textOf(item, 'Type'),
    Index: textOf(item, 'AdditionalData1'),
    Data: textOf(item, 'Template'),
  }
}

async function deleteUser(call: OlderCall, info: Fields): Promise<object> {
  await call.run('users.remove', { EmployeeCode: textOf(info, 'UserId') })
  return {}
}

/**
 * `OffSet` is where the next page begins and a number like every count of 2.0; on the last page it is the count of
 * all, so that a client may go on while it is less (what CAMS sends there is not known).
 */
async function loadPunchLog(call: OlderCall, info: Fields): Promise<object> {
  const data = objectOf(info, 'OperationData')
  const range = { FromDate: clockOf(data, 'StartTime'), ToDate: clockOf(data, 'EndTime') }
  const page = await loadPunches(call, range, textOf(data, 'OffSet'))
  return {
    OffSet: page.next ?? page.total,
    ActualRowCount: page.total,
    Punch: page.punches.map(punch => ({
      AttendanceType: punch.Direction,
      InputType: inputTypeOf(punch.Type),
      UserID: punch.EmployeeCode,
      AttendanceTime: wallClockSeconds(punch.AttendanceLog),
    })),
  }
}

/** Seconds that show the terminal's clock when read as UTC, or a date as text. */
function clockOf(data: Fields, name: string): string | undefined {
  const text = textOf(data, name)
  return text !== undefined && /^\d{1,11}$/.test(text) ? wallClockOf(Number(text)) : text
}

/** There are no licences here, so the list of services is empty. */
async function sendDeviceInfo(call: OlderCall): Promise<object> {
  const { DeviceSN, LastSeen, LabelName, Model, TimeZone } = await call.run('devices.info', {})
  return {
    SerialNumber: DeviceSN,
    LastConnectedTime: typeof LastSeen === 'string' ? Math.floor(Date.parse(LastSeen) / 1000) : 0,
    DeviceLabelName: LabelName,
    Model: Model ?? '',
    TimeZone,
    Services: [],
  }
}
