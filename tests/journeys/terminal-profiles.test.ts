import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFakeDevice } from '../support/fake-device.ts'
import { exchange } from '../support/raw-wire.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { createTestClock } from '../support/test-clock.ts'
import { until } from '../support/until.ts'

const minute = 60_000
const noon = Date.parse('2026-03-02T06:30:00Z')
const clock = createTestClock(noon)
let running: TestGateway
beforeAll(async () => {
  running = await startGateway({ clock, timeZone: 'Asia/Kolkata' })
})
afterAll(() => running.stop())

const terminal = (sn: string) => createFakeDevice(running.devicesUrl, sn)
const settingsOf = async (sn: string) =>
  (await running.client().call('devices.profile', { DeviceSN: sn })).body.Settings
const setting = async (sn: string, name: string, table: string | null = null) =>
  (await settingsOf(sn)).find(({ Name, Table }) => Name === name && Table === table)
const say = (DeviceSN: string, Name: 'Flavour' | 'Charset' | 'Acknowledgement', Value: string) =>
  running.client().call('devices.setProfile', { DeviceSN, Name, Value })
const peopleOf = async (sn: string) =>
  (await running.client().call('users.list', { DeviceSN: sn })).body.Users
const punchesOf = async (sn: string) =>
  (
    await running
      .client()
      .call('attendance.byDevice', { DeviceSN: sn, FromDate: '2000-01-01', ToDate: '2099-12-31' })
  ).body.Attendance

describe('how a terminal speaks', () => {
  it('is what the documents say until it says or does otherwise, and every setting shows why', async () => {
    const device = terminal('PROFILE1')
    await device.poll()
    expect(await setting('PROFILE1', 'Flavour')).toMatchObject({
      Value: 'attendance',
      Source: 'Default',
      Evidence: null,
      Choices: ['attendance', 'access'],
    })
    await device.handshake()
    expect(await setting('PROFILE1', 'Flavour')).toEqual({
      Name: 'Flavour',
      Table: null,
      Value: 'attendance',
      Source: 'Learned',
      Evidence: 'DeviceType=att in its handshake',
      At: '2026-03-02T06:30:00.000Z',
      Choices: ['attendance', 'access'],
    })
    expect(await setting('PROFILE1', 'Language')).toMatchObject({ Value: '69', Source: 'Learned' })
  })

  it('follows from what only the other flavour does, and an attendance table does not turn it back', async () => {
    const device = terminal('PROFILE2')
    await device.punch('1', '2026-03-02 12:00:00')
    expect(await setting('PROFILE2', 'Flavour')).toMatchObject({ Evidence: 'It uploads the table ATTLOG' })
    await device.upload('rtstate', 'time=2026-03-02 12:00:00\tsensor=00\trelay=00\talarm=00\n')
    expect(await setting('PROFILE2', 'Flavour')).toMatchObject({
      Value: 'access',
      Evidence: 'It uploads the table rtstate',
    })
    expect(await setting('PROFILE2', 'KeyStyle')).toMatchObject({ Value: 'Pin', Source: 'Default' })
    await device.upload('OPERLOG', '')
    expect(await setting('PROFILE2', 'Flavour')).toMatchObject({ Value: 'access' })
    await device.handshake()
    expect(await setting('PROFILE2', 'Flavour')).toMatchObject({ Value: 'attendance' })
  })

  it('can be said by a person, which wins until it is taken back', async () => {
    const device = terminal('PROFILE3')
    await device.handshake()
    await say('PROFILE3', 'Flavour', 'access')
    await device.handshake()
    expect(await setting('PROFILE3', 'Flavour')).toMatchObject({
      Value: 'access',
      Source: 'Edited',
      Evidence: 'Said by a program',
    })
    await say('PROFILE3', 'Flavour', '')
    expect(await setting('PROFILE3', 'Flavour')).toMatchObject({ Source: 'Default' })
    await device.handshake()
    expect(await setting('PROFILE3', 'Flavour')).toMatchObject({ Value: 'attendance', Source: 'Learned' })
  })

  it.each([
    { Name: 'Charset', Value: 'ebcdic', field: 'Value', says: 'gbk' },
    { Name: 'TimeZone', Value: 'Mars/Olympus', field: 'Value', says: 'Asia/Kolkata' },
    { Name: 'Language', Value: 'Chinese', field: 'Value', says: '83' },
    { Name: 'Charset', Value: 'gbk', Table: 'attlog', field: 'Table', says: 'Acknowledgement' },
    { Name: 'Colour', Value: 'red', field: 'Name', says: 'Flavour' },
  ])('refuses $Name=$Value with what it may be', async ({ field, says, ...input }) => {
    await terminal('PROFILE4').poll()
    const reply = await fetch(`${running.apiUrl}/v3/SetDeviceProfile`, {
      method: 'POST',
      headers: { AuthToken: running.token, 'content-type': 'application/json' },
      body: JSON.stringify({ DeviceSN: 'PROFILE4', ...input }),
    })
    const body = (await reply.json()) as { code: string; field: string; detail: string }
    expect([reply.status, body.code, body.field]).toEqual([400, 'INVALID_INPUT', field])
    expect(body.detail).toContain(says)
  })
})

