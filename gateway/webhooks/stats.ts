import { sql } from 'kysely'
import type { Reader, Write } from '../store/index.ts'
import { add, emptyFigures, type Figures, slotMs } from './figures.ts'

const columns = Array.from({ length: 12 }, (_, index) => `h${index}`)

/** Adds attempts to the five minutes they ended in. */
export async function addFigures(
  write: Write,
  given: readonly { readonly id: string; readonly figures: Figures }[],
  now: number,
): Promise<void> {
  const slot = Math.floor(now / slotMs) * slotMs
  for (const { id, figures } of given) {
    const { attempts, failures, histogram } = figures
    const names = sql.raw(columns.join(', '))
    const grown = sql.raw(columns.map(name => `${name} = webhook_stat.${name} + excluded.${name}`).join(', '))
    const values = sql.join(columns.map((_, index) => sql`cast(${histogram[index] ?? 0} as bigint)`))
    // Selected, because the subscription may have gone while its attempt was under way.
    await sql`
      insert into webhook_stat (subscription_id, slot, attempts, failures, ${names})
      select id, cast(${slot} as bigint), cast(${attempts} as bigint), cast(${failures} as bigint), ${values}
      from subscription where id = ${id}
      on conflict (subscription_id, slot) do update set
        attempts = webhook_stat.attempts + excluded.attempts,
        failures = webhook_stat.failures + excluded.failures, ${grown}`.execute(write)
  }
}

export interface HealthSlot {
  /** Epoch ms. */
  readonly start: number
  readonly figures: Figures
}

/** Figures of each subscription since a moment, summed into slices of `sliceMs`, oldest first. */
export async function figuresSince(
  reader: Reader,
  since: number,
  sliceMs: number,
  subscriptionId?: string,
): Promise<Map<string, HealthSlot[]>> {
  const rows = await reader
    .selectFrom('webhook_stat')
    .selectAll()
    .where('slot', '>=', since)
    .$if(subscriptionId !== undefined, query => query.where('subscription_id', '=', subscriptionId ?? ''))
    .orderBy('slot')
    .execute()
  const found = new Map<string, HealthSlot[]>()
  for (const row of rows) {
    const slots = found.get(row.subscription_id) ?? []
    const start = Math.floor(row.slot / sliceMs) * sliceMs
    const histogram = [row.h0, row.h1, row.h2, row.h3, row.h4, row.h5, row.h6, row.h7, row.h8, row.h9]
    const figures = {
      attempts: row.attempts,
      failures: row.failures,
      histogram: [...histogram, row.h10, row.h11],
    }
    const last = slots.at(-1)
    if (last?.start === start) add(last.figures, figures)
    else slots.push({ start, figures })
    found.set(row.subscription_id, slots)
  }
  return found
}

/** All slots of one as one. */
export function summed(slots: readonly HealthSlot[]): Figures {
  const sum = emptyFigures()
  for (const { figures } of slots) add(sum, figures)
  return sum
}

/** Forgets figures older than a moment. */
export async function pruneFigures(write: Write, before: number): Promise<void> {
  await write.deleteFrom('webhook_stat').where('slot', '<', before).execute()
}
