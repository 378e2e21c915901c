import { AwayCause } from '#contract/entities/incident.ts'
import { OperationError } from '#contract/errors.ts'
import { readControl } from '../attendance/control.ts'
import { addCorrection } from '../attendance/corrections/correct.ts'
import { readAffected } from '../attendance/repair/affected.ts'
import { proposeRepair } from '../attendance/repair/propose.ts'
import { actorOf } from '../http/caller.ts'
import { absencesOf } from '../store/absences.ts'
import { type DeviceRow, findDevice } from '../store/devices.ts'
import { namesOf } from '../store/people-names.ts'
import { estimatedAt, insertRepair, listRepairs } from '../store/repairs.ts'
import { localAt, readLocalTime, shiftDay } from '../time/zone.ts'
import type { Call, Handlers } from './handler.ts'
import { readRange } from './range.ts'
import { notFound, visibleDevices } from './scope.ts'

const daysMax = 7
/** Terminals that were away for longer have lost what they held. */
const outageDays = 92
const outagesShown = 100

interface WindowInput {
  readonly DeviceSN: string
  readonly IncidentID?: string | undefined
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
  await requireAbsence(call, input)
  return { device, from, to }
}

/** An incident is repaired at a terminal it is about. */
async function requireAbsence(call: Call, { DeviceSN, IncidentID }: WindowInput): Promise<void> {
  if (IncidentID === undefined) return
  const absences = await absencesOf(
    call.deps.store.read,
    { sns: [DeviceSN], incidentId: Number(IncidentID), since: 0 },
    1,
  )
  if (absences.length === 0)
    throw new OperationError('INCIDENT_NOT_FOUND', {
      field: 'IncidentID',
      detail: `${DeviceSN} was not away in an incident ${IncidentID}`,
    })
}

/** Whom the incident touched at the terminal, with their names, or null where none was named. */
async function affectedBy(call: Call, input: WindowInput, window: Awaited<ReturnType<typeof readWindow>>) {
  if (input.IncidentID === undefined) return null
  const { device, from, to } = window
  return readAffected(call.deps.store.read, {
    sn: device.sn,
    zone: device.zone,
    from,
    to,
    fromMs: readLocalTime(from, device.zone, 0).instant,
    toMs: readLocalTime(to, device.zone, 0).instant,
  })
}

export const repairHandlers = {
  async 'attendance.outages'(input, call) {
    const { store, clock } = call.deps
    const now = clock.now()
    const absences = await absencesOf(
      store.read,
      {
        sns: visibleDevices(call),
        incidentId: input.IncidentID === undefined ? undefined : Number(input.IncidentID),
        since: now - outageDays * 86_400_000,
      },
      outagesShown,
    )
    const incidents = [...new Set(absences.map(({ incident_id }) => String(incident_id)))]
    const repairs = Map.groupBy(
      await listRepairs(store.read, { incidents }),
      ({ IncidentID, DeviceSN }) => `${IncidentID} ${DeviceSN}`,
    )
    return {
      status: 200,
      body: {
        Outages: absences.map(absence => ({
          IncidentID: String(absence.incident_id),
          DeviceSN: absence.sn,
          LabelName: absence.label,
          Site: absence.site,
          TimeZone: absence.zone,
          FromTime: localAt(absence.started_at, absence.zone).local,
          ToTime: localAt(absence.ended_at ?? now, absence.zone).local,
          Lasting: absence.ended_at === null,
          Cause: AwayCause.parse(absence.cause),
          Devices: absence.devices,
          People: absence.people,
          PunchesMissing: absence.punches_missing,
          Repairs: repairs.get(`${absence.incident_id} ${absence.sn}`) ?? [],
        })),
      },
    }
  },

  async 'attendance.proposeRepair'(input, call) {
    const { store, clock } = call.deps
    const window = await readWindow(call, input)
    const { device, from, to } = window
    const { punches, considered } = await proposeRepair(store.read, device, { from, to, nowMs: clock.now() })
    const affected = await affectedBy(call, input, window)
    const estimated = await estimatedAt(store.read, device.sn, from.slice(0, 10), to.slice(0, 10))
    const touched = new Set(affected?.map(({ employeeCode }) => employeeCode))
    const codes = new Set([...punches.map(({ employeeCode }) => employeeCode), ...touched])
    const names = await namesOf(store.read, [...codes])
    const proposed = Map.groupBy(punches, ({ employeeCode }) => employeeCode)
    return {
      status: 200,
      body: {
        LabelName: device.label,
        TimeZone: device.zone,
        Considered: considered,
        Affected:
          affected?.map(({ employeeCode, came }) => ({
            EmployeeCode: employeeCode,
            EmployeeName: names.get(employeeCode) ?? null,
            Proposed: proposed.get(employeeCode)?.length ?? 0,
            Came: came,
          })) ?? null,
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
          Estimated: estimated.has(`${punch.employeeCode} ${punch.date} ${punch.direction}`),
          Affected: touched.has(punch.employeeCode),
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
    const [Repair] = await listRepairs(store.read, { id })
    if (!Repair) throw new Error(`repair ${id} is gone right after it was written`)
    return { status: 200, body: { Repair } }
  },

  async 'attendance.repairs'(_input, call) {
    return { status: 200, body: { Repairs: await listRepairs(call.deps.store.read) } }
  },
} satisfies Partial<Handlers>
