import type { GatewayDeps } from '../deps.ts'

const watchedSetting = 'watched-until'
/** A start sooner than this after the last sign of ours left nothing out that counts. */
const gapMinMs = 15_000

/**
 * Knows when nobody looked. A process that was down or stood still has seen no terminal, and may not say that they
 * were away: such times are kept, and are "not known" wherever uptime is worked out.
 */
export interface Watch {
  /** Notes how long we were down; before anything is swept. */
  begin(): Promise<void>
  /** Notes that we look; answers how long we stood still, in milliseconds, or 0. */
  look(): Promise<number>
  /** Writes down until when we have looked. */
  mark(): Promise<void>
}

/** `stallMs`: standing still for longer than this is noted. Processes that share a store watch together. */
export function createWatch(
  { store, clock, log }: Pick<GatewayDeps, 'store' | 'clock' | 'log'>,
  stallMs: number,
): Watch {
  let looked: number | null = null

  async function note(from: number, to: number, why: 'down' | 'stall'): Promise<void> {
    log.warn({ seconds: Math.round((to - from) / 1000), why }, 'nobody looked at the terminals for a while')
    await store.write(write =>
      write.insertInto('unwatched').values({ started_at: from, ended_at: to, why }).execute(),
    )
  }

  return {
    async begin() {
      const now = clock.now()
      const row = await store.read
        .selectFrom('setting')
        .select('value')
        .where('name', '=', watchedSetting)
        .executeTakeFirst()
      const until = Number(row?.value)
      if (row !== undefined && now - until > gapMinMs) await note(until, now, 'down')
      looked = now
      await this.mark()
    },
    async look() {
      const now = clock.now()
      const before = looked
      looked = now
      if (before === null || now - before <= stallMs) return 0
      await note(before, now, 'stall')
      return now - before
    },
    async mark() {
      const value = String(clock.now())
      await store.write(write =>
        write
          .insertInto('setting')
          .values({ name: watchedSetting, value })
          .onConflict(conflict => conflict.column('name').doUpdateSet({ value }))
          .execute(),
      )
    },
  }
}
