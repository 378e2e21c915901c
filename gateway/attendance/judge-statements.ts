import { mayMiss } from '../commands/catch-up.ts'
import type { GatewayDeps } from '../deps.ts'
import { usersOfTerminal } from '../store/repairs.ts'
import {
  countBetween,
  judgeStatement,
  type OpenStatement,
  openStatements,
} from '../store/terminal-statements.ts'
import { localAt } from '../time/zone.ts'
import { markDaysStale } from './stale-days.ts'

/** Terminals state their counter before they hand over what they hold. */
const settleMs = 60_000

/**
 * Compares what terminals say they hold (iclock-push 6.1) with what has come: if the counter grew by more than we got,
 * the rest is on the terminal only, and it is asked for as after a silence. Answers how many were compared.
 */
export async function judgeStatements({
  store,
  clock,
}: Pick<GatewayDeps, 'store' | 'clock'>): Promise<number> {
  const open = await openStatements(store.read, clock.now() - settleMs)
  for (const statement of open) {
    const held = await heldBack(store.read, statement)
    await store.write(async write => {
      if (!(await judgeStatement(write, statement, held)) || held === statement.held) return
      const since = localAt(statement.baseAt ?? statement.at, statement.zone).local
      if (held > 0) await mayMiss(write, statement.sn, since)
      const fromDay = since.slice(0, 10)
      const users = await usersOfTerminal(write, statement.sn, fromDay)
      // Of one that has told of nobody, anybody may be concerned.
      await markDaysStale(write, {
        employeeCodes: users.length > 0 ? users : 'everyone',
        fromDay,
        toDay: null,
      })
    })
  }
  return open.length
}

/** Records that were counted since the statement before and are not here. A counter that shrank was cleared: none. */
async function heldBack(
  read: GatewayDeps['store']['read'],
  { sn, zone, at, logs, baseAt, baseLogs, skewMs }: OpenStatement,
): Promise<number> {
  if (baseAt === null || baseLogs === null || logs <= baseLogs) return 0
  const shown = (instant: number) => localAt(instant + (skewMs ?? 0), zone).local
  return Math.max(0, logs - baseLogs - (await countBetween(read, sn, shown(baseAt), shown(at))))
}
