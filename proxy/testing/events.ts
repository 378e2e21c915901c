import type { EventBody } from '#contract/events.ts'

/** A punch as the gateway tells it. */
export function punchEvent(OperationID: string, EmployeeCode = '0042'): EventBody<'OnAttendance'> {
  return {
    Event: 'OnAttendance',
    OperationID,
    OccurredAt: '2026-03-02T03:40:02.000Z',
    DeviceSN: 'GATE1',
    EmployeeCode,
    AttendanceLog: '2026-03-02 09:10:02',
    Type: 'face',
    Direction: 'CheckIn',
    LogTime: '2026-03-02 09:10:02 GMT +0530',
    TimeZone: 'Asia/Kolkata',
    LabelName: 'East gate',
    Site: 'Main',
    EmployeeName: 'Sam Lee',
    Temperature: null,
    FaceMask: null,
    WorkCode: null,
    ReceivedAt: '2026-03-02T03:40:02.000Z',
    ClockSkewSeconds: 0,
    Flags: [],
  }
}

/** A terminal that came or went. */
export function deviceEvent(OperationID: string): EventBody<'OnDeviceStatus'> {
  return {
    Event: 'OnDeviceStatus',
    OperationID,
    OccurredAt: '2026-03-02T03:40:02.000Z',
    DeviceSN: 'GATE1',
    LabelName: 'East gate',
    Site: 'Main',
    Status: 'offline',
    LastSeen: null,
    QueueDepth: 0,
  }
}
