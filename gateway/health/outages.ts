import { sql } from 'kysely'
import type { AlertSays } from '#contract/entities/alert-facts.ts'
import { clearAlert, raiseAlert } from '../alerts/raise.ts'
import type { Write } from '../store/index.ts'
import { moveRepairs } from '../store/repairs.ts'
import { localAt } from '../time/zone.ts'
import { groupLosses, type Loss, type LossGroup, type Shared, sharedBy } from './group-losses.ts'
import { covers, findMaintenance, findTags } from './maintenance.ts'

/** A terminal away again within this time has the same trouble, not a new one. */
export const flapWindowMs = 10 * 60_000
/** From so many absences within one trouble on it flaps: its alert then ends only after a quiet while. */
export const flappingTimes = 3
/** Terminals lost together are declared within this time of one another; nobody is told of a part of them. */
const settleMs = 15_000
const groupReachMs = 10 * 60_000
const criticalFrom = 5

/** What an absence is called in alerts. */
export const alertKeyOf = (incidentId: number) => `offline ${incidentId}`

export interface LossInZone extends Loss {
  readonly zone: string
}

/**
 * Keeps that terminals went away, each with its own time, and one incident for those that went together. What planned
 * work covers gets no incident. In the transaction that says they are away.
 */
export async function declareAway(write: Write, losses: readonly LossInZone[], at: number): Promise<void> {
  if (losses.length === 0) return
  await write
    .insertInto('outage')
    .values(
      losses.map(({ sn, from, cause }) => ({
        sn,
        started_at: from,
        declared_at: at,
        ended_at: null,
        cause,
        incident_id: null,
      })),
    )
    .onConflict(conflict => conflict.column('sn').where('ended_at', 'is', null).doNothing())
    .execute()
  const work = await findMaintenance(write, { from: at, to: at + 1 })
  const sns = losses.map(({ sn }) => sn)
  const tags = work.length === 0 ? new Map<string, string[]>() : await findTags(write, sns)
  const isPlanned = ({ sn, site }: Loss) =>
    work.some(one => covers(one, { sn, site, tags: tags.get(sn) ?? [] }))
  await openIncidents(
    write,
    losses.filter(loss => !isPlanned(loss)),
    at,
  )
}

/** Incidents for absences that have none yet: joined to those they went away with, reopened, or new. */
export async function openIncidents(write: Write, losses: readonly LossInZone[], at: number): Promise<void> {
  if (losses.length === 0) return
  const known = new Map(losses.map(loss => [loss.sn, loss]))
  const groups = await findGroups(write, losses)
  const { changed, emptied } = groupLosses(groups, losses)
  const returning = await findReturning(
    write,
    [...changed].filter(isAlone).map(({ members }) => members[0]),
  )
  for (const group of changed) {
    const alone = isAlone(group) ? group.members[0] : undefined
    const before = alone === undefined ? undefined : returning.get(alone.sn)
    const id = before === undefined ? await keepGroup(write, group, at) : await reopen(write, before, at)
    group.id = id
    const newcomers = group.members.filter(({ sn }) => known.has(sn)).map(({ sn }) => sn)
    await write
      .updateTable('outage')
      .set({ incident_id: id })
      .where('sn', 'in', newcomers)
      .where('ended_at', 'is', null)
      .where('incident_id', 'is', null)
      .execute()
    await tell(write, id, group, at)
  }
  for (const { group, into } of emptied)
    if (group.id !== null && into.id !== null) await moveInto(write, group.id, into.id, at)
}

/**
 * Keeps that a terminal is back; ends the incident with the last of its terminals. Answers whether an absence ended.
 * In the transaction that says it is here again.
 */
