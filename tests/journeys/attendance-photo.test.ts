import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { OperationError } from '#contract/errors.ts'
import { seal } from '../../gateway/store/seal.ts'
import { createFakeController } from '../support/fake-controller.ts'
import { createFakeDevice } from '../support/fake-device.ts'
import { signIn, startAll, type TestSystem } from '../support/start-all.ts'

let system: TestSystem
beforeAll(async () => {
  system = await startAll({ accounts: { hr: ['hr'], security: ['security'], admin: ['admin'] } })
})
afterAll(() => system.stop())

const jpeg = Buffer.from('ffd8ffe000104a464946000a0d0050494e3d390affd9', 'hex')
const png = Buffer.from('89504e470d0a1a0a0000', 'hex')
const range = { FromDate: '2026-01-01', ToDate: '2026-12-31' }
const at = '2026-03-02 09:00:00'

/** A body of table ATTPHOTO: text, NUL, picture. */
function photoBody(fileName: string, content: Buffer = jpeg): Buffer {
  const head = `PIN=${fileName}\nSN=ANY\nsize=${content.length}\nCMD=uploadphoto\0`
  return Buffer.concat([Buffer.from(head), content])
}

const client = () => system.gateway.client()
const photoOf = async (DeviceSN: string, EmployeeCode: string | undefined, AttendanceLog = at) => {
  const input = { DeviceSN, AttendanceLog, ...(EmployeeCode === undefined ? {} : { EmployeeCode }) }
  return (await client().call('attendance.photo', input)).body.Photo
}
const refusal = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: unknown) => (error instanceof OperationError ? error.code : error),
  )
const listed = async (DeviceSN: string) =>
  (await client().call('attendance.photos', { ...range, DeviceSN, Order: 'asc' })).body.Photos
const quarantined = async (DeviceSN: string) =>
  (await client().call('devices.quarantine', { DeviceSN })).body.Lines.map(({ Table, Reason }) => [
    Table,
    Reason,
  ])

