import type { AlertFacts, AlertSays } from '#contract/entities/alert-facts.ts'
import type { OperationAnswer } from '#contract/types.ts'
import { count } from '../../format/number.ts'
import { instantFull } from '../../format/time.ts'
import { alertTextWords } from '../../words/alert-texts.ts'
import { skewText } from '../devices/skew.ts'

type Alert = OperationAnswer<'site.alerts'>['Alerts'][number]
type Incident = OperationAnswer<'devices.incidents'>['Incidents'][number]

export interface AlertText {
  readonly title: string
  readonly detail: string
}

/** What an alert says, in the language shown; of an alert of an older release, its English words as they are. */
export function alertText({
  Code,
  Facts,
  Title,
  Detail,
}: Pick<Alert, 'Code' | 'Facts' | 'Title' | 'Detail'>): AlertText {
  if (Code === null) return { title: Title, detail: Detail }
  // The gateway writes code and values together, from this very type.
  return textOf({ code: Code, facts: Facts } as unknown as AlertSays)
}

/** What was seen of an incident, in the language shown; of an older one, its English words as they are. */
export function incidentText(
  incident: Pick<Incident, 'Kind' | 'Facts' | 'Detail' | 'Devices' | 'Cause'> & Shared,
): string {
  const w = alertTextWords
  const { Kind, Facts, Detail, Devices, Cause } = incident
  if (Kind === 'Offline' && Devices <= 1 && Cause !== null) return w.awayWhy(w.cause(Cause))
  if (Object.keys(Facts).length === 0) return Detail
  if (Kind === 'Offline')
    return w.awayTogether(sharedText(incident), String(Facts.names ?? ''), Number(Facts.more ?? 0))
  // Values of these kinds are those of the alert that goes with them.
  const says = {
    code: Kind === 'Clock' ? 'ClockOff' : Kind,
    facts: { label: '', ...Facts },
  } as unknown as AlertSays
  return textOf(says).detail
}

interface Shared {
  readonly SharedSite: string | null
  readonly SharedPrefix: string | null
  readonly SharedFirmware: string | null
}

function sharedText({ SharedSite: site, SharedPrefix: prefix, SharedFirmware: firmware }: Shared): string {
  const w = alertTextWords
  if (site !== null) return w.sharedSite(site, prefix)
  if (prefix !== null) return w.sharedPrefix(prefix)
  return firmware === null ? w.sharedNothing : w.sharedFirmware(firmware)
}

function textOf({ code, facts }: AlertSays): AlertText {
  const w = alertTextWords
  switch (code) {
    case 'Away':
      return {
        title: w.away(facts.label),
        detail: `${w.awayWhy(w.cause(facts.cause))} ${w.lastHeard(instantFull(facts.since))}`,
      }
    case 'AwayTogether':
      return { title: w.awayMany(facts.amount, facts.site), detail: awayTogether(facts) }
    case 'ClockOff':
      return {
        title: w.clock(facts.label),
        detail: `${w.clockBy(skewText(facts.seconds))} ${w.clockPunches}`,
      }
    case 'LogFillsUp':
      return { title: w.log(facts.label, facts.days), detail: w.logPace(count(facts.perDay)) }
    case 'WrongKey':
      return {
        title: w.wrongKey(facts.label),
        detail: w.wrongKeyBy(facts.address ?? w.unknownAddress, facts.shown === 'none'),
      }
    case 'SharedSerial':
      return { title: w.sharedSerial(facts.label), detail: w.sharedSerialBy(facts.one, facts.other) }
    case 'TooLarge':
      return { title: w.tooLarge(facts.label), detail: w.tooLargeBy(facts.megabytes, facts.megabytesMax) }
    case 'Flood':
      return { title: w.flood(facts.label), detail: w.floodBy[facts.limit] }
    case 'RepeatedUpload':
      return { title: w.repeats(facts.label), detail: repeats(facts) }
    case 'OrderFailed':
      return {
        title: w.orderFailed(w.order(facts.operation), facts.label),
        detail: facts.error === null ? w.orderRefused : asSentence(facts.error),
      }
    case 'OrderUnanswered':
      return { title: w.orderUnanswered(w.order(facts.operation), facts.label), detail: w.orderSilent }
    case 'Emergency':
      return {
        title: w.emergency[facts.what](facts.where ?? w.emergencyEverywhere),
        detail: w.emergencyReason(facts.reason),
      }
    case 'SelfCheck':
      return { title: w.self(w.check(facts.check)), detail: w.selfSee(measured(facts)) }
    default:
      return code.startsWith('Door')
        ? doorText({ code, facts } as Doors)
        : receiverText({ code, facts } as Exclude<AlertSays, Doors>)
  }
}

type Doors = Extract<AlertSays, { readonly code: `Door${string}` }>

function doorText({ code, facts }: Doors): AlertText {
  const w = alertTextWords
  const title = {
    DoorForced: w.doorForced,
    DoorHeldOpen: w.doorHeldOpen,
    DoorTamper: w.doorTamper,
    DoorDuress: w.doorDuress,
    DoorHoldOverdue: w.doorHoldOverdue,
    DoorOther: w.doorOther,
  }[code](facts.door)
  return { title, detail: facts.site }
}

function receiverText({ code, facts }: AlertSays): AlertText {
  const w = alertTextWords
  const last = 'last' in facts ? w.lastAnswer(facts.last) : ''
  switch (code) {
    case 'ReceiverFailing':
      return { title: w.receiverFailing(facts.who, facts.hours), detail: `${w.receiverWaits}${last}` }
    case 'ReceiverPaused':
      return { title: w.receiverPaused(facts.who, facts.hours), detail: `${w.receiverKept}${last}` }
    case 'ReceiverGone':
      return { title: w.receiverGone(facts.who), detail: w.receiverGoneWhy }
    case 'ReceiverErrors':
      return {
        title: w.receiverErrors(facts.who, facts.percent),
        detail: `${w.receiverErrorsOf(count(facts.attempts), facts.minutes)}${last}`,
      }
    case 'ReceiverQueue':
      return { title: w.receiverQueue(facts.who, facts.minutes), detail: `${w.receiverLate}${last}` }
    default:
      return { title: code, detail: '' }
  }
}

function awayTogether({ site, prefix, firmware, names, more, since }: AlertFacts['AwayTogether']): string {
  const w = alertTextWords
  const shared = sharedText({ SharedSite: site, SharedPrefix: prefix, SharedFirmware: firmware })
  return `${w.awayTogether(shared, names, more)} ${w.lastHeard(instantFull(since))}`
}

function repeats({ table, times, minutes, next, left }: AlertFacts['RepeatedUpload']): string {
  const w = alertTextWords
  const done = next !== null ? w.repeatsNext : left === null ? '' : w.repeatsLeft[left]
  return [w.repeatsSeen(w.table(table), times, minutes), done].filter(Boolean).join(' ')
}

function measured({ value, unit }: AlertFacts['SelfCheck']): string {
  if (value === null) return ''
  return [count(Math.round(value)), unit === 'count' ? null : unit].filter(Boolean).join(' ')
}

/** What terminals and manuals say begins in the middle of a sentence. */
function asSentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`
}
