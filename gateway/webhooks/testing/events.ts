import type { EventBody } from '#contract/events.ts'

let made = 0

/** A punch as it is told; a fresh id unless given one. */
export function punchEvent(change: Partial<EventBody<'OnAttendance'>>): EventBody<'OnAttendance'> {
  return {
    Event: 'OnAttendance',
    OperationID: `test-punch-${++made}`,
    OccurredAt: '2026-03-02T03:28:44.000Z',
    DeviceSN: 'SN9X0000001',
    EmployeeCode: '2001',
    AttendanceLog: '2026-03-02 08:58:41',
    Type: 'face',
    Direction: 'CheckIn',
    LogTime: '2026-03-02 08:58:41 GMT +0530',
    TimeZone: 'Asia/Kolkata',
    LabelName: 'North gate',
    Site: 'Main site',
    EmployeeName: null,
    Temperature: null,
    FaceMask: null,
    WorkCode: null,
    ReceivedAt: '2026-03-02T03:28:44.000Z',
    ClockSkewSeconds: null,
    Flags: [],
    ...change,
  }
}

/** A terminal that came or went. */
export function statusEvent(change: Partial<EventBody<'OnDeviceStatus'>>): EventBody<'OnDeviceStatus'> {
  return {
    Event: 'OnDeviceStatus',
    OperationID: `test-status-${++made}`,
    OccurredAt: '2026-03-02T03:28:44.000Z',
    DeviceSN: 'SN9X0000001',
    LabelName: 'North gate',
    Site: 'Main site',
    Status: 'offline',
    LastSeen: null,
    QueueDepth: 0,
    ...change,
  }
}

/** Somebody changed at a terminal. */
export function userUpdatedEvent(change: Partial<EventBody<'OnUserUpdated'>>): EventBody<'OnUserUpdated'> {
  return {
    Event: 'OnUserUpdated',
    OperationID: `test-user-${++made}`,
    OccurredAt: '2026-03-02T03:40:02.000Z',
    DeviceSN: 'SN9X0000001',
    LabelName: 'North gate',
    Site: 'Main site',
    EmployeeCode: '2001',
    FirstName: 'Asha',
    LastName: 'Rao',
    UserType: 'User',
    OperationTime: '2026-03-02 09:10:00 GMT +0530',
    ...change,
  }
}

/** Somebody deleted at a terminal. */
export function userDeletedEvent(change: Partial<EventBody<'OnUserDeleted'>>): EventBody<'OnUserDeleted'> {
  return {
    Event: 'OnUserDeleted',
    OperationID: `test-user-${++made}`,
    OccurredAt: '2026-03-02T03:40:02.000Z',
    DeviceSN: 'SN9X0000001',
    LabelName: 'North gate',
    Site: 'Main site',
    EmployeeCode: '2001',
    OperationTime: '2026-03-02 09:10:00 GMT +0530',
    ...change,
  }
}
