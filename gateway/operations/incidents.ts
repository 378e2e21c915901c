import { OperationError } from '#contract/errors.ts'
import { readImpact } from '../health/impact.ts'
import { toIso } from '../store/devices.ts'
import { findIncident, incidentEntity } from '../store/incidents.ts'
import type { Reader } from '../store/index.ts'
import { listRepairs } from '../store/repairs.ts'
import type { Call, Handlers } from './handler.ts'
import { visibleDevices } from './scope.ts'

const membersShown = 200
const peopleShown = 100

export const incidentHandlers = {
  async 'devices.incident'(input, call) {
    const { store, clock } = call.deps
    const row = await requireIncident(call, store.read, input.IncidentID)
    const members = await store.read
      .selectFrom('outage')
      .innerJoin('device', 'device.sn', 'outage.sn')
      .select(['outage.sn', 'label', 'site', 'started_at', 'declared_at', 'ended_at', 'cause'])
      .where('incident_id', '=', row.id)
      .orderBy('started_at')
      .orderBy('outage.sn')
      .execute()
    const comments = await store.read
      .selectFrom('incident_comment')
      .select(['at', 'actor', 'text'])
      .where('incident_id', '=', row.id)
      .orderBy('id')
      .execute()
    const repairs = await listRepairs(store.read, { incidents: [String(row.id)] })
    return {
      status: 200,
      body: {
        Incident: incidentEntity(row),
        // Why somebody's punches were estimated is attendance's to know.
        Repairs: repairs.map(({ Reason: _reason, ...repair }) => repair),
        Members: members.slice(0, membersShown).map(member => ({
          DeviceSN: member.sn,
          LabelName: member.label,
          Site: member.site,
          StartedAt: new Date(member.started_at).toISOString(),
          DeclaredAt: new Date(member.declared_at).toISOString(),
          EndedAt: toIso(member.ended_at),
          Cause: member.cause,
        })),
        MemberCount: members.length,
        Comments: comments.map(({ at, actor, text }) => ({
          At: new Date(at).toISOString(),
          Actor: actor,
          Text: text,
        })),
        Impact: row.kind === 'Offline' ? await impactOf(store.read, row, members, clock.now()) : null,
      },
    }
  },

  async 'devices.updateIncident'(input, call) {
    const { store, clock } = call.deps
    const { actor } = call.caller
    await requireIncident(call, store.read, input.IncidentID)
    const id = Number(input.IncidentID)
    const at = clock.now()
    await store.write(async write => {
      if (input.Acknowledge !== undefined)
        await write
          .updateTable('incident')
          .set(
            input.Acknowledge
              ? { acknowledged_at: at, acknowledged_by: actor }
              : { acknowledged_at: null, acknowledged_by: null },
          )
          .where('id', '=', id)
          .execute()
      if (input.Assignee !== undefined)
        await write
          .updateTable('incident')
          .set({ assignee: input.Assignee === '' ? null : input.Assignee })
          .where('id', '=', id)
          .execute()
      if (input.Comment)
        await write
          .insertInto('incident_comment')
          .values({ incident_id: id, at, actor, text: input.Comment })
          .execute()
      if (input.Acknowledge)
        await write
          .updateTable('alert')
          .set({ acknowledged_at: at, acknowledged_by: actor })
          .where('dedupe_key', '=', `offline ${id}`)
          .where('cleared_at', 'is', null)
          .execute()
    })
    return {
      status: 200,
      body: { Incident: incidentEntity(await requireIncident(call, store.read, input.IncidentID)) },
    }
  },
} satisfies Pick<Handlers, 'devices.incident' | 'devices.updateIncident'>

async function requireIncident(call: Call, reader: Reader, id: string) {
  const row = await findIncident(reader, id)
  const visible = visibleDevices(call)
  const isTheirs =
    row !== undefined &&
    (visible === null || visible.includes(row.sn) || (await isMember(reader, row.id, visible)))
  if (row === undefined || !isTheirs)
    throw new OperationError('INCIDENT_NOT_FOUND', {
      field: 'IncidentID',
      detail: `There is no incident ${id}`,
    })
  return row
}

async function isMember(reader: Reader, id: number, sns: readonly string[]): Promise<boolean> {
  const found = await reader
    .selectFrom('outage')
    .select('id')
    .where('incident_id', '=', id)
    .where('sn', 'in', sns.length > 0 ? [...sns] : [''])
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

async function impactOf(
  reader: Reader,
  incident: { readonly sn: string; readonly started_at: number; readonly ended_at: number | null },
  members: readonly { readonly sn: string }[],
  now: number,
) {
  const to = incident.ended_at ?? now
  const device = await reader
    .selectFrom('device')
    .select('zone')
    .where('sn', '=', incident.sn)
    .executeTakeFirst()
  const impact = await readImpact(reader, {
    sns: members.map(({ sn }) => sn),
    from: incident.started_at,
    to,
    zone: device?.zone ?? 'UTC',
  })
  return {
    From: new Date(incident.started_at).toISOString(),
    To: new Date(to).toISOString(),
    People: impact.people.length,
    EmployeeCode: impact.people.slice(0, peopleShown),
    UsualLow: impact.usual?.low ?? null,
    UsualHigh: impact.usual?.high ?? null,
    Came: impact.came,
    Missing: impact.missing,
  }
}
