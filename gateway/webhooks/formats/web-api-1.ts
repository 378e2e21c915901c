import { wallClockSeconds } from '../../web-api/older-clock.ts'
import { sideOf } from '../../web-api/vocabulary.ts'
import type { CallbackForm } from './form.ts'

/**
 * The callback of CAMS Web API 1.0: five plain form fields, punches only, answered with the text `ok`
 * (cams-gateway 3.3).
 */
export const webApi1: CallbackForm = {
  contentType: 'application/x-www-form-urlencoded',
  events: new Set(['OnAttendance']),
  acknowledgedBy: 'ok',
  write(event, callbackToken) {
    if (event.Event !== 'OnAttendance') return null
    return new URLSearchParams({
      stgid: event.DeviceSN,
      userid: event.EmployeeCode,
      att_time: String(wallClockSeconds(event.AttendanceLog)),
      att_type: sideOf(event.Direction),
      auth_token: callbackToken ?? '',
    }).toString()
  },
}
