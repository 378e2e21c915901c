import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { encodeAccessCommandLines } from '../../gateway/device/protocol/access/command-lines.ts'
import { encodeAccessCommand } from '../../gateway/device/protocol/access/commands.ts'
import { type ControlAction, encodeControl } from '../../gateway/device/protocol/access/control-device.ts'
import { decodeInterval, encodeInterval } from '../../gateway/device/protocol/access/schedule-codec.ts'
import { encodeCommand, encodeCommandLines } from '../../gateway/device/protocol/attendance/commands.ts'
import { attendanceVectors, codecTables } from '../../gateway/device/protocol/fixtures/vectors.ts'
import { UnsafeFieldError } from '../../gateway/device/protocol/unsafe-field.ts'
import { openVectorBench, type VectorBench } from './vector-bench.ts'
import { caseOf } from './vector-case.ts'

const { C1, C2, C3, C4, C5, C6, C7 } = codecTables
/** The encoder refuses what is none by itself. */
const Action = z.custom<ControlAction>(value => typeof value === 'object' && value !== null)

let access: VectorBench
let attendance: VectorBench
beforeAll(async () => {
  // Before every time of the table, so that the clock only has to go on.
  access = await openVectorBench('access', Date.parse('2000-01-01T00:00:00Z'))
  // Winter, so that Newfoundland is three and a half hours from UTC.
  attendance = await openVectorBench('attendance', Date.parse('2026-01-15T12:00:00Z'))
})
afterAll(async () => {
  await access.stop()
  await attendance.stop()
})

/** A poll whose terminal has one command waiting. */
function pollOf(
  sn: string,
  command: { kind: 'door.open' | 'device.restart'; payload?: object },
  reply: string,
) {
  const given = {
    commands: [{ id: 7, state: 'queued' as const, ...command, payload: { ...command.payload } }],
  }
  return caseOf({ name: 'a poll', method: 'GET', rawUrl: `/iclock/getrequest?SN=${sn}`, given, reply })
}

describe('C1, encoded time', () => {
  const times = [...C1.times].sort((a, b) => a.encoded - b.encoded)

  it.each(times)('is $encoded when it is $local', async ({ local, encoded }) => {
    access.clock.advance(Date.parse(`${local.replace(' ', 'T')}Z`) - access.clock.now())
    const rawUrl = `/iclock/rtdata?SN=C1TIME${encoded}&type=time`
    const reply = `DateTime=${encoded},ServerTZ=+0530`
    expect(await access.run(caseOf({ name: 'time', method: 'GET', rawUrl, reply }), [])).toEqual({})
  })

  const upload = (encoded: number) =>
    caseOf({
      name: 'a transaction',
      method: 'POST',
      rawUrl: `/iclock/cdata?SN=C1ROW${encoded}&table=tabledata&tablename=transaction&count=1`,
      body: `transaction cardno=0\tpin=0\tverified=200\tdoorid=1\teventtype=202\tinoutstate=2\ttime_second=${encoded}\tindex=1\tsitecode=0\n`,
      reply: 'transaction=1',
    })

  it.each(times)('$encoded is read as $local', async ({ local, encoded }) => {
    expect(await access.run(upload(encoded), [])).toMatchObject({
      doorEvents: [{ local, event: 'ExitButton' }],
    })
  })

  it.each(C1.noDays)('$encoded is $local, which is no day', async ({ encoded }) => {
    const { doorEvents, quarantine } = await access.run(upload(encoded), [])
    expect(doorEvents).toBeUndefined()
    expect(quarantine).toMatchObject([
      { line: 1, reason: 'bad-time', raw: expect.stringContaining(`${encoded}`) },
    ])
  })
})

describe('C2, intervals', () => {
  it.each(C2.intervals)('$start to $end is $hex', ({ start, end, decimal, hex }) => {
    expect(Number(hex)).toBe(decimal)
    const windows = [{ day: 'Sunday', start, end }] as const
    const text = encodeAccessCommand({ kind: 'schedule.update', id: 1, windows })
    expect(encodeAccessCommandLines([{ id: '7', text }], { sn: 'C2' }).body).toMatch(
      new RegExp(`^C:7:DATA UPDATE timezone TimezoneId=1\tSunTime1=${decimal}\tSunTime2=0\t.*=0\n$`),
    )
    expect(decodeInterval(decimal)).toEqual({ start, end })
  })

  it('0 is no interval, and none is written as 0', () => {
    const { start, end, decimal, hex } = C2.empty
    expect(Number(hex)).toBe(decimal)
    expect(decodeInterval(decimal)).toBeNull()
    expect(() => encodeInterval(start, end)).toThrow(UnsafeFieldError)
    expect(encodeAccessCommand({ kind: 'schedule.update', id: 1, windows: [] })).toContain(
      `SunTime1=${decimal}\t`,
    )
  })
})

