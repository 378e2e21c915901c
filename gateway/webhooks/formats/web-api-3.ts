import type { EventBody } from '#contract/events.ts'
import { writeUtc } from '../../web-api/older-clock.ts'
import { inputTypeOf, punchTypeOf, temperatureText } from '../../web-api/vocabulary.ts'
import type { CallbackForm } from './form.ts'

/**
 * The nested callback of CAMS Web API 3.0, key by key in the order receivers were shown (cams-gateway 2.2, 2.3).
 * `Time` is when the gateway recorded the event, not the attempt: a retry stays the same message. `AuthToken` is there
 * even when the subscription has none, because receivers read it without looking whether it is. OnUserSync is not
 * told: it confirms a delivery and knows no names, and receivers would overwrite names with nothing.
 */
export const webApi3: CallbackForm = {
  contentType: 'application/json',
  events: new Set(['OnAttendance', 'OnUserUpdated', 'OnUserDeleted']),
  acknowledgedBy: 'status-done',
  write(event, callbackToken) {
    const tail = { AuthToken: callbackToken ?? '', Time: writeUtc(event.OccurredAt) }
    if (event.Event === 'OnAttendance') return realTime({ ...punch(event), ...tail })
    if (event.Event === 'OnUserUpdated') return realTime({ ...userUpdated(event), ...tail })
    if (event.Event === 'OnUserDeleted') return realTime({ ...userDeleted(event), ...tail })
    return null
  },
}

function realTime(about: object): string {
  return JSON.stringify({ RealTime: about })
}

function punch(event: EventBody<'OnAttendance'>): object {
  return {
    OperationID: event.OperationID,
    LabelName: event.LabelName,
    SerialNumber: event.DeviceSN,
    PunchLog: {
      Type: punchTypeOf(event.Direction),
      Temperature: temperatureText(event.Temperature),
      FaceMask: event.FaceMask ?? false,
      InputType: inputTypeOf(event.Type),
      UserId: event.EmployeeCode,
      LogTime: event.LogTime,
    },
  }
}

/** Serial number before label, unlike a punch: so the samples have it. */
function head(event: EventBody<'OnUserUpdated' | 'OnUserDeleted'>): object {
  return { OperationID: event.OperationID, SerialNumber: event.DeviceSN, LabelName: event.LabelName }
}

/** All keys are there, empty where nothing is known: a receiver reads them without a guard (cams-gateway 2.3). */
function userUpdated(event: EventBody<'OnUserUpdated'>): object {
  return {
    ...head(event),
    UserUpdated: {
      UserID: event.EmployeeCode,
      FirstName: event.FirstName ?? '',
      LastName: event.LastName ?? '',
      UserType: event.UserType ?? 'User',
      OperationTime: event.OperationTime,
      Template: [],
    },
  }
}

function userDeleted(event: EventBody<'OnUserDeleted'>): object {
  return {
    ...head(event),
    UserDeleted: { UserID: event.EmployeeCode, OperationTime: event.OperationTime },
  }
}
