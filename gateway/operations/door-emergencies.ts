import { MusterTick } from '#contract/entities/emergency.ts'
import { OperationError } from '#contract/errors.ts'
import type { ParsedInput } from '#contract/types.ts'
import { byNeed, emergencyDoor, emergencyEntity } from '../doors/emergencies/emergency-doors.ts'
import { callRoll } from '../doors/emergencies/roll-call.ts'
import { type EmergencyOrder, startEmergency, type TargetDoor } from '../doors/emergencies/start-emergency.ts'
import { tellEmergencyOver } from '../doors/emergencies/tell-emergency.ts'
import { type DeviceOverview, findDevices } from '../store/devices.ts'
import { doorCountOf } from '../store/door-states.ts'
import {
  addTicks,
  type EmergencyRow,
  emergencyDoors,
  findEmergencies,
  findEmergency,
  saveZone,
  type TickRow,
} from '../store/emergencies.ts'
import {
  foreignMembers,
  isConcerned,
  ownPeople,
  refuseForeignDoors,
  visibleDoor,
  visibleTicks,
  visibleZones,
} from './door-scope.ts'
import type { Call, Handlers } from './handler.ts'
import { orderKey } from './order-key.ts'
import { requireDoor } from './require-door.ts'
import { visibleDevices } from './scope.ts'

export const doorEmergencyHandlers = {
  async 'doors.startEmergency'(input, call) {
    const scope = await scopeOf(input, call)
    const emergency = await startEmergency(call.deps, {
      kind: input.Kind,
      ...scope,
      drill: input.Drill,
      movesRelays: !input.Drill || input.MoveRelays,
      reason: input.Reason || null,
      actor: call.caller.actor,
      key: orderKey(call),
    })
    return { status: 200, body: await describe(call, emergency) }
  },

  async 'doors.endEmergency'(input, call) {
    const { store, clock } = call.deps
    const found = await requireEmergency(call, input.EmergencyID)
    await refuseForeignDoors(call, found)
    const now = clock.now()
    const ended = await store.write(async write => {
      const row = await write
        .updateTable('emergency')
        .set({ ended_at: now, ended_by: call.caller.actor, end_note: input.Note || null })
        .where('id', '=', found.id)
        .where('ended_at', 'is', null)
        .returningAll()
        .executeTakeFirst()
      // The sweep of held doors sends each return now, and goes on until it is carried out.
      if (row) {
        await write
          .updateTable('door_hold')
          .set({ until: now })
          .where('emergency_id', '=', found.id)
          .where('ended_at', 'is', null)
          .execute()
        await tellEmergencyOver(write, found.id, now)
      }
      return row
    })
    if (!ended) throw new OperationError('EMERGENCY_OVER', { field: 'EmergencyID' })
    return { status: 200, body: await describe(call, ended) }
  },

  async 'doors.emergencies'(input, call) {
    const all = await findEmergencies(call.deps.store.read, input.Active === true)
    const every = await emergencyDoors(
      call.deps.store.read,
      all.map(({ id }) => id),
    )
    const doors = every.filter(({ sn }) => visibleDoor(call, sn))
    const rows = all.filter(({ id }) => isConcerned(call, id, doors))
    const returns = await returnStates(call, rows)
    return {
      status: 200,
      body: {
        Emergencies: rows.map(row =>
          emergencyEntity(
            row,
            doors
              .filter(({ emergency_id }) => emergency_id === row.id)
              .map(door => emergencyDoor(row, door, returns(row, door.sn, door.door_no))),
          ),
        ),
      },
    }
  },

  async 'doors.emergency'(input, call) {
    return { status: 200, body: await describe(call, await requireEmergency(call, input.EmergencyID)) }
  },

  async 'doors.rollCall'(input, call) {
    const { store, clock } = call.deps
    const emergency =
      input.EmergencyID === undefined ? undefined : await requireEmergency(call, input.EmergencyID)
    const now = clock.now()
    const RollCallID = emergency ? String(emergency.id) : `day-${new Date(now).toISOString().slice(0, 10)}`
    const site = input.Site ?? (emergency?.scope === 'Site' ? emergency.scope_name : undefined)
    const roll = await callRoll(store.read, { now, sns: visibleDevices(call), site })
    return {
      status: 200,
      body: {
        RollCallID,
        At: new Date(now).toISOString(),
        Sites: roll.sites,
        People: roll.people,
        Ticks: (await visibleTicks(call, RollCallID)).map(tickEntity),
        Sureness: roll.sureness,
      },
    }
  },

  async 'doors.saveMuster'(input, call) {
    const { store, clock } = call.deps
    const now = clock.now()
    const own = await ownPeople(
      call,
      input.Ticks.map(({ EmployeeCode }) => EmployeeCode),
    )
    const rows = input.Ticks.filter(({ EmployeeCode }) => own.has(EmployeeCode)).map(tick => ({
      id: tick.TickID,
      roll_call: input.RollCallID,
      employee_code: tick.EmployeeCode,
      state: tick.State,
      at: Date.parse(tick.At),
      by_name: tick.By || null,
      actor: call.caller.actor,
      received_at: now,
      note: tick.Note || null,
    }))
    const Added = await store.write(write => addTicks(write, rows))
    return {
      status: 200,
      body: { Ticks: (await visibleTicks(call, input.RollCallID)).map(tickEntity), Added },
    }
  },

  async 'doors.zones'(_input, call) {
    const zones = await visibleZones(call)
    return { status: 200, body: { Zones: [...zones].map(([Zone, Doors]) => ({ Zone, Doors })) } }
  },

  async 'doors.saveZone'(input, call) {
    const Doors = [...new Set(input.Doors)]
    const doors: { sn: string; door: number }[] = []
    for (const ref of Doors) {
      const { device, door } = await targetOf(call, ref)
      doors.push({ sn: device.sn, door })
    }
    await call.deps.store.write(async write =>
      saveZone(write, input.Zone, [...doors, ...(await foreignMembers(call, write, input.Zone))]),
    )
    return { status: 200, body: { Zone: input.Zone, Doors } }
  },

  async 'doors.removeZone'(input, call) {
    const zones = await visibleZones(call)
    if (!zones.has(input.Zone)) throw new OperationError('ZONE_NOT_FOUND', { field: 'Zone' })
    await call.deps.store.write(async write =>
      saveZone(write, input.Zone, await foreignMembers(call, write, input.Zone)),
    )
    return { status: 200, body: { Zone: input.Zone } }
  },
} satisfies Partial<Handlers>

