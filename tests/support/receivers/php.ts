import { createDecipheriv } from 'node:crypto'
import {
  at,
  done,
  fault,
  json,
  keepWallClock,
  type Own,
  parse,
  type Reply,
  type StandIn,
  textAt,
} from './stand-in.ts'

/** Refuses a payload without serial number; handles people as CAMS's own kit does. */
export const starterKit: StandIn = {
  row: '3 PHP starter kit',
  path: '/cams-callback.php',
  registration: { Format: 'web-api-3', Events: ['OnAttendance', 'OnUserUpdated'] },
  answer({ text: body }, own) {
    const realTime = at(parse(body), 'RealTime')
    const [sn, token] = [textAt(realTime, 'SerialNumber'), textAt(realTime, 'AuthToken')]
    if (!sn || !token) return fault(own, 'missing', json(400, { status: 'error' }))
    if (sn !== own.sn || token !== own.token) return fault(own, 'unknown', json(403, { status: 'error' }))
    const updated = at(realTime, 'UserUpdated')
    if (updated !== undefined) {
      own.users.push(`${textAt(updated, 'UserID')} ${textAt(updated, 'FirstName')}`)
      return done
    }
    return keepPunch(realTime, own) ?? fault(own, 'punch', json(400, { status: 'error' }))
  },
}

const quarantineMs = { future: 2 * 3_600_000, past: 90 * 86_400_000 }

/** Plain or encrypted, done to what it cannot read, and it quarantines what its own clock finds odd. */
export const encryptedPhp: StandIn = {
  row: '4 PHP callback with AES',
  path: '/core/cams-biometric-callback.php',
  registration: { Format: 'web-api-3', EncryptionPadding: 'zero', encrypted: true },
  answer({ query, text: body }, own) {
    const data = parse(body) ?? parse(open(own.key, body))
    if (data === undefined) return fault(own, 'no JSON', done)
    const realTime = at(data, 'RealTime')
    const sn = query.get('stgid') ?? textAt(realTime, 'SerialNumber')
    if (sn !== own.sn || textAt(realTime, 'AuthToken') !== own.token)
      return fault(own, 'unknown', json(403, { status: 'error' }))
    const clock = keepWallClock(textAt(realTime, 'PunchLog', 'LogTime'))?.clock ?? ''
    // It runs in the zone of its site and compares wall clocks.
    const age = own.now() - Date.parse(`${clock.replace(' ', 'T')}+05:30`)
    if (!(age > -quarantineMs.future && age < quarantineMs.past))
      return fault(own, `quarantined ${clock}`, done)
    return keepPunch(realTime, own) ?? fault(own, 'punch', done)
  },
}

/** PKCS#7 first, then zeros: what PHP receivers try. */
function open(key: string, body: string): string {
  const bytes = Buffer.from(body, 'base64')
  for (const isPadded of [true, false]) {
    try {
      const decipher = createDecipheriv('aes-256-ecb', Buffer.from(key), null).setAutoPadding(isPadded)
      const plain = Buffer.concat([decipher.update(bytes), decipher.final()]).toString('utf8')
      if (parse(plain.replace(/\0+$/, '')) !== undefined) return plain.replace(/\0+$/, '')
    } catch {
      // Not filled that way; the other is tried.
    }
  }
  return ''
}

/** Token in the body, else in a header; done even to strangers. */
export const laravel: StandIn = {
  row: '5 Laravel HR system',
  path: '/api/fingerprint/callback',
  registration: { Format: 'web-api-3', Events: ['OnAttendance', 'OnUserUpdated', 'OnUserDeleted'] },
  answer({ headers, text: body }, own) {
    const realTime = at(parse(body), 'RealTime')
    const token = textAt(realTime, 'AuthToken') ?? headers['x-auth-token'] ?? headers.authorization
    if (token !== own.token || textAt(realTime, 'SerialNumber') !== own.sn) return fault(own, 'token', done)
    for (const kind of ['UserUpdated', 'UserDeleted']) {
      const person = textAt(realTime, kind, 'UserID')
      if (person === undefined) continue
      own.users.push(`${kind} ${person}`)
      return done
    }
    return keepPunch(realTime, own) ?? fault(own, body, done)
  },
}

/** Web API 2.0: one form field; seconds are shown with a clock that knows no zone. */
export const faculty: StandIn = {
  row: '10 PHP page for 2.0',
  path: '/cams-2.0-punchlog.php',
  registration: { Format: 'web-api-2' },
  answer({ text: body }, own) {
    const odd = { ...done, type: 'application/text;charset=utf-8' }
    const data = parse(new URLSearchParams(body).get('request_data') ?? '')
    const info = at(data, 'ApiRequestInfo')
    const [operation, person, seconds] = ['Operation', 'UserId', 'OperationTime'].map(key =>
      textAt(info, key),
    )
    const [word, input] = ['AttendanceType', 'InputType'].map(key => textAt(info, 'OperationData', key))
    const isKnown = textAt(data, 'ServiceTagId') === own.sn && textAt(info, 'AuthToken') === own.token
    if (
      operation !== 'RealTimePunchLog' ||
      !isKnown ||
      !person ||
      !/^\d+$/.test(seconds ?? '') ||
      !word ||
      !input
    )
      return fault(own, body, odd)
    const clock = new Date(Number(seconds) * 1000).toISOString().slice(0, 19).replace('T', ' ')
    own.punches.push({ person, clock, instant: null, word })
    return odd
  },
}

/** Keeps a punch once; null when it is none. */
function keepPunch(realTime: unknown, own: Own): Reply | null {
  const punch = at(realTime, 'PunchLog')
  const [person, logTime] = ['UserId', 'LogTime'].map(key => textAt(punch, key))
  const clock = keepWallClock(logTime)
  if (!person || !clock) return null
  if (!own.seen.has(person + clock.clock))
    own.punches.push({ person, ...clock, word: textAt(punch, 'Type') ?? null })
  own.seen.add(person + clock.clock)
  return done
}
