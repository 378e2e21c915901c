import type { GatewayDeps } from '../../deps.ts'
import { findCorrection, insertCorrection } from '../../store/corrections.ts'
import type { Reader } from '../../store/index.ts'
import { newestPunch } from '../../store/punches.ts'
import { itself, type OpenEstimate, openEstimates } from '../../store/repairs.ts'
import { shiftDay } from '../../time/zone.ts'
import { touchDays } from '../corrections/correct.ts'
import { openPlans } from '../plan/read-plans.ts'
import { arrivedEstimates } from '../rules/estimates.ts'

const estimatesAtOnce = 200
/** Terminals that are away for longer have lost what they held. */
const lifeMs = 92 * 86_400_000

export interface EstimateSweep {
  /** Takes back estimates whose real punches have arrived; answers how many. */
  run(): Promise<number>
}

/**
 * Takes estimated punches back, each by a fact of its own, once real ones have come for them: off the way of a punch, as
 * the rules see it themselves, and once only whoever else does the same. It looks only where punches have come.
 */
export function createEstimateSweep({ store, clock }: Pick<GatewayDeps, 'store' | 'clock'>): EstimateSweep {
  let lookedAt = -1
  return {
    async run() {
      const newest = await newestPunch(store.read)
      if (newest === lookedAt) return 0
      const since = clock.now() - lifeMs
      let taken = 0
      let after = 0
      for (;;) {
        const open = await openEstimates(store.read, after, since, estimatesAtOnce)
        const last = open.at(-1)
        if (!last) break
        after = last.id
        for (const estimate of await arrived(store.read, open, clock.now())) {
          await store.write(async write => {
            const fate = await findCorrection(write, estimate.id)
            if (!fate || fate.withdrawn_at !== null) return
            const { employee_code, day, local_time, zone, offset_minutes, instant, sn, repair_id } = fate
            await insertCorrection(write, {
              employee_code,
              day,
              kind: 'Withdraw',
              punch_ref: null,
              target_id: fate.id,
              instant,
              local_time,
              zone,
              offset_minutes,
              sn,
              before: fate.after,
              after: null,
              estimated: 0,
              repair_id,
              reason: 'The real punch has arrived',
              actor: itself,
              at: clock.now(),
              needs_approval: 0,
            })
            await touchDays(write, employee_code, day)
            taken += 1
          })
        }
      }
      lookedAt = newest
      return taken
    },
  }
}

async function arrived(
  read: Reader,
  open: readonly OpenEstimate[],
  nowMs: number,
): Promise<readonly OpenEstimate[]> {
  const days = open.map(({ day }) => day).sort()
  const fromDay = shiftDay(days[0] ?? '1970-01-01', -1)
  const toDay = shiftDay(days.at(-1) ?? '1970-01-01', 1)
  const codes = [...new Set(open.map(({ employee_code }) => employee_code))]
  const [punches, { policies }] = await Promise.all([
    read
      .selectFrom('punch')
      .select(['employee_code', 'instant', 'received_at', 'flags'])
      .where('employee_code', 'in', codes)
      .where('local_day', '>=', fromDay)
      .where('local_day', '<=', toDay)
      .where('received_at', '>', Math.min(...open.map(({ at }) => at)))
      .execute(),
    openPlans(read, fromDay, toDay, nowMs),
  ])
  const window = policies.at(-1)?.policy.estimateWindowMinutes ?? 90
  const punchesOf = Map.groupBy(
    punches.filter(({ flags }) => !flags.includes('implausible_time')),
    ({ employee_code }) => employee_code,
  )
  return [...Map.groupBy(open, ({ employee_code }) => employee_code)].flatMap(([code, own]) => {
    const gone = arrivedEstimates(
      own.map(({ id, instant, at }) => ({ id: String(id), instantMs: instant, guessedAtMs: at })),
      (punchesOf.get(code) ?? []).map(row => ({ instantMs: row.instant, receivedAtMs: row.received_at })),
      window,
    )
    return own.filter(({ id }) => gone.has(String(id)))
  })
}
