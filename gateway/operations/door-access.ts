import { OperationError } from '#contract/errors.ts'
import { explain, type KnownSchedule, letsIn, nearestYes } from '../doors/access/explain.ts'
import { requireDevice } from '../http/caller.ts'
import { barOf } from '../people/bar.ts'
import { normaliseWindows } from '../schedules/windows.ts'
import { allRights, allSchedules, type StoredSchedule } from '../store/access-rights.ts'
import { type DeviceOverview, findDevices } from '../store/devices.ts'
import { doorSettings } from '../store/door-holds.ts'
import { doorCountOf } from '../store/door-states.ts'
import { findDoorEvent, findDoorEvents } from '../store/doors.ts'
import { holidaysOf } from '../store/schedules.ts'
import { localAt, shiftDay } from '../time/zone.ts'
import type { Call, Handlers } from './handler.ts'
import { toSeconds } from './range.ts'
import { requireDoor } from './require-door.ts'
import { requireOverview, requirePerson, visibleDevices } from './scope.ts'

const examplesMax = 20
const previewRows = 1000

export const doorAccessHandlers = {
  async 'doors.whoCanOpen'(input, call) {
    const { store, clock } = call.deps
    const device = await requireDoor(call, input.DeviceSN, input.DoorNo)
    const local = input.At === undefined ? localAt(clock.now(), device.zone).local : toSeconds(input.At)
    const [schedules, rights, holidays] = await Promise.all([
      allSchedules(store.read, [device.sn]),
      allRights(store.read, { sn: device.sn }),
      holidaysOf(store.read, device.sn),
    ])
    const byId = new Map(schedules.map(schedule => [schedule.id, schedule]))
    const named = new Map<string, string | null>()
    const open = new Map<string, ReturnType<typeof explain>>()
    for (const { code, scheduleId, name, person } of rights) {
      named.set(code, name)
      if (person !== null && barOf(person, { site: device.site, local }) !== null) continue
      const schedule = byId.get(scheduleId)
      const said = schedule && explain(schedule, local, holidays)
      if (said?.Window && !open.has(code)) open.set(code, said)
    }
    const People = [...open].map(([EmployeeCode, Rule]) => ({
      EmployeeCode,
      Name: named.get(EmployeeCode) ?? null,
      Rule,
    }))
    return {
      status: 200,
      body: {
        At: local,
        Decided: schedules.length > 0 && decidesHere(device),
        People,
        Others: named.size - open.size,
      },
    }
  },

  async 'doors.whatCanOpen'(input, call) {
    const { store, clock } = call.deps
    await requirePerson(call, input.EmployeeCode)
    const sns = visibleDevices(call)
    const [devices, schedules, rights, settings] = await Promise.all([
      findDevices(store.read, sns),
      allSchedules(store.read, sns),
      allRights(store.read, { code: input.EmployeeCode }),
      doorSettings(store.read, sns),
    ])
    const person = rights[0]?.person ?? null
    const Doors = []
    for (const device of devices) {
      const ids = new Set(rights.filter(({ sn }) => sn === device.sn).map(({ scheduleId }) => scheduleId))
      const own = schedules.filter(({ sn, id }) => sn === device.sn && ids.has(id))
      if (own.length === 0) continue
      const holidays = await holidaysOf(store.read, device.sn)
      const { local } = localAt(clock.now(), device.zone)
      const isBarred = person !== null && barOf(person, { site: device.site, local }) !== null
      const Now = !isBarred && letsIn(own, local, holidays)
      for (let door = 1; door <= doorCountOf(device); door += 1)
        Doors.push({
          DeviceSN: device.sn,
          DoorNo: door,
          LabelName: device.label,
          DoorName: settings(device.sn, door).name,
          Site: device.site,
          Now,
          Schedules: own.map(({ id, name, windows, updatedAt }) => ({
            ScheduleID: id,
            Name: name,
            Windows: windows,
            Since: new Date(updatedAt).toISOString(),
          })),
        })
    }
    const decided = new Set(schedules.map(({ sn }) => sn))
    const Undecided = devices.flatMap(device =>
      device.state === 'adopted' &&
      doorCountOf(device) > 0 &&
      !(decided.has(device.sn) && decidesHere(device))
        ? [device.label]
        : [],
    )
    return { status: 200, body: { EmployeeCode: input.EmployeeCode, Doors, Undecided } }
  },

  async 'doors.whyDenied'(input, call) {
    const { store } = call.deps
    const Event = await findDoorEvent(store.read, input.EventID)
    if (!Event) throw new OperationError('EVENT_NOT_FOUND', { field: 'EventID' })
    requireDevice(call.caller, Event.DeviceSN)
    const device = await requireOverview(call, Event.DeviceSN)
    const [schedules, rights, holidays] = await Promise.all([
      allSchedules(store.read, [device.sn]),
      allRights(store.read, { sn: device.sn, code: Event.EmployeeCode ?? '' }),
      holidaysOf(store.read, device.sn),
    ])
    const ids = new Set(rights.map(({ scheduleId }) => scheduleId))
    const own = schedules.filter(({ id }) => ids.has(id))
    const local = Event.EventTime
    const isIn = letsIn(own, local, holidays)
    const Verdict =
      Event.EmployeeCode === null
        ? 'unknown_person'
        : schedules.length === 0 || !decidesHere(device)
          ? 'undecided'
          : own.length === 0
            ? 'no_right'
            : !isIn
              ? 'outside_window'
              : isTimeReason(Event.Detail)
                ? 'would_be_let_in'
                : 'terminal'
    const Rules = own.map(schedule => ({ ...explain(schedule, local, holidays), Windows: schedule.windows }))
    const happened = Date.parse(Event.ReceivedAt)
    return {
      status: 200,
      body: {
        Event,
        Terminal: Event.Detail,
        Verdict,
        Rules,
        NearestYes: Verdict === 'outside_window' ? nearestYes(own, local, holidays) : null,
        ChangedSince: schedules.some(({ updatedAt }) => updatedAt > happened),
      },
    }
  },

  async 'doors.previewSchedule'(input, call) {
    const { store, clock } = call.deps
    const device = await requireOverview(call, input.DeviceSN)
    const [schedules, rights, holidays] = await Promise.all([
      allSchedules(store.read, [device.sn]),
      allRights(store.read, { sn: device.sn }),
      holidaysOf(store.read, device.sn),
    ])
    const windows = normaliseWindows(input.Windows)
    const members =
      input.EmployeeCode === undefined
        ? new Set(rights.filter(({ scheduleId }) => scheduleId === input.ScheduleID).map(({ code }) => code))
        : new Set(input.EmployeeCode)
    const others = schedules.filter(({ id }) => id !== input.ScheduleID)
    const wanted: KnownSchedule = { id: input.ScheduleID, name: null, windows }
    const after = (code: string) => [
      ...ofPerson(others, rights, code),
      ...(members.has(code) ? [wanted] : []),
    ]
    const local = localAt(clock.now(), device.zone).local
    const events = await eventsOf(call, device.sn, shiftDay(local.slice(0, 10), -input.Days), local)
    const counts = { Events: 0, NowDenied: 0, NowAllowed: 0 }
    const Examples: { Event: (typeof events)[number]; Change: 'would_be_denied' | 'would_be_let_in' }[] = []
    for (const Event of events) {
      if (Event.EmployeeCode === null) continue
      const isDecided = Event.Event === 'Granted' || isAboutRights(Event.Detail)
      if (!isDecided) continue
      counts.Events += 1
      const isYes = letsIn(after(Event.EmployeeCode), Event.EventTime, holidays)
      const change =
        Event.Event === 'Granted' && !isYes
          ? 'would_be_denied'
          : Event.Event === 'Denied' && isYes
            ? 'would_be_let_in'
            : null
      if (change === null) continue
      if (change === 'would_be_denied') counts.NowDenied += 1
      else counts.NowAllowed += 1
      if (Examples.length < examplesMax) Examples.push({ Event, Change: change })
    }
    return { status: 200, body: { ...counts, Examples } }
  },
} satisfies Partial<Handlers>

