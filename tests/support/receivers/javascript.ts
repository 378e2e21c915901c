import { createDecipheriv } from 'node:crypto'
import { at, done, fault, json, keepMoment, parse, type StandIn, textAt } from './stand-in.ts'

/** Wants `stgid` in the query; parses with `new Date`. */
export const church: StandIn = {
  row: '6 Next.js church system',
  path: '/api/biometric/callback',
  registration: { Format: 'web-api-3' },
  answer({ query, text: body }, own) {
    if (!query.get('stgid')) return fault(own, 'no stgid', json(400, { error: 'stgid' }))
    const realTime = at(parse(body), 'RealTime')
    const person = textAt(realTime, 'PunchLog', 'UserId')
    const moment = keepMoment(textAt(realTime, 'PunchLog', 'LogTime'))
    if (!person || !moment || textAt(realTime, 'AuthToken') !== own.token) return fault(own, body, done)
    own.punches.push({ person, ...moment, word: textAt(realTime, 'PunchLog', 'Type') ?? null })
    return done
  },
}

/** Encrypted with standard padding only, also when the Base64 stands in quotes; 401 for a token not on its list. */
export const walk: StandIn = {
  row: '7 Node attendance gateway with AES',
  path: '/callbacks/cams',
  registration: { Format: 'web-api-3', encrypted: true },
  answer({ text: body }, own) {
    const data = parse(open(own.key, body))
    if (data === undefined)
      return fault(own, 'ciphertext', json(400, { error: 'invalid encrypted callback' }))
    const realTime = at(data, 'RealTime')
    if (textAt(realTime, 'AuthToken') !== own.token)
      return fault(own, 'token', json(401, { error: 'invalid' }))
    const person = textAt(realTime, 'PunchLog', 'UserId')
    const moment = keepMoment(textAt(realTime, 'PunchLog', 'LogTime'))
    if (textAt(realTime, 'SerialNumber') !== own.sn || !person || !moment) return fault(own, 'punch', done)
    own.punches.push({ person, ...moment, word: textAt(realTime, 'PunchLog', 'Type') ?? null })
    return done
  },
}

function open(key: string, body: string): string {
  try {
    const quoted = parse(body)
    const encoded = typeof quoted === 'string' ? quoted : body
    const decipher = createDecipheriv('aes-256-ecb', Buffer.from(key), null)
    return Buffer.concat([decipher.update(Buffer.from(encoded, 'base64')), decipher.final()]).toString('utf8')
  } catch {
    return ''
  }
}

const wanted = ['InputType', 'LogTime', 'Temperature', 'Type', 'UserId']

/** Refuses with HTTP 200 and the name of an error; all five keys have to be there. */
export const erp: StandIn = {
  row: '12 Express ERP service',
  path: '/attendance/biometric',
  registration: { Format: 'web-api-3' },
  answer({ text: body }, own) {
    const realTime = at(parse(body), 'RealTime')
    if (textAt(realTime, 'AuthToken') !== own.token)
      return fault(own, 'token', json(200, { status: 'API_RESPONSE_INVALID_AUTHTOKEN' }))
    const punch = at(realTime, 'PunchLog')
    const person = textAt(punch, 'UserId')
    const moment = keepMoment(textAt(punch, 'LogTime'))
    if (wanted.some(key => !textAt(punch, key)) || !person || !moment)
      return fault(own, body, json(200, { status: 'API_RESPONSE_INVALID_REQUEST_DATA' }))
    own.punches.push({ person, ...moment, word: textAt(punch, 'Type') ?? null })
    return done
  },
}

/** Keeps an OperationID once; 401 and 400 where others say done. */
export const academy: StandIn = {
  row: '14 Next.js academy',
  path: '/api/cams/punch?center=2',
  registration: { Format: 'web-api-3' },
  answer({ text: body }, own) {
    const realTime = at(parse(body), 'RealTime')
    const id = textAt(realTime, 'OperationID')
    if (textAt(realTime, 'AuthToken') !== own.token)
      return fault(own, 'token', json(401, { error: 'invalid_auth' }))
    const punch = at(realTime, 'PunchLog')
    const person = textAt(punch, 'UserId') ?? textAt(punch, 'UserID')
    const moment = keepMoment(textAt(punch, 'LogTime'))
    if (!id || !person || !moment) return fault(own, body, json(400, { error: 'invalid_punch' }))
    if (!own.seen.has(id)) own.punches.push({ person, ...moment, word: textAt(punch, 'Type') ?? null })
    own.seen.add(id)
    return done
  },
}

/** Sends its error as it is, with HTTP 200. */
export const cloudFunction: StandIn = {
  row: '16 Firebase function',
  path: '/punch',
  registration: { Format: 'web-api-3' },
  answer({ text: body }, own) {
    const punch = at(parse(body), 'RealTime', 'PunchLog')
    const person = textAt(punch, 'UserId')
    const moment = keepMoment(textAt(punch, 'LogTime'))
    if (!person || !moment) return fault(own, body, json(200, { code: 'invalid-argument' }))
    own.punches.push({ person, ...moment, word: textAt(punch, 'Type') ?? null })
    return done
  },
}