describe('names', () => {
  const row = Buffer.concat([
    Buffer.from('USER PIN=1002\tName='),
    Buffer.from([0xd5, 0xc5, 0xce, 0xb0]),
    Buffer.from('\tPri=0\tCard=123456\n'),
  ])

  it('are read as GBK once a terminal whose language is Chinese sends bytes that are not UTF-8 (T35)', async () => {
    const device = terminal('CHARSET1')
    await device.handshake('&LANGUAGE=69')
    await device.request('GET', '/iclock/cdata?SN=CHARSET1&options=all&language=83')
    await device.upload('OPERLOG', row)
    expect(await peopleOf('CHARSET1')).toMatchObject([{ EmployeeCode: '1002', FirstName: '张伟' }])
    const learned = await setting('CHARSET1', 'Charset')
    expect(learned).toMatchObject({ Value: 'gbk', Source: 'Learned' })
    expect(learned?.Evidence).toContain('83 (Chinese (simplified))')
  })

  it('are what such a terminal is written in as well, or it could not show the name', async () => {
    const add = (EmployeeCode: string, sn: string) =>
      running.client().call('users.add', { EmployeeCode, DeviceSN: [sn], FirstName: '李娜' })
    await add('1003', 'CHARSET1')
    const { replies } = await exchange(
      running.devicesUrl,
      'GET /iclock/getrequest?SN=CHARSET1 HTTP/1.0\r\n\r\n',
    )
    expect(replies[0]?.body).toContain('PIN=1003\tName=\xc0\xee\xc4\xc8\tPri=0')
    const other = terminal('CHARSET4')
    await other.handshake()
    await add('1004', 'CHARSET4')
    expect((await other.poll()).raw).toContain('PIN=1004\tName=李娜\tPri=0')
  })

  it('are GBK also where they happen to be UTF-8 of other letters', async () => {
    const named = (pin: string, name: readonly number[]) =>
      terminal('CHARSET1').upload(
        'OPERLOG',
        Buffer.concat([Buffer.from(`USER PIN=${pin}\tName=`), Buffer.from(name), Buffer.from('\tPri=0\n')]),
      )
    await named('1005', [0xc4, 0xa3, 0xcf, 0xb2])
    await named('1006', [...Buffer.from('李娜')])
    expect(await peopleOf('CHARSET1')).toMatchObject([
      { EmployeeCode: '1002' },
      { EmployeeCode: '1005', FirstName: '模喜' },
      { EmployeeCode: '1006', FirstName: '李娜' },
    ])
  })

  it('teach nothing while they are UTF-8, or the language does not tell, or a person has said', async () => {
    const plain = terminal('CHARSET2')
    await plain.request('GET', '/iclock/cdata?SN=CHARSET2&options=all&language=83')
    await plain.upload('OPERLOG', 'USER PIN=1003\tName=张伟\tPri=0\n')
    expect(await setting('CHARSET2', 'Charset')).toMatchObject({ Value: 'utf-8', Source: 'Default' })
    const english = terminal('CHARSET3')
    await english.handshake()
    await english.upload('OPERLOG', row)
    expect(await setting('CHARSET3', 'Charset')).toMatchObject({ Source: 'Default' })
    await say('CHARSET2', 'Charset', 'utf-8')
    await plain.upload('OPERLOG', row)
    expect(await setting('CHARSET2', 'Charset')).toMatchObject({ Value: 'utf-8', Source: 'Edited' })
  })

  it('tell how the terminal spells the key of a person', async () => {
    await terminal('KEYSTYLE').upload('OPERLOG', 'USER Pin=1004\tName=Asha\tPri=0\n')
    expect(await setting('KEYSTYLE', 'KeyStyle')).toMatchObject({ Value: 'Pin', Source: 'Learned' })
  })
})