describe('a photo taken at a punch', () => {
  it('is found by terminal, person and time, a few seconds either way', async () => {
    const device = createFakeDevice(system.gateway.devicesUrl, 'CAMERA01')
    await device.punch('00042', at)
    expect((await device.upload('ATTPHOTO', photoBody('20260302090001-00042.jpg'))).body).toBe('OK')
    expect(await photoOf('CAMERA01', '00042')).toEqual({
      Type: 'jpg',
      Size: jpeg.length,
      Data: jpeg.toString('base64'),
    })
    expect(await refusal(photoOf('CAMERA01', '00042', '2026-03-02 09:00:07'))).toBe('PHOTO_NOT_FOUND')
    expect(await refusal(photoOf('CAMERA01', '99'))).toBe('USER_NOT_FOUND')
    expect(await refusal(photoOf('CAMERA99', '00042'))).toBe('DEVICE_NOT_FOUND')
    expect(await quarantined('CAMERA01')).toEqual([])
  })

  it('is kept sealed, and once, however often and by whatever address it comes', async () => {
    const device = createFakeDevice(system.gateway.devicesUrl, 'CAMERA02')
    await device.punch('7', at)
    const body = photoBody('20260302090000-7.jpg')
    for (const path of [
      'cdata?SN=CAMERA02&table=ATTPHOTO',
      'fdata?SN=CAMERA02&table=ATTPHOTO&PhotoStamp=1',
      'fdata?SN=CAMERA02&PhotoStamp=1',
    ])
      expect(await device.request('POST', `/iclock/${path}`, body)).toMatchObject({ status: 200, body: 'OK' })
    const rows = await system.gateway.store.read
      .selectFrom('attendance_photo')
      .selectAll()
      .where('sn', '=', 'CAMERA02')
      .execute()
    expect(rows).toMatchObject([
      { file_name: '20260302090000-7.jpg', employee_code: '7', bytes: jpeg.length },
    ])
    expect(Buffer.from(rows[0]?.content ?? []).includes('JFIF')).toBe(false)
    expect((await photoOf('CAMERA02', '7')).Data).toBe(jpeg.toString('base64'))
  })

  it('comes as base64 from controllers, several in one upload', async () => {
    const controller = createFakeController(system.gateway.devicesUrl, 'CAMERA03')
    await controller.start()
    const line = (name: string, content: Buffer) =>
      `pin=${name}\tsn=CAMERA03\tsize=${content.length}\tphoto=${content.toString('base64')}\n`
    const lines = [
      line('20260302090000-22.jpg', jpeg),
      line('20260302100000.jpg', png),
      line('20260302110000-9.jpg', Buffer.from('abc')),
    ]
    expect((await controller.tabledata('ATTPHOTO', lines.join(''), 3)).body).toBe('ATTPHOTO=3')
    expect((await photoOf('CAMERA03', '22')).Size).toBe(jpeg.length)
    expect(await listed('CAMERA03')).toMatchObject([
      { EmployeeCode: '22', AttendanceLog: at, Type: 'jpg', Size: jpeg.length },
      { EmployeeCode: null, AttendanceLog: '2026-03-02 10:00:00', Type: 'png' },
    ])
    expect(await quarantined('CAMERA03')).toEqual([['tabledata:attphoto', 'kept:photo']])
  })

  it('of a failed verification has no person, is listed as such and found without one', async () => {
    const device = createFakeDevice(system.gateway.devicesUrl, 'CAMERA04')
    await device.upload('ATTPHOTO', photoBody('20260302090000.jpg'))
    await device.upload('ATTPHOTO', photoBody('20260302090100-5.jpg'))
    const { body } = await client().call('attendance.photos', {
      ...range,
      DeviceSN: 'CAMERA04',
      Failed: true,
    })
    expect(body.Photos).toMatchObject([{ EmployeeCode: null, AttendanceLog: at }])
    expect((await photoOf('CAMERA04', undefined)).Size).toBe(jpeg.length)
    expect(await refusal(photoOf('CAMERA04', undefined, '2026-03-02 09:01:00'))).toBe('PHOTO_NOT_FOUND')
  })

  it('that is none, or too large, is acknowledged all the same and told apart', async () => {
    const device = createFakeDevice(system.gateway.devicesUrl, 'CAMERA05')
    const large = Buffer.concat([jpeg, Buffer.alloc(1024 * 1024)])
    expect(
      (await device.upload('ATTPHOTO', photoBody('20260302090000-1.jpg', Buffer.from('abc')))).body,
    ).toBe('OK')
    expect((await device.upload('ATTPHOTO', photoBody('20260302090100-1.jpg', large))).body).toBe('OK')
    expect((await device.upload('ATTPHOTO', photoBody('../../etc/passwd'))).body).toBe('OK')
    expect(await listed('CAMERA05')).toEqual([])
    const { body } = await client().call('devices.quarantine', { DeviceSN: 'CAMERA05' })
    expect(body.Lines.map(({ Reason, Bytes, Raw }) => [Reason, Bytes < 200, Raw])).toEqual([
      ['kept:photo', true, null],
      ['photo-too-large', true, '20260302090100-1.jpg'],
      ['kept:photo', true, null],
    ])
  })

  it('that an earlier release kept in quarantine becomes one when that is read again', async () => {
    await createFakeDevice(system.gateway.devicesUrl, 'CAMERA06').poll()
    const kept = [
      ['attphoto', 0, photoBody('20260302090000-6.jpg')],
      [
        'tabledata:attphoto',
        1,
        Buffer.from(`pin=20260302100000-6.jpg\tsn=A\tsize=22\tphoto=${jpeg.toString('base64')}`),
      ],
      ['attphoto', 0, photoBody('20260302110000-6.jpg', Buffer.from('abc'))],
    ] as const
    const { sealKey } = system.gateway.gateway.deps.config
    await system.gateway.store.write(write =>
      write
        .insertInto('quarantine')
        .values(
          kept.map(([table_name, line, body]) => ({
            sn: 'CAMERA06',
            received_at: Date.now(),
            table_name,
            line,
            reason: 'kept:photo',
            raw: seal(sealKey, body),
          })),
        )
        .execute(),
    )
    const { body } = await client().call('devices.reparse', { DeviceSN: 'CAMERA06' })
    expect(body).toMatchObject({ Read: 3, Understood: 2, NewPunches: 0 })
    expect((await listed('CAMERA06')).map(({ AttendanceLog }) => AttendanceLog)).toEqual([
      at,
      '2026-03-02 10:00:00',
    ])
    expect(await quarantined('CAMERA06')).toEqual([['attphoto', 'kept:photo']])
  })

  it('is seen by tokens of that terminal and right only', async () => {
    const scoped = await system.gateway.makeToken({ devices: ['CAMERA04'] })
    const input = { DeviceSN: 'CAMERA01', EmployeeCode: '00042', AttendanceLog: at }
    expect(await refusal(system.gateway.client(scoped).call('attendance.photo', input))).toBe(
      'DEVICE_NOT_ALLOWED',
    )
    const { body } = await system.gateway.client(scoped).call('attendance.photos', range)
    expect(new Set(body.Photos.map(({ DeviceSN }) => DeviceSN))).toEqual(new Set(['CAMERA04']))
  })
})

describe('through the proxy', () => {
  const path = `/api/v3/GetAttendancePhoto?${new URLSearchParams({ DeviceSN: 'CAMERA01', EmployeeCode: '00042', AttendanceLog: at })}`

  it('shows a photo to those with the right, and writes down every look, found or not', async () => {
    const hr = await signIn(system, 'hr')
    expect((await hr.get(path)).body.Photo).toMatchObject({ Size: jpeg.length })
    expect((await hr.get(path.replace('00042', '7'))).body.code).toBe('PHOTO_NOT_FOUND')
    const admin = await signIn(system, 'admin')
    const { body } = await admin.get('/api/audit?Action=attendance.photo')
    expect(body.Entries).toMatchObject([
      { Actor: 'hr', Subject: '7', Outcome: 'refused', Code: 'PHOTO_NOT_FOUND' },
      { Actor: 'hr', Subject: '00042', Outcome: 'done', Input: { DeviceSN: 'CAMERA01', AttendanceLog: at } },
    ])
    expect(JSON.stringify(body)).not.toContain(jpeg.toString('base64'))
  })

  it('refuses the others', async () => {
    const reply = await (await signIn(system, 'security')).get(path)
    expect([reply.status, reply.body.code]).toEqual([403, 'PERMISSION_DENIED'])
  })
})
