import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFakeDevice } from '../support/fake-device.ts'
import { localNow } from '../support/local-time.ts'
import { signIn, startAll, type TestSystem } from '../support/start-all.ts'
import { until } from '../support/until.ts'

const zone = 'Asia/Kolkata'

let system: TestSystem
beforeAll(async () => {
  system = await startAll({
    accounts: { hr: ['hr'], security: ['security'], viewer: ['viewer'], admin: ['admin'] },
  })
})
afterAll(() => system.stop())

const today = () => localNow(zone).slice(0, 10)
const stored = async (sn: string) => {
  const { body } = await system.gateway
    .client()
    .call('attendance.byDevice', { DeviceSN: sn, FromDate: '2000-01-01', ToDate: '2099-12-31', Limit: 1000 })
  return body.Attendance
}

describe('from the terminal to the screen', () => {
  it('shows a punch in the stream of whoever may see it, after it is stored', async () => {
    const device = createFakeDevice(system.gateway.devicesUrl, 'PUNCH001')
    await device.handshake()
    await device.upload('OPERLOG', 'USER PIN=00123\tName=Asha Rao\tPri=0\tPasswd=1234\tCard=\tGrp=1\tTZ=\n')
    const hr = await signIn(system, 'hr')
    const stream = await hr.events()
    const local = localNow(zone)
    expect((await device.punch('00123', local, 0, 15)).body).toBe('OK: 1')
    const frame = await until('the punch in the stream', () =>
      stream.frames.find(({ event }) => event === 'OnAttendance'),
    )
    expect(frame.data).toMatchObject({
      DeviceSN: 'PUNCH001',
      EmployeeCode: '00123',
      EmployeeName: 'Asha Rao',
      AttendanceLog: local,
      Direction: 'CheckIn',
      Type: 'face',
    })
    expect(frame.data).not.toHaveProperty('AuthToken')
    expect(frame.id).toBeTruthy()
    const answer = await hr.get(`/api/v3/GetTodayAttendance?DeviceSN=PUNCH001&BucketMinutes=5`)
    expect(answer.body).toMatchObject({ Attendance: [{ EmployeeCode: '00123' }], Present: 1, People: 1 })
    stream.close()
  })

  it('hides the person from those who may count but not identify', async () => {
    const device = createFakeDevice(system.gateway.devicesUrl, 'PUNCH002')
    const viewer = await signIn(system, 'viewer')
    const stream = await viewer.events()
    await device.punch('777', localNow(zone))
    const frame = await until('the punch in the stream', () =>
      stream.frames.find(
        ({ data }) =>
          (data as { DeviceSN?: string }).DeviceSN === 'PUNCH002' && 'AttendanceLog' in (data as object),
      ),
    )
    expect(JSON.stringify(frame.data)).not.toContain('777')
    expect(
      JSON.stringify(
        (
          await viewer.get(
            '/api/v3/GetAttendanceByDevice?DeviceSN=PUNCH002&FromDate=2000-01-01&ToDate=2099-12-31',
          )
        ).body,
      ),
    ).not.toContain('"777"')
    stream.close()
  })

  it('tells nobody of punches who may not read them', async () => {
    const device = createFakeDevice(system.gateway.devicesUrl, 'PUNCH003')
    const security = await signIn(system, 'security')
    const admin = await signIn(system, 'admin')
    const [quiet, full] = await Promise.all([security.events(), admin.events()])
    await device.punch('1', localNow(zone))
    await until('the punch in the stream of admin', () =>
      full.frames.some(({ event }) => event === 'OnAttendance'),
    )
    expect(quiet.frames.filter(({ event }) => event === 'OnAttendance')).toEqual([])
    expect((await security.get('/api/v3/GetTodayAttendance')).status).toBe(403)
    quiet.close()
    full.close()
  })

  it('replays what was missed after Last-Event-ID', async () => {
    const device = createFakeDevice(system.gateway.devicesUrl, 'PUNCH004')
    const hr = await signIn(system, 'hr')
    const first = await hr.events()
    await device.punch('11', localNow(zone))
    const seen = await until('the first punch', () =>
      first.frames.find(({ data }) => (data as { EmployeeCode?: string }).EmployeeCode === '11'),
    )
    first.close()
    await device.punch('12', localNow(zone))
    await until('the second punch stored', async () => (await stored('PUNCH004')).length === 2)
    const again = await hr.events(seen.id)
    await until('the missed punch', () =>
      again.frames.find(({ data }) => (data as { EmployeeCode?: string }).EmployeeCode === '12'),
    )
    expect(
      again.frames.filter(({ data }) => (data as { EmployeeCode?: string }).EmployeeCode === '11'),
    ).toEqual([])
    again.close()
  })
})

