import { z } from 'zod'
import { findMaintenance } from '../health/maintenance.ts'
import { readSelfCheck } from '../health/self-check.ts'
import type { Reader } from '../store/index.ts'
import type { Handlers } from './handler.ts'

const pageSetting = 'status-page'
const Page = z.object({
  enabled: z.boolean(),
  title: z.string(),
  messages: z.record(z.string(), z.string()),
})
const off = { enabled: false, title: 'Are the terminals working?', messages: {} }
/** Below this share of terminals in contact a site is not working. */
const notWorkingBelow = 0.25

async function readPage(reader: Reader): Promise<z.output<typeof Page>> {
  const row = await reader
    .selectFrom('setting')
    .select('value')
    .where('name', '=', pageSetting)
    .executeTakeFirst()
  return row === undefined ? off : Page.parse(JSON.parse(row.value))
}

export const selfCheckHandlers = {
  async 'site.selfCheck'(_input, call) {
    return { status: 200, body: await readSelfCheck(call.deps) }
  },

  async 'site.statusPage'(_input, { deps, caller }) {
    const now = deps.clock.now()
    const page = await readPage(deps.store.read)
    const rows = await deps.store.read
      .selectFrom('device')
      .innerJoin('device_contact', 'device_contact.sn', 'device.sn')
      .select(({ fn }) => [
        'site',
        fn.countAll<number>().as('all'),
        fn.sum<number>('online').as('online'),
        fn.count<number>('last_seen_at').as('seen'),
      ])
      .where('state', '=', 'adopted')
      .groupBy('site')
      .orderBy('site')
      .execute()
    const since = await deps.store.read
      .selectFrom('outage')
      .innerJoin('device', 'device.sn', 'outage.sn')
      .select(({ fn }) => ['site', fn.min('started_at').as('since')])
      .where('ended_at', 'is', null)
      .groupBy('site')
      .execute()
    const work = await findMaintenance(deps.store.read, { from: now, to: now + 1 })
    const isPlanned = (site: string) =>
      work.some(one => one.devices === null && one.tags === null && (one.sites?.includes(site) ?? true))
    return {
      status: 200,
      body: {
        Enabled: page.enabled,
        Title: page.title,
        At: new Date(now).toISOString(),
        Sites: rows
          .filter(({ site }) => caller.sites?.has(site) ?? true)
          .map(({ site, all, online, seen }) => {
            const share = Number(online ?? 0) / Number(all)
            const lost = since.find(one => one.site === site)?.since
            return {
              Site: site,
              State: isPlanned(site)
                ? ('planned' as const)
                : Number(seen) === 0
                  ? ('unknown' as const)
                  : share === 1
                    ? ('working' as const)
                    : share < notWorkingBelow
                      ? ('not_working' as const)
                      : ('partly' as const),
              Message: page.messages[site] ?? null,
              Since: lost === undefined || lost === null ? null : new Date(Number(lost)).toISOString(),
            }
          }),
      },
    }
  },

  async 'site.setStatusPage'(input, { deps }) {
    const enabled = await deps.store.write(async write => {
      const page = await readPage(write)
      const messages = { ...page.messages }
      if (input.Site !== undefined && input.Message !== undefined) {
        if (input.Message === '') delete messages[input.Site]
        else messages[input.Site] = input.Message
      }
      const value = JSON.stringify({ enabled: input.Enabled, title: input.Title ?? page.title, messages })
      await write
        .insertInto('setting')
        .values({ name: pageSetting, value })
        .onConflict(conflict => conflict.column('name').doUpdateSet({ value }))
        .execute()
      return input.Enabled
    })
    return { status: 200, body: { Enabled: enabled } }
  },
} satisfies Pick<Handlers, 'site.selfCheck' | 'site.statusPage' | 'site.setStatusPage'>
