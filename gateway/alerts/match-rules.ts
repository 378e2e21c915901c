import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { AlertRuleTable } from '../store/schema-health.ts'
import { AlertSchedule, type AlertScheduleShape } from './schedule.ts'

export const severities = ['Info', 'Warning', 'Critical'] as const
export type Severity = (typeof severities)[number]

const Names = z.array(z.string())

/** A rule as it is applied. */
export interface AlertRule {
  readonly id: number
  readonly kinds: ReadonlySet<string> | null
  readonly severityMin: number
  readonly sites: ReadonlySet<string> | null
  readonly devices: ReadonlySet<string> | null
  readonly tags: ReadonlySet<string> | null
  readonly channels: readonly number[]
  readonly schedule: AlertScheduleShape | null
  readonly delayMs: number
  readonly repeatMs: number
  readonly tellCleared: boolean
}

/** What a rule looks at. */
export interface Matchable {
  readonly kind: string
  readonly severity: Severity
  readonly sn: string | null
  readonly site: string | null
  readonly tags: readonly string[]
}

/** A rule from its row. */
export function readRule(row: Selectable<AlertRuleTable>): AlertRule {
  const names = (json: string | null) => (json === null ? null : new Set(Names.parse(JSON.parse(json))))
  return {
    id: row.id,
    kinds: names(row.kinds),
    severityMin: (severities as readonly string[]).indexOf(row.severity_min),
    sites: names(row.sites),
    devices: names(row.devices),
    tags: names(row.tags),
    channels: Names.parse(JSON.parse(row.channels)).map(Number),
    schedule: row.schedule === null ? null : AlertSchedule.parse(JSON.parse(row.schedule)),
    delayMs: row.delay_ms,
    repeatMs: row.repeat_ms,
    tellCleared: row.tell_cleared === 1,
  }
}

/** Whether a rule is about this; scopes that are set all have to hold. */
export function isAbout(rule: AlertRule, alert: Matchable): boolean {
  return (
    (rule.kinds === null || rule.kinds.has(alert.kind)) &&
    severities.indexOf(alert.severity) >= rule.severityMin &&
    (rule.sites === null || (alert.site !== null && rule.sites.has(alert.site))) &&
    (rule.devices === null || (alert.sn !== null && rule.devices.has(alert.sn))) &&
    (rule.tags === null || alert.tags.some(tag => rule.tags?.has(tag)))
  )
}
