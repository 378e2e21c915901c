import type { OperationAnswer } from '#contract/types.ts'
import { clearAlert, raiseAlert } from '../alerts/raise.ts'
import type { GatewayDeps } from '../deps.ts'
import { readSelfCheck } from './self-check.ts'

type Check = OperationAnswer<'site.selfCheck'>['Checks'][number]

/** Once is a moment of load; as often as this in a row it is trouble. */
const badTimes = 2

/** A late callback has an alert of its own (webhooks/watch-receivers.ts); that nobody watched is over when it is seen. */
const notTold: ReadonlySet<Check['Name']> = new Set(['OldestDelivery', 'Unwatched'])

const keyOf = (name: string) => `self ${name}`

/** Looks at Gatehouse itself, told by what it found the times before; one alert a check, until it is no longer bad. */
export function createSelfWatch(deps: Pick<GatewayDeps, 'store' | 'clock' | 'config'>): {
  look(): Promise<void>
} {
  const bad = new Map<string, number>()
  return {
    async look() {
      const Checks = (await readSelfCheck(deps)).Checks.filter(({ Name }) => !notTold.has(Name))
      const now = deps.clock.now()
      for (const check of Checks)
        bad.set(check.Name, check.State === 'bad' ? (bad.get(check.Name) ?? 0) + 1 : 0)
      const due = Checks.filter(({ Name }) => (bad.get(Name) ?? 0) >= badTimes)
      const open = await deps.store.read
        .selectFrom('alert')
        .select('dedupe_key')
        .where('kind', '=', 'GatehouseSelf')
        .where('cleared_at', 'is', null)
        .execute()
      const told = new Set(open.map(({ dedupe_key }) => dedupe_key))
      const over = Checks.filter(({ Name, State }) => State !== 'bad' && told.has(keyOf(Name)))
      const fresh = due.filter(({ Name }) => !told.has(keyOf(Name)))
      if (fresh.length + over.length === 0) return
      await deps.store.write(async write => {
        for (const check of fresh) await raiseAlert(write, alertOf(check, now))
        for (const { Name } of over) await clearAlert(write, keyOf(Name), now)
      })
    },
  }
}

const words: Readonly<Record<Check['Name'], string>> = {
  WriteLatency: 'writing to the store is slow',
  ReadLatency: 'reading from the store is slow',
  LoopDelay: 'the process is too busy to answer in time',
  OldestDelivery: 'a callback has waited for long to be delivered',
  OldestCommand: 'an order has waited for long at a terminal that is here',
  UnsentAlerts: 'alerts could not be told',
  Disk: 'the disk is nearly full',
  DiskFull: 'the disk will be full within days',
  Store: 'the store is too large',
  Backup: 'there was no backup for long',
  Clock: 'the clock of this computer differs from that of the terminals',
  Unwatched: 'nobody watched the terminals for long',
  Memory: 'the process uses much memory',
}

function alertOf({ Name, Value, Unit }: Check, at: number) {
  return {
    kind: 'GatehouseSelf',
    severity: 'Critical',
    subject: Name,
    title: `Gatehouse: ${words[Name]}`,
    detail:
      Value === null
        ? 'See the self-check'
        : `${Value}${Unit === null ? '' : ` ${Unit}`}; see the self-check`,
    says: { code: 'SelfCheck', facts: { check: Name, value: Value, unit: Unit } },
    at,
    dedupeKey: keyOf(Name),
  } as const
}
