import { OperationError } from '#contract/errors.ts'
import type { ParsedInput } from '#contract/types.ts'
import { type Enqueued, enqueueIn, type Order } from '../commands/enqueue.ts'
import type { CommandKind } from '../commands/kinds.ts'
import { supersede } from '../commands/supersede.ts'
import { accessDialectOf } from '../device/access/facts.ts'
import { authorizationsOf } from '../device/protocol/access/person-commands.ts'
import { hasOtherRight, reviewDefaultRights } from '../people/default-rights.ts'
import { dayAbove, isWeekday, normaliseWindows, type Window } from '../schedules/windows.ts'
import { commandEntity } from '../store/commands.ts'
import type { DeviceOverview } from '../store/devices.ts'
import { doorCountOf } from '../store/door-states.ts'
import type { Write } from '../store/index.ts'
import { readProfile } from '../store/profiles.ts'
import { saveSchedule, schedulesOf, setMembers } from '../store/schedules.ts'
import type { Call, Handlers } from './handler.ts'
import { requireOverview } from './scope.ts'

/** Access terminals hold three windows a day (iclock-push 12.2). */
const windowsPerDay = 3

export const scheduleHandlers = {
  async 'doors.setSchedule'(input, call) {
    const device = await requireOverview(call, input.DeviceSN)
    const isAccess = readProfile(device).flavour === 'access'
    const windows = normaliseWindows(input.Windows)
    if (isAccess) refuseBeyondController(input)
    else refuseBeyondTerminal(device, input, windows)
    const perDay = isAccess ? windowsPerDay : 1
    const day = dayAbove(windows, perDay)
    if (day !== null)
      throw new OperationError('INVALID_INPUT', {
        field: 'Windows',
        detail: `${day} has more windows than the ${perDay} a day of this terminal, counting those that run on from the day before`,
      })
    const { command, reachable } = await call.deps.store.write(async write => {
      const schedule = { sn: device.sn, id: input.ScheduleID, name: input.Name, windows }
      await saveSchedule(write, { ...schedule, at: call.deps.clock.now() })
      await supersede(
        call.deps,
        write,
        device.sn,
        ['schedule.write'],
        payload => payload.ScheduleID === input.ScheduleID,
      )
      const written = await order(call, write, device.sn, 'schedule.write', {
        ScheduleID: input.ScheduleID,
        Windows: windows,
      })
      if (input.GroupID !== undefined)
        await order(call, write, device.sn, 'group.write', {
          GroupID: input.GroupID,
          Schedules: [input.ScheduleID],
        })
      if (input.EmployeeCode !== undefined)
        await orderRights(call, write, device, input.ScheduleID, input.EmployeeCode)
      await reviewDefaultRights(write, device.sn, call.deps.clock.now())
      return written
    })
    call.deps.wakeCommands(device.sn)
    call.deps.wakeDelivery()
    return { status: reachable ? 200 : 409, body: commandEntity(command) }
  },
} satisfies Pick<Handlers, 'doors.setSchedule'>

/** An access controller has no groups in these tables: who follows a schedule is named. */
function refuseBeyondController(input: ParsedInput<'doors.setSchedule'>): void {
  if (input.GroupID === undefined) return
  throw new OperationError('NOT_SUPPORTED_BY_DEVICE', {
    field: 'GroupID',
    detail: 'Groups are held by attendance terminals; name the people in EmployeeCode',
  })
}

/**
 * What the tables of an attendance terminal cannot hold: windows of holidays (a holiday has a schedule of its own
 * there), and people by name (they follow the schedules of their group). iclock-push 7 [ATT58].
 */
function refuseBeyondTerminal(
  device: DeviceOverview,
  input: ParsedInput<'doors.setSchedule'>,
  windows: readonly Window[],
): void {
  if (doorCountOf(device) === 0)
    throw new OperationError('NOT_SUPPORTED_BY_DEVICE', {
      field: 'DeviceSN',
      detail: 'This terminal drives no door',
    })
  if (windows.some(({ Day }) => !isWeekday(Day)))
    throw new OperationError('NOT_SUPPORTED_BY_DEVICE', {
      field: 'Windows',
      detail:
        'An attendance terminal has no windows for holidays; give the holiday a schedule (SetAccessHolidays)',
    })
  if (input.EmployeeCode !== undefined)
    throw new OperationError('NOT_SUPPORTED_BY_DEVICE', {
      field: 'EmployeeCode',
      detail: 'At an attendance terminal people follow the schedules of their group; give GroupID',
    })
}

/**
 * Rows of a person can only be taken off a terminal all at once, so whoever leaves a schedule is written anew with the
 * schedules that are left; and so is whoever has an order open, because that one may or may not have been carried out,
 * and whoever could pass all day before the terminal had schedules.
 */
async function orderRights(
  call: Call,
  write: Write,
  device: DeviceOverview,
  scheduleId: number,
  codes: readonly string[],
): Promise<void> {
  const { added, removed } = await setMembers(write, { sn: device.sn, id: scheduleId }, codes)
  const taken = new Set(removed)
  for (const code of [...removed, ...added]) {
    const rights = ['right.write', 'right.remove'] as const
    const open = await supersede(
      call.deps,
      write,
      device.sn,
      rights,
      payload => payload.EmployeeCode === code,
    )
    const kept = await schedulesOf(write, device.sn, code)
    const isAnew = taken.has(code) || open > 0 || (await hasOtherRight(write, { sn: device.sn, code }, kept))
    if (isAnew)
      await order(call, write, device.sn, 'right.remove', { EmployeeCode: code, ScheduleID: scheduleId })
    const wanted = isAnew ? kept : [scheduleId]
    for (const schedule of wanted) await orderRight(call, write, device, code, schedule)
  }
}

async function orderRight(
  call: Call,
  write: Write,
  device: DeviceOverview,
  pin: string,
  scheduleId: number,
): Promise<void> {
  const doors = Array.from({ length: Math.max(1, doorCountOf(device)) }, (_, index) => index + 1)
  const rows = authorizationsOf({ pin, timeZoneId: scheduleId, doors }, accessDialectOf(device))
  for (const row of rows)
    await order(call, write, device.sn, 'right.write', {
      EmployeeCode: pin,
      ScheduleID: scheduleId,
      Doors: [...row.doors],
    })
}

function order(
  { deps, caller }: Call,
  write: Write,
  sn: string,
  kind: CommandKind,
  payload: Order['payload'],
): Promise<Enqueued> {
  return enqueueIn(deps, write, { sn, kind, payload, actor: caller.actor, key: null })
}
