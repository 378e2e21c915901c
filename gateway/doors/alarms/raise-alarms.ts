import type { z } from 'zod'
import type { AlarmKind } from '#contract/entities/door-alarm.ts'
import type { DeviceRow } from '../../store/devices.ts'
import {
  type AlarmRow,
  alarmRules,
  alarmsSince,
  changeAlarm,
  insertAlarm,
  type RuleEntity,
} from '../../store/door-alarms.ts'
import { holdOf } from '../../store/door-holds.ts'
import { doorZones } from '../../store/emergencies.ts'
import type { Write } from '../../store/index.ts'
import { localAt } from '../../time/zone.ts'
import { fittingRule } from './fitting-rule.ts'
import { type AlarmState, nextAlarm } from './next-alarm.ts'
import { closeAlert, tellAlarm } from './tell-alert.ts'

type Kind = z.output<typeof AlarmKind>
export type AlarmPlace = Pick<DeviceRow, 'sn' | 'label' | 'site' | 'zone'>

/** Something at a door that is an alarm, or the end of one. */
export interface AlarmSign {
  readonly door: number
  readonly kind: Kind
  /** `state`: the terminal says that it is so, again and again; it is counted once. */
  readonly by: 'event' | 'state'
  readonly employeeCode: string | null
}

const defaultRepeatMs = 10 * 60_000
const longestRepeatMs = 24 * 3_600_000

/**
 * Raises alarms as the rules say; the first rule that fits decides, and without one every alarm is raised, with sound
 * but for duress, which stays silent. What is open already, or was cleared a moment ago, is the same alarm once more. A
 * door that we hold open on purpose is not held open by somebody. Runs in the caller's transaction.
 */
export async function raiseAlarms(
  write: Write,
  place: AlarmPlace,
  signs: readonly AlarmSign[],
  now: number,
): Promise<void> {
  if (signs.length === 0) return
  const [known, rules, zones] = await Promise.all([
    alarmsSince(write, place.sn, now - longestRepeatMs),
    alarmRules(write),
    doorZones(write),
  ])
  const clock = localAt(now, place.zone).local.slice(11, 16)
  for (const sign of signs) {
    const ref = `${place.sn}/${sign.door}`
    const inZones = [...zones].flatMap(([zone, doors]) => (doors.includes(ref) ? [zone] : []))
    const rule = fittingRule(
      rules.map(terms => ({
        ...terms,
        kinds: terms.Kinds,
        site: terms.Site,
        zone: terms.Zone,
        from: terms.From,
        to: terms.To,
        enabled: terms.Enabled,
      })),
      { kind: sign.kind, site: place.site, zones: inZones, clock },
    )
    if (rule?.Raise === false) continue
    if (sign.kind === 'HeldOpen' && (await holdOf(write, place.sn, sign.door))?.mode === 'hold-open') continue
    const before = known.find(alarm => isSame(alarm, sign, rule, now))
    if (before) await hearAgain(write, before, sign, rule, now)
    else {
      const id = await insertAlarm(write, newAlarm(place, sign, rule, now))
      await tellAlarm(write, {
        ...place,
        id,
        kind: sign.kind,
        door: sign.door,
        at: now,
        whom: rule?.Notify ?? [],
      })
    }
  }
}

/** The door was shut, or the return was carried out: what that ends is cleared by itself, and says so. */
export async function endAlarms(
  write: Write,
  sn: string,
  ended: ReadonlyArray<{ readonly door: number; readonly kind: Kind; readonly text: string }>,
  now: number,
): Promise<void> {
  if (ended.length === 0) return
  const open = (await alarmsSince(write, sn, now)).filter(({ cleared_at }) => cleared_at === null)
  for (const { door, kind, text } of ended)
    for (const alarm of open.filter(row => row.door_no === door && row.kind === kind)) {
      await changeAlarm(
        write,
        alarm.id,
        { state: 'cleared', cleared_at: now },
        { at: now, actor: null, what: 'Cleared', text },
      )
      await closeAlert(write, alarm.id, now)
    }
}

/** The terminal has ended its own alarm: written down, and left to people to be done with. */
export async function noteEndedAtTerminal(
  write: Write,
  sn: string,
  doors: readonly number[],
  now: number,
): Promise<void> {
  if (doors.length === 0) return
  const open = (await alarmsSince(write, sn, now)).filter(({ cleared_at }) => cleared_at === null)
  for (const alarm of open.filter(row => doors.includes(row.door_no)))
    await changeAlarm(
      write,
      alarm.id,
      {},
      { at: now, actor: null, what: 'Note', text: 'The terminal has ended its alarm' },
    )
}

function isSame(alarm: AlarmRow, sign: AlarmSign, rule: RuleEntity | undefined, now: number): boolean {
  if (alarm.door_no !== sign.door || alarm.kind !== sign.kind) return false
  if (alarm.cleared_at === null) return true
  const repeatMs = rule === undefined ? defaultRepeatMs : rule.RepeatMinutes * 60_000
  return sign.by === 'event' && now - alarm.last_at < repeatMs
}

async function hearAgain(
  write: Write,
  alarm: AlarmRow,
  sign: AlarmSign,
  rule: RuleEntity | undefined,
  now: number,
): Promise<void> {
  if (sign.by === 'state') return
  // Written by this folder only.
  const from = alarm.state as AlarmState
  const state = nextAlarm(from, { type: 'heard' }) ?? from
  const reopened = from === 'cleared'
  await changeAlarm(
    write,
    alarm.id,
    {
      state,
      last_at: now,
      count: alarm.count + 1,
      ...(reopened
        ? { cleared_at: null, acknowledged_at: null, snoozed_until: null, ...whomOf(rule, now) }
        : {}),
    },
    { at: now, actor: null, what: 'RaisedAgain', text: null },
  )
}

function newAlarm(place: AlarmPlace, sign: AlarmSign, rule: RuleEntity | undefined, now: number) {
  const isSilent = sign.kind === 'Duress'
  return {
    kind: sign.kind,
    state: 'raised',
    sn: place.sn,
    door_no: sign.door,
    employee_code: sign.employeeCode,
    raised_at: now,
    last_at: now,
    count: 1,
    acknowledged_at: null,
    assigned_to: null,
    snoozed_until: null,
    cleared_at: null,
    sound: !isSilent && rule?.Sound !== false ? 1 : 0,
    rule: rule?.Name ?? null,
    ...whomOf(rule, now),
  }
}

/** Who is told of an alarm that is raised now, and who if nobody takes it. */
function whomOf(rule: RuleEntity | undefined, now: number) {
  const minutes = rule?.EscalateMinutes ?? null
  return {
    notify: JSON.stringify(rule?.Notify ?? []),
    escalate_at: minutes === null ? null : now + minutes * 60_000,
    escalate_to: minutes === null ? null : JSON.stringify(rule?.EscalateTo ?? []),
    escalated_at: null,
  }
}
