import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { create } from 'tar'
import type { GatewayDeps } from '../deps.ts'
import { learnedInfo } from '../device/learned-info.ts'
import { hideKeys } from '../device/shown-url.ts'
import { type DeviceOverview, deviceEntity } from '../store/devices.ts'
import { profileSettings } from '../store/profiles.ts'
import { measure, timesOf } from './uptime.ts'

const dayMs = 86_400_000
const readMe = `What Gatehouse knows of one terminal, for somebody who helps.

No names or codes of people, no punches, no keys, no passwords and no templates are in here; the trace has them cut
out. Serial number, addresses and names of the terminal and its site are.
`

/** An archive (gzip of tar) with what is known of a terminal, without secrets and without people. */
export async function writeBundle(
  deps: Pick<GatewayDeps, 'store' | 'clock' | 'traces' | 'config'>,
  device: DeviceOverview,
): Promise<Readable> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-bundle-'))
  try {
    const files = { ...(await readParts(deps, device)), 'README.txt': readMe }
    for (const [name, content] of Object.entries(files)) {
      const text = typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`
      await writeFile(join(folder, name), text, { mode: 0o600 })
    }
    const packed: Buffer[] = []
    const stream = create({ gzip: true, cwd: folder, portable: true }, await readdir(folder))
    for await (const chunk of stream) packed.push(Buffer.from(chunk))
    return Readable.from([Buffer.concat(packed)])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function readParts(
  { store, clock, traces, config }: Pick<GatewayDeps, 'store' | 'clock' | 'traces' | 'config'>,
  device: DeviceOverview,
): Promise<Record<string, object | string>> {
  const now = clock.now()
  const { sn } = device
  const of = <Row>(rows: Promise<Row[]>) => rows
  const bounds = { from: now - 30 * dayMs, to: now }
  const known = { sn, site: device.site, tags: [], knownSince: device.first_seen_at }
  const times = (await timesOf(store.read, { devices: [known], ...bounds })).get(sn)
  const { Options, ...learned } = learnedInfo(device)
  return {
    'about.json': { version: config.version, store: store.dialect, at: new Date(now).toISOString() },
    'device.json': { ...deviceEntity(device), ...learned, Options: withoutSecrets(Options) },
    'profile.json': await profileSettings(store.read, device),
    'uptime-30-days.json': { ...(times ? measure(times, bounds) : {}), ...times },
    'incidents.json': await of(
      store.read
        .selectFrom('incident')
        .selectAll()
        .where('sn', '=', sn)
        .orderBy('id', 'desc')
        .limit(200)
        .execute(),
    ),
    'outages.json': await of(
      store.read
        .selectFrom('outage')
        .selectAll()
        .where('sn', '=', sn)
        .orderBy('id', 'desc')
        .limit(500)
        .execute(),
    ),
    // What was ordered of whom stays here: payloads name people.
    'commands.json': await of(
      store.read
        .selectFrom('command')
        .select(['id', 'kind', 'state', 'created_at', 'sent_at', 'completed_at', 'attempts', 'return_code'])
        .where('sn', '=', sn)
        .orderBy('id', 'desc')
        .limit(500)
        .execute(),
    ),
    'clock.json': await of(
      store.read
        .selectFrom('clock_reading')
        .selectAll()
        .where('sn', '=', sn)
        .orderBy('at', 'desc')
        .limit(2000)
        .execute(),
    ),
    'rejects.json': await of(
      store.read
        .selectFrom('quarantine')
        .select(({ fn }) => ['table_name', 'reason', fn.countAll().as('count')])
        .where('sn', '=', sn)
        .groupBy(['table_name', 'reason'])
        .execute(),
    ),
    'trace.json': traces.read(sn, 0).exchanges.map(one => ({ ...one, request: hideKeys(one.request) })),
  }
}

function withoutSecrets(options: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(options).filter(([name]) => !/key|pass|pwd|secret|token|comm/i.test(name)),
  )
}
