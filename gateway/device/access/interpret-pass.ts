import { interpretPunch, type PunchSource, type ReadPunch } from '../../punches/interpret.ts'
import type { AccessEvent } from '../protocol/access/access-event.ts'
import { accessInputTypeOf } from '../protocol/access/verify-styles.ts'

const statuses = { in: 0, out: 1 } as const

/**
 * A person going through, as a punch. Direction is that of the reader, as 0 and 1 of attendance say it. The same pass
 * comes as rtlog, as transaction and again in answers, with an index, with 0 or without; what it says of itself is
 * therefore its identity, and no index that starts anew when the log is cleared (iclock-push 10.1, 14).
 */
export function interpretPass(
  event: AccessEvent & { readonly pin: string },
  source: PunchSource,
  receivedAt: number,
  live: boolean,
): ReadPunch {
  const punch = interpretPunch(
    {
      line: event.line,
      raw: event.raw,
      pin: event.pin,
      time: event.time,
      status: event.direction === null ? null : statuses[event.direction],
      verify: typeof event.verify === 'number' ? event.verify : null,
      workCode: null,
      mask: event.mask,
      temperature: event.temperature,
      offsetSeconds: null,
      extra: null,
      door: event.door,
      event: event.event,
      index: event.index,
    },
    source,
    receivedAt,
    live,
  )
  return {
    ...punch,
    modality: (accessInputTypeOf(event.verify).inputType ?? 'Others').toLowerCase(),
    identity: eventIdentity(event, source.sn),
  }
}

/** What makes it the same event when it comes again. A controller behind another one has doors of its own. */
export function eventIdentity(event: AccessEvent, sn: string): string {
  const behind = event.sn === null || event.sn === sn ? [] : [event.sn]
  return ['acc', event.pin ?? '0', event.time.local, event.event, event.door ?? '', ...behind].join('|')
}