describe('columns', () => {
  it('with job codes are known for what they are, also when the last ones are left out later', async () => {
    const device = terminal('COLUMNS1')
    await device.upload('ATTLOG', '7\t2026-03-02 12:00:00\t0\t1\t0\t0\t0\t1\t37\t0\t0\t0\t0\t10\t20\t30\n')
    expect(await setting('COLUMNS1', 'Columns')).toMatchObject({
      Value: 'tft',
      Evidence: '16 columns, job and tip codes among them',
    })
    await device.upload('ATTLOG', '8\t2026-03-02 12:01:00\t0\t1\t0\t0\t0\t1\t37\n')
    expect(await punchesOf('COLUMNS1')).toMatchObject([
      { EmployeeCode: '7', FaceMask: null, Temperature: null },
      { EmployeeCode: '8', FaceMask: null, Temperature: null },
    ])
  })

  it('may be names and values (T22), and verify codes of another table', async () => {
    const device = terminal('COLUMNS2')
    await device.upload(
      'ATTLOG',
      'time=2026-03-02 09:15:00\tpin=1001\tcardno=0\teventaddr=1\tevent=0\tinoutstatus=0\tverifytype=1\tindex=55\n',
    )
    expect(await setting('COLUMNS2', 'Columns')).toMatchObject({ Value: 'keyed', Source: 'Learned' })
    const input = { DeviceSN: 'COLUMNS2', Name: 'VerifyCodes', Value: 'tft' } as const
    await running.client().call('devices.setProfile', input)
    await device.punch('1001', '2026-03-02 09:16:00', 0, 2)
    expect((await punchesOf('COLUMNS2')).map(({ Type }) => Type)).toEqual(['fingerprint', 'card'])
  })
})

