import { sql } from 'kysely'
import type { GatewayDeps } from '../deps.ts'
import type { Reader } from '../store/index.ts'
import { localAt, shiftDay } from '../time/zone.ts'

/** Whom an absence touched. */
export interface Impact {
  /** People who usually punch at these terminals at that time of that weekday. */
  readonly people: readonly string[]
  /** Punches of the same time on the weeks before, fewest and most; null where there is no such week. */
  readonly usual: { readonly low: number; readonly high: number } | null
  /** Punches there are of that time, however late they came. */
  readonly came: number
  /** Fewer than the fewest usual. */
  readonly missing: number
}

const weeksBack = 4
/** Who punched there in so many of the weeks before is expected. */
const usualWeeks = 2
const judgedAtOnce = 10
/** Terminals send what they kept when they are back; after this long nothing more is expected. */
const settledMs = 24 * 3_600_000
const judgeEveryMs = 60_000
const terminalsMax = 200

/**
 * Who usually punches at these terminals between two moments (epoch milliseconds), from the same hours of the same
 * weekday in the four weeks before, and how many punches are missing against the fewest of those weeks. At most a day
 * of an absence is looked at, and the wall clock of `zone` counts.
 */
export async function readImpact(
  reader: Reader,
  about: {
    readonly sns: readonly string[]
    readonly from: number
    readonly to: number
    readonly zone: string
  },
): Promise<Impact> {
  const sns = about.sns.slice(0, terminalsMax)
  if (sns.length === 0) return { people: [], usual: null, came: 0, missing: 0 }
  const from = localAt(about.from, about.zone).local
  const to = localAt(Math.min(about.to, about.from + 86_400_000), about.zone).local
  const weeks = Array.from({ length: weeksBack }, (_, index) => -7 * (index + 1))
  const shifted = (local: string, days: number) => `${shiftDay(local.slice(0, 10), days)}${local.slice(10)}`
  const known = await reader
    .selectFrom('punch')
    .select(({ fn }) => fn.min('local_time').as('first'))
    .where('sn', 'in', sns)
    .executeTakeFirst()
  const lists = await Promise.all(
    weeks
      .filter(
        days => known?.first !== undefined && known.first !== null && known.first <= shifted(from, days),
      )
      .map(days => punchesOf(reader, sns, shifted(from, days), shifted(to, days))),
  )
  const came = await punchesOf(reader, sns, from, to)
  const seen = new Map<string, number>()
  for (const list of lists) for (const { code } of list) seen.set(code, (seen.get(code) ?? 0) + 1)
  const counts = lists.map(list => list.reduce((sum, { punches }) => sum + punches, 0))
  const usual = counts.length === 0 ? null : { low: Math.min(...counts), high: Math.max(...counts) }
  const count = came.reduce((sum, { punches }) => sum + punches, 0)
  const needed = Math.min(usualWeeks, lists.length)
  return {
    people: [...seen].filter(([, times]) => times >= needed).map(([code]) => code),
    usual,
    came: count,
    missing: Math.max(0, (usual?.low ?? 0) - count),
  }
}

async function punchesOf(reader: Reader, sns: readonly string[], from: string, to: string) {
  return reader
    .selectFrom('punch')
    .select(['employee_code as code', sql<number>`count(*)`.as('punches')])
    .where('sn', 'in', [...sns])
    .where('local_time', '>=', from)
    .where('local_time', '<=', to)
    .groupBy('employee_code')
    .execute()
}

/** Works out whom the newest absences touch: each minute while they last, and until a day after they ended. */
export async function judgeIncidents({ store, clock }: Pick<GatewayDeps, 'store' | 'clock'>): Promise<void> {
  const now = clock.now()
  const due = await store.read
    .selectFrom('incident')
    .innerJoin('device', 'device.sn', 'incident.sn')
    .select(['incident.id', 'incident.started_at', 'incident.ended_at', 'device.zone'])
    .where('incident.kind', '=', 'Offline')
    .where(({ or, eb }) => or([eb('ended_at', 'is', null), eb('ended_at', '>', now - settledMs)]))
    .where(({ or, eb }) => or([eb('judged_at', 'is', null), eb('judged_at', '<', now - judgeEveryMs)]))
    .orderBy(sql`coalesce(judged_at, 0)`)
    .limit(judgedAtOnce)
    .execute()
  for (const incident of due) {
    const members = await store.read
      .selectFrom('outage')
      .select('sn')
      .where('incident_id', '=', incident.id)
      .execute()
    const impact = await readImpact(store.read, {
      sns: members.map(({ sn }) => sn),
      from: incident.started_at,
      to: incident.ended_at ?? now,
      zone: incident.zone,
    })
    await store.write(write =>
      write
        .updateTable('incident')
        .set({
          people: impact.usual === null ? null : impact.people.length,
          punches_missing: impact.usual === null ? null : impact.missing,
          judged_at: now,
        })
        .where('id', '=', incident.id)
        .execute(),
    )
  }
}
