import { OperationError } from '#contract/errors.ts'
import { enqueueIn } from '../commands/enqueue.ts'
import { supersede } from '../commands/supersede.ts'
import { allRights, allSchedules } from '../store/access-rights.ts'
import { type CommandRow, commandEntity, readPayload } from '../store/commands.ts'
import { doorCountOf } from '../store/door-states.ts'
import type { Write } from '../store/index.ts'
import { readProfile } from '../store/profiles.ts'
import { holidaysOf, replaceHolidays, type StoredHoliday } from '../store/schedules.ts'
import type { Call, Handlers } from './handler.ts'
import { requireOverview } from './scope.ts'

const ordersLookedAt = 200

export const doorHolidayHandlers = {
  async 'doors.schedules'(input, call) {
    const { read } = call.deps.store
    const device = await requireOverview(call, input.DeviceSN)
    const isAccess = readProfile(device).flavour === 'access'
    const [schedules, rights, holidays, orders] = await Promise.all([
      allSchedules(read, [device.sn]),
      allRights(read, { sn: device.sn }),
      holidaysOf(read, device.sn),
      read
        .selectFrom('command')
        .selectAll()
        .where('sn', '=', device.sn)
        .where('kind', '=', 'schedule.write')
        .orderBy('id', 'desc')
        .limit(ordersLookedAt)
        .execute(),
    ])
    return {
      status: 200,
      body: {
        Flavour: isAccess ? ('Access' as const) : ('Attendance' as const),
        WindowsPerDay: isAccess ? 3 : 1,
        CanReadBack: isAccess,
        Schedules: schedules.map(({ id, name, windows, updatedAt }) => ({
          ScheduleID: id,
          Name: name,
          Windows: windows,
          EmployeeCodes: rights.filter(({ scheduleId }) => scheduleId === id).map(({ code }) => code),
          UpdatedAt: new Date(updatedAt).toISOString(),
          Command: newestOf(orders, id),
        })),
        Holidays: holidays.map(({ id, name, day, yearly, kind, scheduleId }) => ({
          HolidayID: id,
          Name: name,
          Date: day,
          Yearly: yearly,
          Kind: kind,
          ScheduleID: scheduleId,
        })),
      },
    }
  },

  async 'doors.setHolidays'(input, call) {
    const { deps } = call
    const device = await requireOverview(call, input.DeviceSN)
    const isAccess = readProfile(device).flavour === 'access'
    if (doorCountOf(device) === 0 && !isAccess)
      throw new OperationError('NOT_SUPPORTED_BY_DEVICE', {
        field: 'DeviceSN',
        detail: 'This terminal drives no door',
      })
    const wanted = input.Holidays.map(
      (holiday): StoredHoliday => ({
        id: holiday.HolidayID,
        name: holiday.Name,
        day: holiday.Date,
        yearly: holiday.Yearly,
        kind: holiday.Kind,
        scheduleId: holiday.ScheduleID,
      }),
    )
    refuseDoubles(wanted)
    if (!isAccess && wanted.some(({ scheduleId }) => scheduleId === null))
      throw new OperationError('INVALID_INPUT', {
        field: 'Holidays',
        detail: 'At an attendance terminal each holiday needs the schedule that holds on it (ScheduleID)',
      })
    const commands = await deps.store.write(async write => {
      const before = await holidaysOf(write, device.sn)
      await replaceHolidays(write, device.sn, wanted, deps.clock.now())
      await supersede(deps, write, device.sn, ['holiday.write', 'holiday.remove'], () => true)
      const gone = before.filter(was => !wanted.some(one => keyOf(one, isAccess) === keyOf(was, isAccess)))
      return [
        ...(await orderAll(call, write, device.sn, 'holiday.remove', gone)),
        ...(await orderAll(call, write, device.sn, 'holiday.write', wanted)),
      ]
    })
    deps.wakeCommands(device.sn)
    deps.wakeDelivery()
    return { status: 200, body: { Commands: commands.map(commandEntity) } }
  },
} satisfies Partial<Handlers>

/** What a terminal knows a holiday by: an access controller by its date, the others by its number. */
function keyOf({ id, day }: StoredHoliday, isAccess: boolean): string {
  return isAccess ? day : String(id)
}

function refuseDoubles(holidays: readonly StoredHoliday[]): void {
  for (const by of ['id', 'day'] as const)
    if (new Set(holidays.map(holiday => holiday[by])).size < holidays.length)
      throw new OperationError('INVALID_INPUT', {
        field: 'Holidays',
        detail: by === 'id' ? 'Two holidays have the same HolidayID' : 'Two holidays fall on the same date',
      })
}

async function orderAll(
  { deps, caller }: Call,
  write: Write,
  sn: string,
  kind: 'holiday.write' | 'holiday.remove',
  holidays: readonly StoredHoliday[],
): Promise<CommandRow[]> {
  const commands: CommandRow[] = []
  for (const { id, name, day, yearly, kind: which, scheduleId } of holidays) {
    const payload = {
      HolidayID: id,
      Name: name,
      Day: day,
      Yearly: yearly,
      Kind: which,
      ScheduleID: scheduleId,
    }
    const order = { sn, kind, payload, actor: caller.actor, key: null }
    commands.push((await enqueueIn(deps, write, order)).command)
  }
  return commands
}

function newestOf(orders: readonly CommandRow[], id: number) {
  const order = orders.find(row => readPayload(row).ScheduleID === id)
  return order ? commandEntity(order) : null
}