export async function declareBack(write: Write, sn: string, at: number): Promise<boolean> {
  const outage = await write
    .updateTable('outage')
    .set({ ended_at: at })
    .where('sn', '=', sn)
    .where('ended_at', 'is', null)
    .returning('incident_id')
    .executeTakeFirst()
  if (outage === undefined) return false
  if (outage.incident_id === null) return true
  const still = await write
    .selectFrom('outage')
    .select('id')
    .where('incident_id', '=', outage.incident_id)
    .where('ended_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  if (still !== undefined) return true
  const ended = await write
    .updateTable('incident')
    .set({ ended_at: at, last_at: at, judged_at: null })
    .where('id', '=', outage.incident_id)
    .where('ended_at', 'is', null)
    .returning('times')
    .executeTakeFirst()
  if (ended && ended.times < flappingTimes) await clearAlert(write, alertKeyOf(outage.incident_id), at)
  return true
}

const isAlone = (group: LossGroup) => group.id === null && group.members.length === 1

/** Open absences that began at about the time of these. One that flaps is its own trouble. */
async function findGroups(write: Write, losses: readonly Loss[]): Promise<LossGroup[]> {
  const from = Math.min(...losses.map(loss => loss.from))
  const to = Math.max(...losses.map(loss => loss.to))
  const incidents = await write
    .selectFrom('incident')
    .select(['id', 'cause', 'lost_from', 'lost_to'])
    .where('kind', '=', 'Offline')
    .where('ended_at', 'is', null)
    .where('times', '=', 1)
    .where('lost_to', '>=', from - groupReachMs)
    .where('lost_from', '<=', to + groupReachMs)
    .orderBy('id')
    .execute()
  const groups = new Map(
    incidents.map(({ id, cause, lost_from, lost_to }): [number, LossGroup] => [
      id,
      {
        id,
        // Only keepGroup writes it; what they share is told apart again below.
        cause: (cause === 'NetworkShared' ? 'NoPoll' : cause) as LossGroup['cause'],
        from: lost_from ?? 0,
        to: lost_to ?? 0,
        members: [],
      },
    ]),
  )
  if (groups.size === 0) return []
  const members = await write
    .selectFrom('outage')
    .innerJoin('device', 'device.sn', 'outage.sn')
    .innerJoin('device_contact', 'device_contact.sn', 'outage.sn')
    .select(['outage.incident_id', 'outage.sn', 'outage.started_at', 'outage.declared_at'])
    .select(['device.label', 'device.site', 'device.model', 'device.firmware', 'device_contact.address'])
    .where('outage.incident_id', 'in', [...groups.keys()])
    .execute()
  for (const row of members) {
    const group = groups.get(row.incident_id ?? 0)
    group?.members.push({ ...row, from: row.started_at, to: row.declared_at, cause: group.cause })
  }
  return [...groups.values()]
}

/** The last trouble of each of these, where it ended a short while before. */
async function findReturning(
  write: Write,
  losses: readonly (Loss | undefined)[],
): Promise<ReadonlyMap<string, number>> {
  const lost = losses.filter(loss => loss !== undefined)
  if (lost.length === 0) return new Map()
  const rows = await write
    .selectFrom('incident')
    .select(['id', 'sn', 'ended_at'])
    .where('kind', '=', 'Offline')
    .where('devices', '=', 1)
    .where('ended_at', '>=', Math.min(...lost.map(({ from }) => from)) - flapWindowMs)
    .where(
      'sn',
      'in',
      lost.map(({ sn }) => sn),
    )
    .orderBy('id')
    .execute()
  const since = new Map(lost.map(({ sn, from }) => [sn, from]))
  return new Map(
    rows
      .filter(({ sn, ended_at }) => (ended_at ?? 0) >= (since.get(sn) ?? 0) - flapWindowMs)
      .map(({ sn, id }) => [sn, id]),
  )
}

async function reopen(write: Write, id: number, at: number): Promise<number> {
  await write
    .updateTable('incident')
    .set({ ended_at: null, last_at: at, times: sql`times + 1`, judged_at: null })
    .where('id', '=', id)
    .execute()
  return id
}

async function keepGroup(write: Write, group: LossGroup, at: number): Promise<number> {
  const shared = sharedBy(group.members)
  const many = group.members.length > 1
  const about = {
    detail: detailOf(group, shared),
    facts: JSON.stringify(factsOf(group)),
    devices: group.members.length,
    shared: many ? JSON.stringify(shared) : null,
    cause:
      many && group.cause === 'NoPoll' && (shared.site ?? shared.prefix) !== null
        ? 'NetworkShared'
        : group.cause,
    lost_from: group.from,
    lost_to: group.to,
    last_at: at,
  }
  const startedAt = Math.min(...group.members.map(({ from }) => from))
  if (group.id !== null) {
    await write
      .updateTable('incident')
      .set({ ...about, started_at: startedAt, judged_at: null })
      .where('id', '=', group.id)
      .execute()
    return group.id
  }
  const [first] = group.members
  const { id } = await write
    .insertInto('incident')
    .values({
      sn: first?.sn ?? '',
      kind: 'Offline',
      // Its terminal may be away again while others of the same trouble still are.
      subject: `contact since ${new Date(startedAt).toISOString()}`,
      times: 1,
      started_at: startedAt,
      ended_at: null,
      acknowledged_at: null,
      acknowledged_by: null,
      assignee: null,
      people: null,
      punches_missing: null,
      judged_at: null,
      ...about,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

const causes: Readonly<Record<string, string>> = {
  NoPoll: 'no poll came any more',
  WrongKey: 'it calls with a wrong communication key',
  Refused: 'it calls more often than is allowed and was refused',
  Restart: 'it did not come back after a restart',
}

function detailOf(group: LossGroup, shared: Shared): string {
  const why = causes[group.cause] ?? group.cause
  if (group.members.length === 1) return `Away since its own rhythm was broken: ${why}`
  const { names, more } = factsOf(group)
  return `Lost within the same seconds, ${sharedWords(shared)}: ${names}${more > 0 ? ` and ${more} more` : ''}`
}

const namesShown = 8

/** Values of the incident's words; cause, number and what they share are columns of their own. */
function factsOf({ members }: LossGroup) {
  const names = members.slice(0, namesShown).map(({ label }) => label)
  return { names: names.join(', '), more: members.length - names.length }
}

function sharedWords({ site, prefix, firmware }: Shared): string {
  if (site !== null) return prefix === null ? `all at ${site}` : `all at ${site} in ${prefix}`
  if (prefix !== null) return `all in ${prefix}`
  return firmware === null ? 'with nothing in common but the moment' : `all with firmware ${firmware}`
}

function saysOf(group: LossGroup, shared: Shared): AlertSays {
  const { members, cause } = group
  const since = new Date(group.from).toISOString()
  return members.length === 1
    ? { code: 'Away', facts: { label: members[0]?.label ?? '', cause, since } }
    : { code: 'AwayTogether', facts: { amount: members.length, ...factsOf(group), ...shared, since } }
}

async function tell(write: Write, id: number, group: LossGroup, at: number): Promise<void> {
  const [first] = group.members
  if (first === undefined) return
  const shared = sharedBy(group.members)
  const count = group.members.length
  const zone = await write.selectFrom('device').select('zone').where('sn', '=', first.sn).executeTakeFirst()
  const since = localAt(group.from, zone?.zone ?? 'UTC').local
  await raiseAlert(write, {
    kind: 'DeviceOffline',
    severity: count >= criticalFrom ? 'Critical' : 'Warning',
    subject: first.sn,
    deviceSN: first.sn,
    site: count === 1 ? first.site : shared.site,
    title:
      count === 1
        ? `${first.label} is away`
        : `${count} terminals are away${shared.site === null ? '' : ` at ${shared.site}`}`,
    detail: `${detailOf(group, shared)}. Last heard at ${since}.`,
    says: saysOf(group, shared),
    at,
    dedupeKey: alertKeyOf(id),
    settleMs,
  })
}

/** What was taken for two troubles was one. */
async function moveInto(write: Write, from: number, into: number, at: number): Promise<void> {
  await write.updateTable('outage').set({ incident_id: into }).where('incident_id', '=', from).execute()
  await write
    .updateTable('incident_comment')
    .set({ incident_id: into })
    .where('incident_id', '=', from)
    .execute()
  await moveRepairs(write, from, into)
  await clearAlert(write, alertKeyOf(from), at)
  await write.deleteFrom('incident').where('id', '=', from).execute()
}
