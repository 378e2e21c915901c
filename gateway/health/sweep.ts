import { clearAlert, raiseAlert } from '../alerts/raise.ts'
import type { GatewayDeps } from '../deps.ts'
import { clockOffMs } from '../store/devices.ts'
import { raiseIncident } from '../store/incidents.ts'
import type { AwayCause } from './group-losses.ts'
import { judgeIncidents } from './impact.ts'
import { covers, findMaintenance, findTags } from './maintenance.ts'
import { alertKeyOf, flappingTimes, flapWindowMs, openIncidents } from './outages.ts'
import { sampleStorage } from './storage.ts'

type SweepDeps = Pick<GatewayDeps, 'store' | 'clock' | 'log'>

/** A clock counts as right again below this. */
const clockRightMs = 30_000

/** What health does by the clock: ends of planned work, clocks, quiet after flapping, whom an incident touched. */
export async function sweepHealth(deps: SweepDeps): Promise<void> {
  await leaveMaintenance(deps)
  await watchClocks(deps)
  await settleFlapping(deps)
  await judgeIncidents(deps)
  await sampleStorage(deps)
}

/** Whoever is still away when planned work is over is in trouble from then on. */
async function leaveMaintenance({ store, clock }: SweepDeps): Promise<void> {
  const now = clock.now()
  const away = await store.read
    .selectFrom('outage')
    .innerJoin('device', 'device.sn', 'outage.sn')
    .innerJoin('device_contact', 'device_contact.sn', 'outage.sn')
    .select(['outage.sn', 'outage.cause', 'outage.started_at', 'outage.declared_at'])
    .select(['device.label', 'device.site', 'device.zone', 'device.model', 'device.firmware'])
    .select('device_contact.address')
    .where('outage.ended_at', 'is', null)
    .where('outage.incident_id', 'is', null)
    .execute()
  if (away.length === 0) return
  const work = await findMaintenance(store.read, { from: now, to: now + 1 })
  const tags = await findTags(
    store.read,
    away.map(({ sn }) => sn),
  )
  const due = away.filter(
    ({ sn, site }) => !work.some(one => covers(one, { sn, site, tags: tags.get(sn) ?? [] })),
  )
  if (due.length === 0) return
  await store.write(write =>
    openIncidents(
      write,
      due.map(row => ({
        ...row,
        from: row.started_at,
        to: row.declared_at,
        // Only declareAway writes it.
        cause: row.cause as AwayCause,
      })),
      now,
    ),
  )
}

/** A clock that is more than a minute off makes wrong times of good punches: an incident until it is right again. */
async function watchClocks({ store, clock }: SweepDeps): Promise<void> {
  const at = clock.now()
  const off = await store.read
    .selectFrom('device_contact')
    .innerJoin('device', 'device.sn', 'device_contact.sn')
    .select(['device.sn', 'device.label', 'device.site', 'clock_skew_ms'])
    .where('device.state', '=', 'adopted')
    .where('online', '=', 1)
    .where(({ or, eb }) => or([eb('clock_skew_ms', '>', clockOffMs), eb('clock_skew_ms', '<', -clockOffMs)]))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('incident')
            .select('incident.id')
            .whereRef('incident.sn', '=', 'device.sn')
            .where('incident.kind', '=', 'Clock')
            .where('incident.ended_at', 'is', null),
        ),
      ),
    )
    .execute()
  const right = await store.read
    .selectFrom('incident')
    .innerJoin('device_contact', 'device_contact.sn', 'incident.sn')
    .select(['incident.id', 'incident.sn'])
    .where('incident.kind', '=', 'Clock')
    .where('incident.ended_at', 'is', null)
    .where('clock_skew_ms', '<', clockRightMs)
    .where('clock_skew_ms', '>', -clockRightMs)
    .execute()
  if (off.length === 0 && right.length === 0) return
  await store.write(async write => {
    for (const { sn, label, site, clock_skew_ms: skew } of off) {
      const seconds = Math.round(Math.abs(skew ?? 0) / 1000)
      const detail = `The clock is ${seconds} s ${(skew ?? 0) < 0 ? 'behind' : 'ahead'}`
      const facts = { label, seconds: Math.round((skew ?? 0) / 1000) }
      await raiseIncident(write, { sn, kind: 'Clock', subject: 'clock', detail, facts, times: 1, at })
      await raiseAlert(write, {
        kind: 'DeviceClock',
        severity: 'Warning',
        subject: sn,
        deviceSN: sn,
        site,
        title: `The clock of ${label} is off`,
        detail: `${detail}. Punches it makes meanwhile carry the difference.`,
        says: { code: 'ClockOff', facts },
        at,
        dedupeKey: `clock ${sn}`,
      })
    }
    for (const { id, sn } of right) {
      await write
        .updateTable('incident')
        .set({ ended_at: at, last_at: at })
        .where('id', '=', id)
        .where('ended_at', 'is', null)
        .execute()
      await clearAlert(write, `clock ${sn}`, at)
    }
  })
}

/** The alert of a terminal that came and went ends once it has stayed for a while. */
async function settleFlapping({ store, clock }: SweepDeps): Promise<void> {
  const at = clock.now()
  const quiet = await store.read
    .selectFrom('incident')
    .select('id')
    .where('kind', '=', 'Offline')
    .where('times', '>=', flappingTimes)
    .where('ended_at', '<', at - flapWindowMs)
    .where('ended_at', '>', at - 24 * 60 * 60_000)
    .execute()
  if (quiet.length === 0) return
  const open = await store.read
    .selectFrom('alert')
    .select('dedupe_key')
    .where('cleared_at', 'is', null)
    .where(
      'dedupe_key',
      'in',
      quiet.map(({ id }) => alertKeyOf(id)),
    )
    .execute()
  if (open.length === 0) return
  await store.write(async write => {
    for (const { dedupe_key } of open) await clearAlert(write, dedupe_key, at)
  })
}
