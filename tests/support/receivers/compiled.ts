import { at, fault, json, keepMoment, parse, type StandIn, text, textAt } from './stand-in.ts'

/** Spring: numeric people, a temperature with every face, time cut at fixed places, plain text `done` to anything. */
export const spring: StandIn = {
  row: '8 Java HR system',
  path: '/api/daily-time-records/biometric',
  registration: { Format: 'web-api-3' },
  answer({ text: body }, own) {
    const plainDone = text(200, 'done')
    const realTime = at(parse(body), 'RealTime')
    if (realTime === undefined) return fault(own, 'no RealTime', json(400, { title: 'Bad Request' }))
    const punch = at(realTime, 'PunchLog')
    if (punch === undefined) return plainDone
    const [person, input, temperature, logTime] = ['UserId', 'InputType', 'Temperature', 'LogTime'].map(key =>
      textAt(punch, key),
    )
    const word = textAt(punch, 'Type') ?? textAt(punch, 'AttendanceType')
    const isWarm = input !== 'Face' || Number.isFinite(Number.parseFloat(temperature ?? ''))
    if (!/^\d+$/.test(person ?? '') || !input || !isWarm || !word || !logTime)
      return fault(own, body, json(500, { title: 'Internal Server Error' }))
    const clock = `${logTime.slice(0, 10)} ${logTime.slice(11, 19)}`
    own.punches.push({ person: person ?? '', clock, instant: null, word })
    return plainDone
  },
}

/** ASP.NET: names in any letter case, and an answer of its own that never says done. */
export const dotnet: StandIn = {
  row: '9 C# controller',
  path: '/api/zkteco/cams',
  registration: { Format: 'web-api-3', Acknowledgement: 'any2xx' },
  answer({ text: body }, own) {
    const realTime = at(lowered(parse(body)), 'realtime')
    const [person, logTime] = ['userid', 'logtime'].map(key => textAt(realTime, 'punchlog', key))
    const moment = keepMoment(logTime)
    if (!person || !moment) return fault(own, 'no PunchLog', json(400, { success: false }))
    own.punches.push({ person, ...moment, word: null })
    return json(200, { success: true })
  },
}

function lowered(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.toLowerCase(), lowered(inner)]))
}