describe('the option block', () => {
  const set = (DeviceSN: string, Name: 'TransFlag' | 'Handshake' | 'TimeZone', Value: string) =>
    running.client().call('devices.setProfile', { DeviceSN, Name, Value })

  it('comes in the form the profile says', async () => {
    const device = terminal('BLOCK001')
    expect(await device.handshake()).toContain('\nTransFlag=TransData AttLog\tOpLog\t')
    await set('BLOCK001', 'TransFlag', 'spaced')
    expect(await device.handshake()).toContain('\nTransFlag=TransData AttLog OpLog AttPhoto ')
    await set('BLOCK001', 'TransFlag', 'bits')
    expect(await device.handshake()).toContain('\nTransFlag=111110111101\n')
    await set('BLOCK001', 'Handshake', 'short')
    const block = await device.handshake()
    expect(block).toMatch(/\nServerVer=2\.4\.1\n$/)
    expect(block).not.toContain('SupportPing')
  })

  it('is short for a model that takes no longer one', async () => {
    const device = terminal('BLOCK002')
    await device.handshake()
    await device.upload('options', '~DeviceName=SenseFace 2A,MAC=00:00:5E:00:53:01')
    expect(await device.handshake()).not.toContain('PushProtVer')
    expect((await setting('BLOCK002', 'Handshake'))?.Evidence).toContain('SenseFace 2A')
  })

  it('carries the zone of the profile, in which punches are then read', async () => {
    const device = terminal('BLOCK003')
    expect(await device.handshake()).toContain('\nTimeZone=330\n')
    await set('BLOCK003', 'TimeZone', 'Asia/Kathmandu')
    expect(await device.handshake()).toContain('\nTimeZone=345\n')
    await device.punch('1', '2026-03-02 12:00:00')
    expect(await punchesOf('BLOCK003')).toMatchObject([{ LogTime: '2026-03-02 12:00:00 GMT +0545' }])
    await set('BLOCK003', 'TimeZone', '')
    expect(await device.handshake()).toContain('\nTimeZone=330\n')
  })

  it('gives back the stamp of each table, also of those that waited for adoption together', async () => {
    const asking = await startGateway({ clock, adopt: 'ask' })
    const device = createFakeDevice(asking.devicesUrl, 'STAMPS02')
    await device.upload('ATTLOG', '1\t2026-03-02 08:00:00\t0\t1\n', '858353743')
    await device.upload('OPERLOG', 'OPLOG 4\t0\t2026-03-02 08:00:00\t0\t0\t0\t0\n', '858353744')
    expect(await device.handshake()).toContain('\nATTLOGStamp=9999\nOPERLOGStamp=9999\n')
    await asking.client().call('devices.adopt', { DeviceSN: 'STAMPS02' })
    expect(await device.handshake()).toContain('\nATTLOGStamp=858353743\nOPERLOGStamp=858353744\n')
    await device.upload('ATTLOG', '2\t2026-03-02 08:01:00\t0\t1\n')
    expect(await device.handshake()).toContain('\nATTLOGStamp=858353743\n')
    // These would make it send all it has, at every handshake.
    for (const stamp of ['0', 'None'])
      await device.upload('ATTLOG', `3\t2026-03-02 12:00:0${stamp.length}\t0\t1\n`, stamp)
    expect(await device.handshake()).toContain('\nATTLOGStamp=858353743\n')
    await asking.stop()
  })
})

describe('a door', () => {
  it('is opened the other way once the terminal does not know the first', async () => {
    const device = terminal('DOORWAY1')
    await device.handshake()
    await device.upload('options', 'LockFunOn=1')
    const open = async () => {
      await running.client().call('doors.open', { DeviceSN: 'DOORWAY1', Seconds: 7 })
      const [command] = (await device.poll()).commands
      return command ?? { id: '', text: '' }
    }
    const first = await open()
    expect(first.text).toBe('AC_UNLOCK')
    await device.result(first.id, -1002, 'AC_UNLOCK')
    expect(await setting('DOORWAY1', 'DoorLayout')).toMatchObject({
      Value: 'vendor',
      Evidence: 'AC_UNLOCK was answered -1002',
    })
    const second = await open()
    expect(second.text).toBe('CONTROL DEVICE 01010107')
    await device.result(second.id, 0)
    const input = { DeviceSN: 'DOORWAY1', Name: 'DoorLayout', Value: 'state-then-seconds' } as const
    await running.client().call('devices.setProfile', input)
    expect((await open()).text).toBe('CONTROL DEVICE 0101010007')
  })
})

