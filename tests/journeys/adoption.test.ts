import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFakeDevice } from '../support/fake-device.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'

let running: TestGateway
beforeAll(async () => {
  running = await startGateway({ adopt: 'ask', timeZone: 'Asia/Kolkata' })
})
afterAll(() => running.stop())

const punchesOf = async (sn: string) =>
  (
    await running
      .client()
      .call('attendance.byDevice', { DeviceSN: sn, FromDate: '2000-01-01', ToDate: '2099-12-31' })
  ).body.Attendance

describe('a terminal nobody knows', () => {
  it('waits, loses nothing by waiting, and is read in its own zone once adopted', async () => {
    const device = createFakeDevice(running.devicesUrl, 'STRANGER1')
    expect(await device.handshake()).toContain('GET OPTION FROM: STRANGER1\n')
    expect(await device.punch('7', '2026-03-02 08:00:00')).toMatchObject({ status: 200, body: 'OK: 1' })
    await device.upload('OPERLOG', 'USER PIN=7\tName=Ana Costa\tPri=0\n')
    const { body } = await running.client().call('devices.list', {})
    expect(body.Devices).toMatchObject([
      { DeviceSN: 'STRANGER1', Adoption: 'Waiting', HeldUploads: 2, Online: true, OnlineReason: 'waiting' },
    ])
    expect(await punchesOf('STRANGER1')).toEqual([])
    await expect(running.client().call('devices.restart', { DeviceSN: 'STRANGER1' })).rejects.toMatchObject({
      code: 'DEVICE_WAITING',
    })

    const adopted = await running.client().call('devices.adopt', {
      DeviceSN: 'STRANGER1',
      LabelName: 'South gate',
      TimeZone: 'Europe/Lisbon',
      Site: 'Lisbon',
    })
    expect(adopted.body).toMatchObject({
      TakenIn: 2,
      Device: { LabelName: 'South gate', Adoption: 'Adopted', HeldUploads: 0 },
    })
    expect(await punchesOf('STRANGER1')).toMatchObject([
      { EmployeeCode: '7', LogTime: '2026-03-02 08:00:00 GMT +0000', Site: 'Lisbon' },
    ])
    expect((await running.client().call('users.list', {})).body.Users).toMatchObject([
      { EmployeeCode: '7', FirstName: 'Ana', LastName: 'Costa' },
    ])
  })

  it('keeps what it holds sealed: neither names nor punches can be read from the file', async () => {
    const device = createFakeDevice(running.devicesUrl, 'STRANGER2')
    await device.upload('OPERLOG', 'USER PIN=9\tName=Zebulon Quist\tPasswd=87654321\n')
    const rows = await running.store.read.selectFrom('held_upload').selectAll().execute()
    expect(rows).toHaveLength(1)
    expect(Buffer.from(rows[0]?.body ?? []).toString('latin1')).not.toContain('Zebulon')
  })

  it('is turned away above the number of strangers we keep, and keeps its records itself', async () => {
    await running.store.write(async write => {
      for (let index = 0; index < 500; index += 1) {
        await write
          .insertInto('device')
          .values({
            sn: `CROWD${index}`,
            state: 'waiting',
            label: '',
            site: '',
            zone: 'UTC',
            simulated: 0,
            has_door: 0,
            model: null,
            firmware: null,
            flavour: null,
            options: '{}',
            info: '{}',
            first_seen_at: 1,
            adopted_at: null,
          })
          .execute()
      }
    })
    expect(
      (await createFakeDevice(running.devicesUrl, 'TOOMANY1').punch('1', '2026-03-02 08:00:00')).status,
    ).toBe(503)
  })
})

describe('what a terminal says about itself', () => {
  it('is kept, without its secrets', async () => {
    await running.client().call('devices.adopt', { DeviceSN: 'OPTIONS1' })
    const device = createFakeDevice(running.devicesUrl, 'OPTIONS1')
    await device.upload(
      'options',
      '~DeviceName=SpeedFace-X,MAC=00:00:5E:00:53:01,~MaxUserCount=100,~OEMVendor=ZKTECO CO., LTD.,FWVersion=ZAM180-NF,PushComKey=88888888',
    )
    await device.request(
      'GET',
      '/iclock/getrequest?SN=OPTIONS1&INFO=ZAM180-NF,27,73,283,192.0.2.201,13,40,12,3,11110,0,25,0',
    )
    const { body } = await running.client().call('devices.info', { DeviceSN: 'OPTIONS1' })
    expect(body).toMatchObject({
      Model: 'SpeedFace-X',
      FirmwareVersion: 'ZAM180-NF',
      MacAddress: '00:00:5E:00:53:01',
      Capacity: { Users: 100 },
      Counters: { Users: 27, Fingerprints: 73, Logs: 283, Faces: 3 },
    })
    expect(JSON.stringify(body)).not.toContain('88888888')
  })

  it('has whether it must show a key beside it, and never the key', async () => {
    await running.client().call('devices.adopt', { DeviceSN: 'KEYSET01' })
    const info = async () => (await running.client().call('devices.info', { DeviceSN: 'KEYSET01' })).body
    expect(await info()).toMatchObject({ KeySet: false })
    await running.client().call('devices.setKey', { DeviceSN: 'KEYSET01', Key: '55667788' })
    const said = await info()
    expect(said).toMatchObject({ KeySet: true })
    expect(JSON.stringify(said)).not.toContain('55667788')
    await running.client().call('devices.setKey', { DeviceSN: 'KEYSET01' })
    expect(await info()).toMatchObject({ KeySet: false })
  })

  it('gets back the stamp it posted, at its next handshake', async () => {
    await running.client().call('devices.adopt', { DeviceSN: 'STAMPS01' })
    const device = createFakeDevice(running.devicesUrl, 'STAMPS01')
    await device.upload('ATTLOG', '1\t2026-03-02 08:00:00\t0\t1\n', '858353743')
    expect(await device.handshake()).toContain('ATTLOGStamp=858353743\n')
  })
})

describe('the simulated site', () => {
  it('is removed whole by one operation, its terminals are turned away, and real ones stay', async () => {
    await running.client().call('devices.adopt', { DeviceSN: 'SIMULA01', Simulated: true })
    await running.client().call('devices.adopt', { DeviceSN: 'REAL0001' })
    const simulated = createFakeDevice(running.devicesUrl, 'SIMULA01')
    await simulated.punch('1', '2026-03-02 08:00:00')
    await createFakeDevice(running.devicesUrl, 'REAL0001').punch('1', '2026-03-02 08:00:00')
    expect((await running.client().call('site.removeSimulated', {})).body).toMatchObject({
      RemovedDevices: 1,
      RemovedPunches: 1,
    })
    expect((await simulated.punch('1', '2026-03-02 09:00:00')).status).toBe(503)
    expect(await punchesOf('REAL0001')).toHaveLength(1)
    await expect(punchesOf('SIMULA01')).rejects.toMatchObject({ code: 'DEVICE_NOT_FOUND' })
  })
})
