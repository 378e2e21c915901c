import type { OperationId } from '#contract/types.ts'

const range = { FromDate: '2026-03-01', ToDate: '2026-03-02' }
const person = { EmployeeCode: '00123', DeviceSN: 'UNKNOWN1' }
const device = { DeviceSN: 'UNKNOWN1' }
const template = { Type: 'Fingerprint', Index: 1, Data: 'AAAA' }

/** Valid input for every operation, in fields that survive a query, a form and JSON alike. */
const samples: Readonly<Record<OperationId, Record<string, unknown>>> = {
  'attendance.byDate': range,
  'attendance.byEmployee': { ...range, EmployeeCode: '00123' },
  'attendance.byDevice': { ...range, ...device },
  'attendance.summary': range,
  'attendance.firstInLastOut': range,
  'attendance.today': {},
  'attendance.photo': { ...person, AttendanceLog: '2026-03-01 09:00:00' },
  'attendance.export': range,
  'attendance.photos': range,
  'attendance.days': range,
  'attendance.exportDays': range,
  'attendance.explain': { EmployeeCode: '00123', Date: '2026-03-01' },
  'users.add': { ...person, FirstName: 'Asha' },
  'users.update': { ...person, FirstName: 'Asha' },
  'users.remove': person,
  'users.get': { EmployeeCode: '00123' },
  'users.list': {},
  'users.devices': { EmployeeCode: '00123' },
  'users.enrollFingerprint': { ...person, Template: template },
  'users.enrollFace': { ...person, Template: { ...template, Type: 'Face' } },
  'users.assignCard': { ...person, CardNumber: '123456' },
  'users.setPassword': { ...person, Password: '1234' },
  'users.copy': { SourceDeviceSN: 'UNKNOWN1', TargetDeviceSN: 'UNKNOWN2' },
  'users.resend': person,
  'doors.open': { ...device, DoorNo: 1 },
  'doors.lock': { ...device, Mode: 'Lock' },
  'doors.status': {},
  'doors.setSchedule': {
    ...device,
    ScheduleID: 1,
    Windows: [{ Day: 'Monday', Start: '08:00', End: '18:00' }],
  },
  'doors.logs': range,
  'devices.list': {},
  'devices.info': device,
  'devices.status': device,
  'devices.ping': device,
  'devices.syncTime': device,
  'devices.restart': device,
  'devices.clearCommands': device,
  'devices.commandStatus': { CommandID: '999999' },
  'devices.adopt': { DeviceSN: 'ADOPTED1', LabelName: 'North gate', TimeZone: 'Asia/Kolkata' },
  'devices.clock': { ...range, ...device },
  'devices.discardHeld': device,
  'devices.setKey': { ...device, Key: '88888888' },
  'devices.profile': device,
  'devices.setProfile': { ...device, Name: 'Charset', Value: 'gbk' },
  'devices.incidents': device,
  'devices.log': device,
  'devices.quarantine': device,
  'devices.reparse': device,
  'webhooks.register': { CallbackUrl: 'https://receiver.example/hook', Events: 'OnAttendance' },
  'webhooks.list': {},
  'site.info': {},
  'site.removeSimulated': {},
}

export function sampleInput(id: OperationId): Record<string, unknown> {
  return samples[id]
}
