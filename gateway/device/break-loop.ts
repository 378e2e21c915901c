import { clearAlert, raiseAlert } from '../alerts/raise.ts'
import type { GatewayDeps } from '../deps.ts'
import type { DeviceRow } from '../store/devices.ts'
import { endIncidents, raiseIncident } from '../store/incidents.ts'
import type { Write } from '../store/index.ts'
import { ackStyleOf, isEdited, learnFacts, readProfile, settledAt } from '../store/profiles.ts'
import { isCounted } from './protocol/attendance/acknowledge.ts'
import { escapeForLog } from './protocol/query.ts'
import { repeatWindowMs } from './repeats.ts'

/** The same body this often within the window is a loop (iclock-push 6.3; vector T25). */
const loopTimes = 3
/** A style is given this long to prove itself. */
const switchEveryMs = 60 * 60_000
const underWayMs = 2 * 60_000
/** Names of tables are the terminal's own, and somebody may make them up without end. */
const tableName = /^[a-z][\w:]{0,47}$/
const settingsMax = 64
const leftWords = {
  set: 'which somebody has set, so it was left',
  tooSoon: 'which is not an hour old, so it was left for now',
  onlyWay: 'which is the only way for this table',
} as const
/** Sent anew with every session, word for word, by every terminal. */
const repeatedByNature: ReadonlySet<string> = new Set(['options', 'rtstate'])

/**
 * A terminal that sends the same body again and again does not read our acknowledgement: 128 records came 220 times
 * until `OK` became `OK: 128` [TIMEBRIDGE], and others want it the other way round. Changes the style of that table
 * and keeps an incident, in the caller's transaction; this reply is still in the old style. If that was wrong, the
 * style goes back after an hour. `times` counts this upload.
 */
export async function breakLoop(
  deps: Pick<GatewayDeps, 'clock' | 'log'>,
  write: Write,
  device: DeviceRow,
  table: string,
  times: number,
): Promise<void> {
  if (times < loopTimes || repeatedByNature.has(table)) return
  const at = deps.clock.now()
  const profile = readProfile(device)
  const style = ackStyleOf(profile, table)
  const other = style === 'count' ? 'bare' : 'count'
  const seenAs = (acknowledged: string) =>
    `The same body came ${times} times within ${repeatWindowMs / 60_000} minutes, acknowledged as ${acknowledged}`
  const isOverruled = isEdited(profile, 'Acknowledgement', table) || isEdited(profile, 'Acknowledgement')
  const settled = await settledAt(write, device.sn, 'Acknowledgement', table)
  const isTooSoon = settled !== null && at - settled < switchEveryMs
  // The copy that was under way when the style changed was answered in the old one.
  const isUnderWay = settled !== null && at - settled < underWayMs && times === loopTimes + 1 && !isOverruled
  const isNamed = tableName.test(table) && (settled !== null || profile.kept.size < settingsMax)
  const maySwitch = isNamed && isCounted(table) && !isOverruled && !isTooSoon
  if (maySwitch)
    await learnFacts(
      write,
      device.sn,
      [{ name: 'Acknowledgement', table, value: other, evidence: seenAs(style) }],
      at,
    )
  const left = maySwitch ? null : isOverruled ? 'set' : isTooSoon ? 'tooSoon' : 'onlyWay'
  const done = left === null ? `from now on ${other}` : leftWords[left]
  const subject = isNamed ? table : 'other'
  const detail = isUnderWay ? `${seenAs(other)}; from now on ${style}` : `${seenAs(style)}; ${done}`
  const facts = {
    label: device.label,
    table: subject,
    times,
    minutes: repeatWindowMs / 60_000,
    style: isUnderWay ? other : style,
    next: isUnderWay ? style : maySwitch ? other : null,
    left: isUnderWay ? null : left,
  } as const
  await raiseIncident(write, { sn: device.sn, kind: 'RepeatedUpload', subject, detail, facts, times, at })
  await raiseAlert(write, {
    kind: 'DeviceRepeats',
    severity: 'Warning',
    subject: device.sn,
    deviceSN: device.sn,
    title: `${device.label} sends the same lines over and over`,
    detail: `${detail}. Nothing is recorded twice.`,
    says: { code: 'RepeatedUpload', facts },
    at,
    dedupeKey: alertKeyOf(device.sn),
  })
  deps.log.warn(
    { sn: device.sn, table: escapeForLog(table), times, style, maySwitch },
    'a terminal repeats itself',
  )
}

/** Ends the incidents of terminals that have stopped; by the clock, as nothing tells us of an end. */
export async function endLoops({ store, clock }: Pick<GatewayDeps, 'store' | 'clock'>): Promise<number> {
  const before = clock.now() - repeatWindowMs
  const due = await store.read
    .selectFrom('incident')
    .select('id')
    .where('kind', '=', 'RepeatedUpload')
    .where('ended_at', 'is', null)
    .where('last_at', '<', before)
    .limit(1)
    .executeTakeFirst()
  if (due === undefined) return 0
  return store.write(async write => {
    const ended = await endIncidents(write, 'RepeatedUpload', before)
    for (const sn of new Set(ended))
      if (!(await stillRepeats(write, sn))) await clearAlert(write, alertKeyOf(sn), clock.now())
    return ended.length
  })
}

/** Of a terminal that repeats several tables there is one alert. */
async function stillRepeats(write: Write, sn: string): Promise<boolean> {
  const open = await write
    .selectFrom('incident')
    .select('id')
    .where('sn', '=', sn)
    .where('kind', '=', 'RepeatedUpload')
    .where('ended_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return open !== undefined
}

const alertKeyOf = (sn: string) => `RepeatedUpload ${sn}`