describe('a body that comes again and again', () => {
  const body = [2000, 2001, 2002].map(pin => `${pin}\t2026-03-02 09:15:00\t0\t1\t0\t0\n`).join('')
  const incidentsOf = async (sn: string) =>
    (await running.client().call('devices.incidents', { DeviceSN: sn, Kind: 'RepeatedUpload' })).body
      .Incidents

  it('switches how its table is acknowledged, and is an incident until it stops (T25)', async () => {
    const device = terminal('LOOPING1')
    for (let time = 0; time < 3; time += 1) {
      expect((await device.upload('ATTLOG', body)).body).toBe('OK: 3')
      clock.advance(1000)
    }
    expect(await punchesOf('LOOPING1')).toHaveLength(3)
    expect((await device.upload('ATTLOG', body)).body).toBe('OK')
    expect((await device.upload('OPERLOG', 'OPLOG 4\t0\t2026-03-02 08:00:00\t0\t0\t0\t0\n')).body).toBe(
      'OK: 1',
    )
    expect(await setting('LOOPING1', 'Acknowledgement', 'attlog')).toMatchObject({
      Value: 'bare',
      Source: 'Learned',
      Evidence: 'The same body came 3 times within 10 minutes, acknowledged as count',
    })
    expect(await incidentsOf('LOOPING1')).toMatchObject([
      { Kind: 'RepeatedUpload', Subject: 'attlog', Times: 4, EndedAt: null },
    ])
    const { body: info } = await running.client().call('devices.info', { DeviceSN: 'LOOPING1' })
    expect(info.Incidents).toBe(1)
    clock.advance(11 * minute)
    const ended = await until('the incident to end', async () => (await incidentsOf('LOOPING1'))[0]?.EndedAt)
    expect(ended).toBe('2026-03-02T06:30:03.000Z')
    expect((await device.upload('ATTLOG', body)).body).toBe('OK')
  })

  it('switches once an hour at most, and back when it was no help', async () => {
    const device = terminal('LOOPING2')
    const send = async (times: number) => {
      let last = ''
      for (let time = 0; time < times; time += 1) {
        clock.advance(minute)
        last = (await device.upload('ATTLOG', body)).body
      }
      return last
    }
    expect(await send(4)).toBe('OK')
    expect(await send(50)).toBe('OK')
    expect((await incidentsOf('LOOPING2'))[0]?.Detail).toContain('not an hour old')
    expect(await send(15)).toBe('OK: 3')
    expect(await send(40)).toBe('OK: 3')
    expect(await incidentsOf('LOOPING2')).toHaveLength(1)
    expect(await punchesOf('LOOPING2')).toHaveLength(3)
  })

  it('switches nothing that a person has set, and says so', async () => {
    const device = terminal('LOOPING3')
    await device.poll()
    await say('LOOPING3', 'Acknowledgement', 'count')
    for (let time = 0; time < 5; time += 1) expect((await device.upload('ATTLOG', body)).body).toBe('OK: 3')
    expect((await incidentsOf('LOOPING3'))[0]?.Detail).toContain('somebody has set')
  })

  it('is none when there is time between, when it changes, and when it is repeated by nature', async () => {
    const device = terminal('LOOPING4')
    for (let time = 0; time < 4; time += 1) {
      await device.upload('options', 'LockFunOn=0,MAC=00:00:5E:00:53:01')
      await device.upload('OPERLOG', '')
      expect((await device.upload('ATTLOG', `${body}${time}\t2026-03-02 09:16:00\t0\t1\n`)).body).toBe(
        'OK: 4',
      )
      clock.advance(6 * minute)
      expect((await device.upload('BIODATA', 'BIODATA Pin=1\tNo=0\tIndex=0\tType=9\tTmp=AAAA\n')).body).toBe(
        'OK: 1',
      )
    }
    expect(await incidentsOf('LOOPING4')).toEqual([])
  })

  it('says what was done also after the copy that was under way', async () => {
    const device = terminal('LOOPING6')
    for (let time = 0; time < 4; time += 1) await device.upload('ATTLOG', body)
    const { body: found } = await running.client().call('devices.incidents', {
      DeviceSN: 'LOOPING6',
      Kind: 'RepeatedUpload',
    })
    expect(found.Incidents).toMatchObject([{ Detail: expect.stringContaining('from now on bare') }])
  })

  it('does not fill the room of a terminal that waits to be adopted', async () => {
    const asking = await startGateway({ clock, adopt: 'ask' })
    const device = createFakeDevice(asking.devicesUrl, 'LOOPING5')
    for (let time = 0; time < 3; time += 1) expect((await device.upload('ATTLOG', body)).body).toBe('OK: 3')
    expect((await device.upload('ATTLOG', body)).body).toBe('OK')
    const { body: list } = await asking.client().call('devices.list', {})
    expect(list.Devices).toMatchObject([{ HeldUploads: 1, Incidents: 1 }])
    const { body: adopted } = await asking.client().call('devices.adopt', { DeviceSN: 'LOOPING5' })
    expect(adopted.TakenIn).toBe(1)
    expect((await device.upload('ATTLOG', body)).body).toBe('OK')
    await asking.stop()
  })
})
