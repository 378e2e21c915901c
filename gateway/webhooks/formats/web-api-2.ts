import type { EventBody } from '#contract/events.ts'
import { wallClockSeconds } from '../../web-api/older-clock.ts'
import { inputTypeOf, temperatureText } from '../../web-api/vocabulary.ts'
import type { CallbackForm } from './form.ts'

/** Privilege of an administrator in the words of 2.0. */
const adminPriority = 16

/**
 * The callback of CAMS Web API 2.0: a form with one field, `request_data`, that holds JSON (cams-gateway 3.2).
 * `OperationTime` is text, as receivers were shown, and its seconds show the terminal's clock when read as UTC.
 */
export const webApi2: CallbackForm = {
  contentType: 'application/x-www-form-urlencoded',
  events: new Set(['OnAttendance', 'OnUserUpdated', 'OnUserDeleted']),
  acknowledgedBy: 'status-done',
  write(event, callbackToken) {
    const about = operationOf(event)
    if (about === null) return null
    const request = {
      ServiceTagId: event.DeviceSN,
      ApiRequestInfo: {
        AuthToken: callbackToken ?? '',
        Operation: about.name,
        UserId: about.person,
        OperationTime: String(wallClockSeconds(about.local)),
        OperationReferenceId: '',
        OperationData: about.data,
      },
    }
    return new URLSearchParams({ request_data: JSON.stringify(request) }).toString()
  },
}

interface Operation {
  readonly name: string
  readonly person: string
  readonly local: string
  readonly data: object
}

function operationOf(event: EventBody): Operation | null {
  if (event.Event === 'OnAttendance')
    return {
      name: 'RealTimePunchLog',
      person: event.EmployeeCode,
      local: event.AttendanceLog,
      data: {
        // Unlike 3.0, this generation has the word None.
        AttendanceType: event.Direction,
        InputType: inputTypeOf(event.Type),
        Temperature: temperatureText(event.Temperature),
        FaceMask: event.FaceMask ?? false,
      },
    }
  if (event.Event === 'OnUserUpdated')
    return {
      name: 'ManuallyUserUpdated',
      person: event.EmployeeCode,
      local: event.OperationTime,
      data: {
        Name: [event.FirstName, event.LastName].filter(Boolean).join(' '),
        FirstName: event.FirstName ?? '',
        LastName: event.LastName ?? '',
        Priority: event.UserType === 'Admin' ? adminPriority : 0,
        Signature: [],
      },
    }
  if (event.Event === 'OnUserDeleted')
    return {
      name: 'ManuallyUserDeleted',
      person: event.EmployeeCode,
      local: event.OperationTime,
      data: {},
    }
  return null
}
