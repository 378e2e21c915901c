import { at, done, fault, json, keepWallClock, parse, type StandIn, text, textAt } from './stand-in.ts'

const html = 'text/html; charset=utf-8'

/** Odoo answers as text/html, and 403 with done once, when its session changes the database. */
export const odoo: StandIn = {
  row: '1 Odoo module of CAMS',
  path: '/cams/biometric-api3.0/?db=payroll&direction=2',
  registration: { Format: 'web-api-3', Events: ['OnAttendance', 'OnUserUpdated'] },
  answer({ query, text: body }, own) {
    const error = (status: number, message: string) => json(status, { status: 'error', message }, html)
    const database = query.get('db')
    if (database !== own.database) {
      own.database = database
      return json(403, { status: 'done', message: `Database changed to ${database}` }, html)
    }
    if (!query.get('stgid')) return fault(own, 'no stgid', error(400, 'Invalid stgid value'))
    if (!/^[123]$/.test(query.get('direction') ?? '')) return fault(own, 'direction', error(400, 'Direction'))
    const data = parse(body)
    if (data === undefined) return fault(own, 'no JSON', error(400, 'Invalid format'))
    const [person, word, logTime, token] = [
      textAt(data, 'RealTime', 'PunchLog', 'UserId'),
      textAt(data, 'RealTime', 'PunchLog', 'Type'),
      textAt(data, 'RealTime', 'PunchLog', 'LogTime'),
      textAt(data, 'RealTime', 'AuthToken'),
    ]
    if (at(data, 'RealTime', 'UserUpdated') !== undefined) own.users.push('refused')
    if (!person || !word || !logTime || token === undefined) return error(400, 'Expected JSON key not found')
    if (!own.people.has(person)) return json(200, { status: 'done', message: 'Employee not found' }, html)
    if (!/ GMT [+-]\d{4}$/.test(logTime)) return fault(own, logTime, error(400, 'Invalid time format'))
    if (query.get('stgid') !== own.sn || token !== own.token)
      return fault(own, 'token', error(403, 'Invalid token'))
    const clock = keepWallClock(logTime)
    if (!clock) return fault(own, logTime, error(400, 'Invalid time format'))
    if (own.seen.has(person + logTime)) return json(200, { status: 'done', message: 'Duplicate punch' }, html)
    own.seen.add(person + logTime)
    own.punches.push({ person, ...clock, word })
    return json(200, { status: 'done' }, html)
  },
}

/** Fails with 500 where a key is missing, and says done to what is no JSON. */
export const navari: StandIn = {
  row: '2 Frappe app of Navari',
  path: '/api/method/cams_biometric.attendance',
  registration: { Format: 'web-api-3' },
  answer({ text: body }, own) {
    const data = parse(body)
    if (data === undefined) return fault(own, 'no JSON', done)
    const punch = at(data, 'RealTime', 'PunchLog')
    const [word, logTime, person, input] = ['Type', 'LogTime', 'UserId', 'InputType'].map(key =>
      textAt(punch, key),
    )
    const clock = keepWallClock(logTime)
    if (!word || !clock || !person || !input)
      return fault(own, 'KeyError', json(500, { exc_type: 'KeyError' }))
    if (textAt(data, 'RealTime', 'AuthToken') !== own.token)
      return fault(own, 'token', json(200, { status: 'error' }))
    const key = `${person} ${logTime} ${word}`
    if (!own.seen.has(key)) own.punches.push({ person, ...clock, word })
    own.seen.add(key)
    return done
  },
}

/** Web API 1.0: form fields, seconds read as UTC and kept as the clock; `ok` whatever happens. */
export const essential: StandIn = {
  row: '11 Frappe app of ESS',
  path: '/api/method/cams_biometrics.utils.mark_attendance',
  registration: { Format: 'web-api-1', Acknowledgement: 'exact' },
  answer({ text: body }, own) {
    const form = new URLSearchParams(body)
    const [person, seconds, word, sn, token] = ['userid', 'att_time', 'att_type', 'stgid', 'auth_token'].map(
      name => form.get(name),
    )
    const ok = text(200, 'ok')
    if (!person || !seconds || !word || sn !== own.sn || token !== own.token)
      return fault(own, 'invalid data', ok)
    if (!own.people.has(person)) return ok
    const clock = new Date(Number(seconds) * 1000).toISOString().slice(0, 19).replace('T', ' ')
    own.punches.push({ person, clock, instant: null, word })
    return ok
  },
}

/** Reads people without a guard, and keeps failures for itself: done whatever happens. */
export const school: StandIn = {
  row: '13 Django school system',
  path: '/biometric/callback',
  registration: { Format: 'web-api-3', Events: ['OnAttendance', 'OnUserUpdated'] },
  answer({ text: body }, own) {
    const realTime = at(parse(body), 'RealTime')
    const updated = at(realTime, 'UserUpdated')
    if (updated !== undefined) {
      const keys = ['UserID', 'FirstName', 'LastName', 'OperationTime', 'Template']
      const missing = keys.filter(key => at(updated, key) === undefined)
      own.users.push(`${textAt(updated, 'UserID')} ${textAt(updated, 'FirstName')}`)
      return missing.length > 0 ? fault(own, `KeyError ${missing}`, done) : done
    }
    const person = Number.parseInt(textAt(realTime, 'PunchLog', 'UserId') ?? '', 10)
    const clock = keepWallClock(textAt(realTime, 'PunchLog', 'LogTime'))
    const word = textAt(realTime, 'PunchLog', 'Type')
    if (Number.isNaN(person) || !clock || !word) return fault(own, body, done)
    own.punches.push({ person: String(person), ...clock, word })
    return done
  },
}

/** Knows its terminals by token; answers `Done`, or nothing for somebody it does not know. */
export const fleet: StandIn = {
  row: '15 Frappe fleet script',
  path: '/api/method/fleet.punch',
  registration: { Format: 'web-api-3' },
  answer({ text: body }, own) {
    const data = parse(body)
    const [id, token] = [textAt(data, 'RealTime', 'OperationID'), textAt(data, 'RealTime', 'AuthToken')]
    const punch = at(data, 'RealTime', 'PunchLog')
    const [person, word, logTime] = ['UserId', 'Type', 'LogTime'].map(key => textAt(punch, key))
    const clock = keepWallClock(logTime)
    if (!id || token !== own.token || !person || !word || !clock) return fault(own, body, json(500, {}))
    if (!own.people.has(person)) return text(200, '')
    own.punches.push({ person, ...clock, word })
    return text(200, 'Done')
  },
}