describe('what can go wrong on the way in', () => {
  it('stores repeats once and acknowledges them alike', async () => {
    const device = createFakeDevice(system.gateway.devicesUrl, 'REPEAT01')
    const body = `2000\t${today()} 09:15:00\t0\t1\t0\t0\n2001\t${today()} 09:15:00\t0\t1\t0\t0\n2002\t${today()} 09:15:00\t0\t1\t0\t0\n`
    for (let time = 0; time < 3; time += 1) expect((await device.upload('ATTLOG', body)).body).toBe('OK: 3')
    expect(await stored('REPEAT01')).toHaveLength(3)
  })

  it('keeps good lines, quarantines bad ones, and counts all of them', async () => {
    const device = createFakeDevice(system.gateway.devicesUrl, 'MIXED001')
    expect(
      (
        await device.upload(
          'ATTLOG',
          `100\t${today()} 08:00:00\t0\t1\t0\njunk\n200\tbad-ts\t0\n\t${today()} 09:00:00\t0\t1\t0\n300\t${today()} 09:00:00\t0\t1\t0`,
        )
      ).body,
    ).toBe('OK: 5')
    expect((await stored('MIXED001')).map(({ EmployeeCode }) => EmployeeCode)).toEqual(['100', '300'])
    const { body } = await system.gateway.client().call('devices.info', { DeviceSN: 'MIXED001' })
    expect(body.Rejects).toBe(3)
  })

  it('keeps a table nobody knows without blocking the terminal', async () => {
    const device = createFakeDevice(system.gateway.devicesUrl, 'ODDTABLE')
    expect(await device.upload('FOOBAR', 'A=1\tB=2\nA=3\tB=4\n')).toMatchObject({
      status: 200,
      body: 'OK: 2',
    })
    expect(await stored('ODDTABLE')).toEqual([])
  })

  it('keeps nothing of an upload that was cut, and takes it whole the next time', async () => {
    const device = createFakeDevice(system.gateway.devicesUrl, 'CUTOFF01')
    const body = `100\t${today()} 08:00:00\t0\t1\t0\n101\t${today()} 08:01:00\t0\t1\t0\n`
    await cutUpload(system.gateway.devicesUrl, 'CUTOFF01', body.slice(0, 40), body.length)
    expect((await device.upload('ATTLOG', body)).body).toBe('OK: 2')
    expect(await stored('CUTOFF01')).toHaveLength(2)
  })

  it('refuses a body over the cap before reading it', async () => {
    const reply = await cutUpload(system.gateway.devicesUrl, 'HUGE0001', 'x', 99_000_000)
    expect(reply).toMatch(/^HTTP\/1\.1 413 /)
  })

  it.each([
    ['GET', '/iclock/cdata?options=all', 400],
    ['GET', '/iclock/getrequest?SN=BAD%20SN%0d%0aX', 400],
    ['GET', '/iclock/edge?SN=ANY00001', 404],
    ['DELETE', '/iclock/cdata?SN=ANY00001', 200],
    ['GET', '/', 404],
  ])('answers %s %s with %i in plain text, never with 405', async (method, path, status) => {
    const reply = await createFakeDevice(system.gateway.devicesUrl, 'ANY00001').request(method, path)
    expect(reply.status).toBe(status)
    expect(reply.headers.get('content-type')).toBe('text/plain')
  })

  it('speaks to old firmware in the headers it looks for', async () => {
    const raw = await rawRequest(
      system.gateway.devicesUrl,
      'GET /iclock/getrequest?SN=OLDFW001 HTTP/1.0\r\nUser-Agent: iClock Proxy/1.09\r\nConnection: close\r\n\r\n',
    )
    expect(raw).toMatch(/^HTTP\/1\.[01] 200 OK\r\n/)
    for (const header of ['Content-Type: text/plain\r\n', 'Content-Length: 2\r\n', 'Date: '])
      expect(raw).toContain(header)
    expect(raw.endsWith('\r\n\r\nOK')).toBe(true)
    expect(raw.length).toBeLessThan(2048)
  })

  it('survives a request line with a space in it', async () => {
    const raw = await rawRequest(
      system.gateway.devicesUrl,
      'GET /iclock/devicecmd?SN=SPACE001&ID=102&Return=0&CMD=SET OPTION HTTP/1.1\r\nHost: x\r\n\r\n',
    )
    expect(raw).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(
      (
        await createFakeDevice(system.gateway.devicesUrl, 'SPACE001').request(
          'GET',
          '/iclock/ping?SN=SPACE001',
        )
      ).body,
    ).toBe('OK')
  })
})

async function rawRequest(url: string, text: string): Promise<string> {
  const { connect } = await import('node:net')
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(text))
    let received = ''
    socket.on('data', chunk => {
      received += chunk.toString('latin1')
      if (/content-length: (\d+)/i.test(received)) {
        const length = Number(/content-length: (\d+)/i.exec(received)?.[1])
        if (received.length - received.indexOf('\r\n\r\n') - 4 >= length) socket.destroy()
      }
    })
    socket.on('close', () => resolve(received))
    socket.on('error', reject)
  })
}

/** Sends fewer body bytes than announced and hangs up; answers what came back meanwhile. */
async function cutUpload(url: string, sn: string, part: string, announced: number): Promise<string> {
  const { connect } = await import('node:net')
  const { hostname, port } = new URL(url)
  return new Promise(resolve => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(
        `POST /iclock/cdata?SN=${sn}&table=ATTLOG&Stamp=9999 HTTP/1.1\r\nHost: x\r\nContent-Length: ${announced}\r\n\r\n${part}`,
        () => {
          if (announced < 1_000_000) socket.end()
        },
      )
    })
    let received = ''
    socket.on('data', chunk => {
      received += chunk.toString('latin1')
      if (received.includes('\r\n\r\n')) socket.destroy()
    })
    socket.on('close', () => resolve(received))
    socket.on('error', () => resolve(received))
  })
}
