import { OperationError } from '#contract/errors.ts'
import { readControl } from '../attendance/control.ts'
import { addCorrection } from '../attendance/corrections/correct.ts'
import { proposeRepair } from '../attendance/repair/propose.ts'
import { actorOf } from '../http/caller.ts'
import { type DeviceRow, findDevice } from '../store/devices.ts'
import { namesOf } from '../store/people-names.ts'
import { insertRepair, listRepairs } from '../store/repairs.ts'
import { readLocalTime, shiftDay } from '../time/zone.ts'
import type { Call, Handlers } from './handler.ts'
import { readRange } from './range.ts'
import { notFound } from './scope.ts'

const daysMax = 7

interface WindowInput {
  readonly DeviceSN: string
  readonly FromDate: string
  readonly ToDate: string
}

async function readWindow(
  call: Call,
  input: WindowInput,
): Promise<{ device: DeviceRow; from: string; to: string }> {
  const device = await findDevice(call.deps.store.read, input.DeviceSN)
  if (!device) throw notFound(input.DeviceSN)
  const { from, to } = readRange(input)
  if (shiftDay(from.slice(0, 10), daysMax) < to.slice(0, 10))
    throw new OperationError('INVALID_DATE', {
      field: 'ToDate',
      detail: `At most ${daysMax} days are repaired at once`,
    })
  return { device, from, to }
}

export const repairHandlers = {
  async 'attendance.proposeRepair'(input, call) {
    const { store, clock } = call.deps
    const { device, from, to } = await readWindow(call, input)
    const { punches, considered } = await proposeRepair(store.read, device, { from, to, nowMs: clock.now() })
    const names = await namesOf(store.read, [...new Set(punches.map(({ employeeCode }) => employeeCode))])
    return {
      status: 200,
      body: {
        LabelName: device.label,
        TimeZone: device.zone,
        Considered: considered,
        Punches: punches.map(punch => ({
          EmployeeCode: punch.employeeCode,
          EmployeeName: names.get(punch.employeeCode) ?? null,
          Date: punch.date,
          LocalTime: punch.localTime,
          Direction: punch.direction,
          Basis: punch.basis,
          Share: punch.share,
          SeenAt: punch.seen?.where ?? null,
          SeenTime: punch.seen?.localTime ?? null,
          HalfHere: punch.isHalfHere,
          Strong: punch.isStrong,
        })),
      },
    }
  },

  async 'attendance.acceptRepair'(input, call) {
    const { store, clock } = call.deps
    const { device, from, to } = await readWindow(call, input)
    const outside = input.Punches.find(({ LocalTime }) => LocalTime < from || LocalTime > to)
    if (outside)
      throw new OperationError('INVALID_INPUT', {
        field: 'Punches',
        detail: `${outside.LocalTime} of ${outside.EmployeeCode} lies outside ${from} to ${to}`,
      })
    const by = { actor: actorOf(call.caller), now: clock.now(), reason: input.Reason }
    const { sn, zone } = device
    const id = await store.write(async write => {
      const { twoPersons } = await readControl(write, by.now)
      const repairId = await insertRepair(write, {
        sn,
        from_time: from,
        to_time: to,
        incident: input.IncidentID ?? null,
        reason: by.reason,
        actor: by.actor,
        at: by.now,
      })
      for (const { EmployeeCode, LocalTime, Direction } of input.Punches) {
        const { instant, offsetMinutes } = readLocalTime(LocalTime, zone, 0)
        const draft = {
          day: LocalTime.slice(0, 10),
          punch_ref: null,
          instant,
          local_time: LocalTime,
          zone,
          offset_minutes: offsetMinutes,
          sn,
          before: null,
          after: Direction,
        }
        const added = {
          employeeCode: EmployeeCode,
          kind: 'AddPunch',
          draft,
          estimated: true,
          repairId,
        } as const
        await addCorrection(write, { ...added, needsApproval: twoPersons }, by)
      }
      return repairId
    })
    const [Repair] = await listRepairs(store.read, id)
    if (!Repair) throw new Error(`repair ${id} is gone right after it was written`)
    return { status: 200, body: { Repair } }
  },

  async 'attendance.repairs'(_input, call) {
    return { status: 200, body: { Repairs: await listRepairs(call.deps.store.read) } }
  },
} satisfies Partial<Handlers>
