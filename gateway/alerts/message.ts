import type { Selectable } from 'kysely'
import type { AlertTable } from '../store/schema-health.ts'

/** What is told of an alert; words are made when it is sent, so that they say how it stands then. */
export interface Message {
  readonly about: 'Raised' | 'Cleared' | 'Test'
  readonly alertId: string | null
  readonly kind: string
  readonly severity: string
  readonly title: string
  readonly detail: string
  readonly site: string | null
  readonly deviceSN: string | null
  readonly door: string | null
  /** ISO 8601, UTC. */
  readonly at: string
}

/** The message of an alert as it stands. */
export function messageOf(alert: Selectable<AlertTable>, about: 'Raised' | 'Cleared'): Message {
  const at = about === 'Cleared' ? (alert.cleared_at ?? alert.last_at) : alert.started_at
  return {
    about,
    alertId: String(alert.id),
    kind: alert.kind,
    severity: alert.severity,
    title: about === 'Cleared' ? `Over: ${alert.title}` : alert.title,
    detail: alert.detail,
    site: alert.site,
    deviceSN: alert.sn,
    door: alert.door,
    at: new Date(at).toISOString(),
  }
}

/** What a test says: that it is one. */
export function testMessage(now: number): Message {
  return {
    about: 'Test',
    alertId: null,
    kind: 'GatehouseSelf',
    severity: 'Info',
    title: 'Test of an alert channel',
    detail: 'Somebody pressed "Send a test" in Gatehouse. Nothing is wrong.',
    site: null,
    deviceSN: null,
    door: null,
    at: new Date(now).toISOString(),
  }
}

/** Plain text for mail and chat. */
export function textOf(message: Message): string {
  const about = [
    ['Severity', message.severity],
    ['Site', message.site],
    ['Terminal', message.deviceSN],
    ['Door', message.door],
    ['When', message.at.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')],
  ]
  const facts = about.filter(([, value]) => value !== null).map(([name, value]) => `${name}: ${value}`)
  return [message.detail, '', ...facts].join('\n')
}