type Scope = Pick<EmergencyOrder, 'scope' | 'scopeName' | 'doors'>

async function scopeOf(input: ParsedInput<'doors.startEmergency'>, call: Call): Promise<Scope> {
  if (input.Door !== undefined) {
    const target = await targetOf(call, input.Door)
    return { scope: 'Door', scopeName: input.Door, doors: [target] }
  }
  const devices = await findDevices(call.deps.store.read, visibleDevices(call))
  const all = devices.filter(({ state }) => state === 'adopted').flatMap(allDoors)
  if (input.Zone !== undefined) {
    const refs = (await visibleZones(call)).get(input.Zone)
    if (!refs) throw new OperationError('ZONE_NOT_FOUND', { field: 'Zone' })
    const wanted = new Set(refs)
    const doors = all.filter(({ device, door }) => wanted.has(`${device.sn}/${door}`))
    return { scope: 'Zone', scopeName: input.Zone, doors }
  }
  if (input.Site !== undefined) {
    const doors = all.filter(({ device }) => device.site === input.Site)
    if (doors.length === 0)
      throw new OperationError('DOOR_NOT_FOUND', {
        field: 'Site',
        detail: `There is no door at ${input.Site}`,
      })
    return { scope: 'Site', scopeName: input.Site, doors }
  }
  // Everything there is for whoever is bound to sites is named by them.
  return {
    scope: 'Everything',
    scopeName: [...(call.caller.sites ?? [])].join(', ').slice(0, 64),
    doors: all,
  }
}

function allDoors(device: DeviceOverview): (TargetDoor & { readonly device: DeviceOverview })[] {
  return Array.from({ length: doorCountOf(device) }, (_, at) => ({ device, door: at + 1 }))
}

async function targetOf(call: Call, ref: string): Promise<TargetDoor> {
  const [sn = '', number = ''] = ref.split('/')
  const device = await requireDoor(call, sn, Number(number))
  return { device, door: Number(number) }
}

async function requireEmergency(call: Call, id: string): Promise<EmergencyRow> {
  const found = await findEmergency(call.deps.store.read, id)
  if (found && isConcerned(call, found.id, await emergencyDoors(call.deps.store.read, [found.id])))
    return found
  throw new OperationError('EMERGENCY_NOT_FOUND', {
    field: 'EmergencyID',
    detail: `There is no emergency ${id}`,
  })
}

async function describe(call: Call, emergency: EmergencyRow) {
  const rows = await emergencyDoors(call.deps.store.read, [emergency.id])
  const returns = await returnStates(call, [emergency])
  const doors = rows
    .filter(({ sn }) => visibleDoor(call, sn))
    .map(row => emergencyDoor(emergency, row, returns(emergency, row.sn, row.door_no)))
    .sort(byNeed)
  return { Emergency: emergencyEntity(emergency, doors), Doors: doors }
}

/** What became of each door's return order; nothing before the end. */
async function returnStates(call: Call, emergencies: readonly EmergencyRow[]) {
  const ids = emergencies.flatMap(({ id, ended_at }) => (ended_at === null ? [] : [id]))
  const holds =
    ids.length === 0
      ? []
      : await call.deps.store.read
          .selectFrom('door_hold')
          .select(['emergency_id', 'sn', 'door_no', 'state'])
          .where('emergency_id', 'in', ids)
          .orderBy('id')
          .execute()
  const last = new Map(holds.map(hold => [`${hold.emergency_id} ${hold.sn}/${hold.door_no}`, hold.state]))
  return (emergency: EmergencyRow, sn: string, door: number) => {
    const state = emergency.ended_at === null ? undefined : last.get(`${emergency.id} ${sn}/${door}`)
    if (state === undefined || state === 'refused') return 'None'
    if (state === 'ended' || state === 'replaced') return 'Returned'
    return state === 'overdue' ? 'Overdue' : 'Pending'
  }
}

function tickEntity(row: TickRow) {
  return {
    TickID: row.id,
    EmployeeCode: row.employee_code,
    State: MusterTick.shape.State.parse(row.state),
    At: new Date(row.at).toISOString(),
    By: row.by_name,
    Actor: row.actor,
    ReceivedAt: new Date(row.received_at).toISOString(),
    Note: row.note,
  }
}