/**
 * At an attendance terminal people follow the schedules of their group, and who is in which only it knows
 * (operations/schedules.ts).
 */
function decidesHere(device: Pick<DeviceOverview, 'flavour'>): boolean {
  return device.flavour === 'access'
}

function ofPerson(
  schedules: readonly StoredSchedule[],
  rights: ReadonlyArray<{ readonly code: string; readonly scheduleId: number }>,
  code: string,
): StoredSchedule[] {
  const ids = new Set(rights.filter(right => right.code === code).map(({ scheduleId }) => scheduleId))
  return schedules.filter(({ id }) => ids.has(id))
}

const timeReasons = new Set(['invalid time period', 'verified outside valid period of the door'])

/** Whether the terminal said that the time was wrong (iclock-push 11.4). */
function isTimeReason(detail: string | null): boolean {
  return detail !== null && timeReasons.has(detail)
}

/** Whether a refusal rests on rights and windows: a lost card stays refused, whatever the windows. */
function isAboutRights(detail: string | null): boolean {
  return isTimeReason(detail) || detail === 'unauthorised access' || detail === null
}

async function eventsOf(call: Call, sn: string, fromDay: string, to: string) {
  const events = []
  let offSet: string | undefined
  do {
    const { rows, paging } = await findDoorEvents(
      call.deps.store.read,
      { sns: [sn], from: `${fromDay} 00:00:00`, to, events: ['Granted', 'Denied'] },
      { offSet, limit: previewRows, order: 'desc' },
    )
    events.push(...rows)
    offSet = paging.OffSet || undefined
  } while (offSet !== undefined)
  return events
}
