import { clearAlert, openAlertId, raiseAlert, tellChannels } from '../../alerts/raise.ts'
import type { Write } from '../../store/index.ts'

interface ToldAlarm {
  readonly id: number
  readonly kind: string
  readonly sn: string
  readonly door: number
  readonly label: string
  readonly site: string
  readonly at: number
  /** Whom the rule of the alarm names; those that are channels are told by it. */
  readonly whom: readonly string[]
}

const kinds = {
  Forced: ['DoorForced', 'Critical', 'was forced open', 'DoorForced'],
  HeldOpen: ['DoorHeldOpen', 'Warning', 'is held open', 'DoorHeldOpen'],
  Tamper: ['DoorTamper', 'Critical', 'was tampered with', 'DoorTamper'],
  Duress: ['DoorDuress', 'Critical', 'was opened under duress', 'DoorDuress'],
  HoldOverdue: ['DoorAlarm', 'Critical', 'should have returned to normal and has not', 'DoorHoldOverdue'],
} as const

/**
 * Tells of an alarm by the channels people have set up: e-mail, webhook, push. One open alert an alarm. Besides the rules
 * of alerts, the channels its own rule names hear of it.
 */
export async function tellAlarm(write: Write, alarm: ToldAlarm): Promise<void> {
  const [kind, severity, happened, code] = Object.hasOwn(kinds, alarm.kind)
    ? kinds[alarm.kind as keyof typeof kinds]
    : (['DoorAlarm', 'Warning', 'has an alarm', 'DoorOther'] as const)
  const door = `${alarm.label}, door ${alarm.door}`
  const { alertId } = await raiseAlert(write, {
    kind,
    severity,
    subject: alarm.sn,
    deviceSN: alarm.sn,
    site: alarm.site,
    door,
    title: `${door} ${happened}`,
    detail: `${alarm.site}: ${door} ${happened}.`,
    says: { code, facts: { door, site: alarm.site } },
    at: alarm.at,
    dedupeKey: keyOf(alarm.id),
  })
  await tellChannels(write, { alertId, dedupeKey: keyOf(alarm.id), at: alarm.at }, alarm.whom)
}

/** Nobody has taken it: those who come next are told by their channels. */
export async function tellFurther(
  write: Write,
  alarm: { readonly id: number; readonly at: number },
  whom: readonly string[],
): Promise<void> {
  const open = await openAlertId(write, keyOf(alarm.id))
  if (open !== undefined)
    await tellChannels(write, { alertId: open, dedupeKey: keyOf(alarm.id), at: alarm.at }, whom)
}

/** Ends the alert that told of an alarm. */
export async function closeAlert(write: Write, alarmId: number, now: number): Promise<void> {
  await clearAlert(write, keyOf(alarmId), now)
}

function keyOf(alarmId: number): string {
  return `door-alarm-${alarmId}`
}