describe('C3, CONTROL DEVICE', () => {
  it.each(C3.commands)('$bytes: $means', async ({ bytes, action: written }) => {
    const action = Action.parse(written)
    const line = `C:7:CONTROL DEVICE ${bytes}\n`
    expect(encodeAccessCommandLines([{ id: '7', text: encodeControl(action) }], { sn: 'C3' }).body).toBe(line)
    // What we can be ordered to do is fetched from the listener as well.
    const isOpening = action.kind === 'door.open' && action.door !== 'all'
    if (!isOpening && action.kind !== 'device.restart') return
    const payload = isOpening ? { DoorNo: action.door, Seconds: action.seconds } : {}
    const poll = pollOf(`C3${bytes}`, { kind: action.kind, payload }, line)
    expect(await access.run(poll, [])).toMatchObject({ commands: [{ id: 7, state: 'sent' }] })
  })

  it.each(C3.refused)('$means, and is refused', async ({ action: written }) => {
    const action = Action.parse(written)
    expect(() => encodeControl(action)).toThrow(UnsafeFieldError)
    const order = { DeviceSN: 'C301010105', DoorNo: 1, Seconds: 255 }
    const refusal = { status: 400, field: 'Seconds' }
    await expect(access.running.client().call('doors.open', order)).rejects.toMatchObject(refusal)
  })
})

describe('C4, doors of an authorisation', () => {
  it.each(C4.masks)('$doors is $mask', ({ doors, mask }) => {
    const text = encodeAccessCommand({ kind: 'authorization.update', pin: '1001', timeZoneId: 1, doors })
    expect(text).toBe(`DATA UPDATE userauthorize Pin=1001\tAuthorizeTimezoneId=1\tAuthorizeDoorId=${mask}`)
  })
})

describe('C5, the zone of a handshake', () => {
  it.each(C5.zones)('$offset is told as $value', async ({ zone, value }) => {
    const sn = `C5Z${value.replace('-', 'W')}`
    const body = attendanceVectors.T03.ours.body
      .replace(attendanceVectors.T01.rawUrl.slice('/iclock/cdata?SN='.length).split('&')[0] ?? '', sn)
      .replace(/^TimeZone=.*$/m, `TimeZone=${value}`)
    const rawUrl = `/iclock/cdata?SN=${sn}&options=all`
    const handshake = caseOf({ name: 'handshake', method: 'GET', rawUrl, given: { zone }, reply: body })
    expect(await attendance.run(handshake, [])).toEqual({})
  })
})

describe('C6, fields of commands', () => {
  const attendanceUser = (name: string) => encodeCommand({ kind: 'user.update', user: { pin: '1001', name } })
  const accessUser = (name: string) =>
    encodeAccessCommand({ kind: 'user.update', user: { pin: '1001', name } })

  it.each(C6.refused)('refuses %j', name => {
    expect(() => attendanceUser(name)).toThrow(UnsafeFieldError)
    expect(() => accessUser(name)).toThrow(UnsafeFieldError)
  })

  it('takes an equals sign', () => {
    const name = C6.allowed
    expect(encodeCommandLines([{ id: '9', text: attendanceUser(name) }]).body).toBe(
      `C:9:DATA UPDATE USERINFO PIN=1001\tName=${name}\n`,
    )
    expect(encodeAccessCommandLines([{ id: '9', text: accessUser(name) }], { sn: 'C6' }).body).toBe(
      `C:9:DATA UPDATE user Pin=1001\tName=${name}\n`,
    )
  })
})

describe('C7, ids', () => {
  const answer = (id: string, given: object) =>
    caseOf({
      name: 'a result',
      method: 'POST',
      rawUrl: `/iclock/devicecmd?SN=C7${id}`,
      body: `ID=${id}&Return=0&CMD=INFO\n`,
      given,
      reply: 'OK',
      logs: ['result for a command we never gave'],
    })

  it('are written as they are, from the first to the last', async () => {
    const commands = C7.given.map(id => ({ id, kind: 'device.ping' as const, state: 'queued' as const }))
    const reply = C7.given.map(id => `C:${id}:INFO\n`).join('')
    const rawUrl = '/iclock/getrequest?SN=C7POLL'
    const poll = caseOf({ name: 'a poll', method: 'GET', rawUrl, given: { commands }, reply })
    expect(await attendance.run(poll, [])).toMatchObject({
      commands: C7.given.map(id => ({ id, state: 'sent' })),
    })
  })

  it.each(C7.neverGiven)('%s was never given: logged, not applied', async id => {
    const commands = C7.given.map(one => ({ id: one, kind: 'device.ping', state: 'sent' }))
    expect(await attendance.run(answer(id, { commands }), [])).toEqual({})
  })

  it('one that another terminal was given is not applied either', async () => {
    const commands = [{ id: 5, kind: 'device.ping', state: 'sent', sn: 'C7OTHER' }]
    expect(await attendance.run(answer('5', { commands }), [])).toEqual({})
  })
})
