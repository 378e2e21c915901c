import { afterAll, beforeAll, expect, it } from 'vitest'
import { insertDevice, newDevice } from './devices.ts'
import type { Store } from './index.ts'
import {
  findPhoto,
  listPhotos,
  type NewPhoto,
  photoBytesPerDay,
  photosKeptMs,
  prunePhotos,
  savePhoto,
} from './photos.ts'

const day = 86_400_000
const now = Date.parse('2026-03-02T12:00:00Z')

/** What the store promises of photos; run against both databases. */
export function photosSuite(open: () => Promise<Store>): void {
  let store: Store
  beforeAll(async () => {
    store = await open()
    for (const sn of ['CAM1', 'CAM2'])
      await store.write(write =>
        insertDevice(write, newDevice(sn, { state: 'adopted', zone: 'Asia/Kolkata', site: 'Main', now: 1 })),
      )
  })
  afterAll(() => store.close())

  const photo = (local: string, more: Partial<NewPhoto> = {}): NewPhoto => ({
    fileName: `${local.replaceAll(/\D/g, '')}-${more.employeeCode ?? ''}.jpg`,
    employeeCode: null,
    local,
    type: 'jpg',
    bytes: 10,
    content: Buffer.from(local),
    ...more,
  })
  const save = (sn: string, one: NewPhoto, receivedAt = now) =>
    store.write(write => savePhoto(write, sn, one, receivedAt))
  const found = async (sn: string, employeeCode: string | null, local: string) =>
    (await findPhoto(store.read, { sn, employeeCode, local }))?.local_time
  const everything = {
    from: '2000-01-01 00:00:00',
    to: '2099-12-31 23:59:59',
    devices: null,
    failed: undefined,
  }
  const page = { offSet: undefined, limit: 50, order: 'asc' } as const

  it('keeps each once by terminal and file name', async () => {
    const one = photo('2026-03-02 09:00:00', { employeeCode: '7' })
    expect([await save('CAM1', one), await save('CAM1', one), await save('CAM2', one)]).toEqual([
      'kept',
      'known',
      'kept',
    ])
  })

  it('finds the one nearest to the punch, of that person, within five seconds', async () => {
    await save('CAM1', photo('2026-03-02 09:00:07', { employeeCode: '7' }))
    await save('CAM1', photo('2026-03-02 09:00:02', { employeeCode: '8' }))
    expect(await found('CAM1', '7', '2026-03-02 09:00:03')).toBe('2026-03-02 09:00:00')
    expect(await found('CAM1', '7', '2026-03-02 09:00:04')).toBe('2026-03-02 09:00:07')
    expect(await found('CAM1', '7', '2026-03-02 08:59:55')).toBe('2026-03-02 09:00:00')
    expect(await found('CAM1', '7', '2026-03-02 08:59:54')).toBeUndefined()
    expect(await found('CAM2', '8', '2026-03-02 09:00:02')).toBeUndefined()
    expect(await found('CAM1', null, '2026-03-02 09:00:02')).toBeUndefined()
  })

  it('finds one without a person only for a failed verification', async () => {
    await save('CAM1', photo('2026-03-02 10:00:00'))
    expect(await found('CAM1', null, '2026-03-02 10:00:01')).toBe('2026-03-02 10:00:00')
    expect(await found('CAM1', '7', '2026-03-02 10:00:01')).toBeUndefined()
  })

  it('lists them in pages, failed ones apart', async () => {
    const shown = await listPhotos(store.read, everything, page)
    expect(shown.rows.map(row => [row.DeviceSN, row.EmployeeCode, row.AttendanceLog])).toEqual([
      ['CAM1', '7', '2026-03-02 09:00:00'],
      ['CAM2', '7', '2026-03-02 09:00:00'],
      ['CAM1', '8', '2026-03-02 09:00:02'],
      ['CAM1', '7', '2026-03-02 09:00:07'],
      ['CAM1', null, '2026-03-02 10:00:00'],
    ])
    const part = await listPhotos(store.read, everything, { ...page, limit: 2 })
    const next = await listPhotos(store.read, everything, { ...page, offSet: part.paging.OffSet })
    expect([...part.rows, ...next.rows]).toEqual(shown.rows)
    for (const [failed, count] of [
      [true, 1],
      [false, 4],
    ] as const)
      expect((await listPhotos(store.read, { ...everything, failed }, page)).paging.ActualRowCount).toBe(
        count,
      )
    expect((await listPhotos(store.read, { ...everything, devices: ['CAM2'] }, page)).rows).toHaveLength(1)
  })

  it('takes no more of a terminal within a day than is good for the disk, and takes more the next day', async () => {
    const half = photoBytesPerDay / 2
    expect(await save('CAM2', photo('2026-03-03 01:00:00', { bytes: half }), now + day)).toBe('kept')
    expect(await save('CAM2', photo('2026-03-03 02:00:00', { bytes: half + 1 }), now + day)).toBe('full')
    expect(await save('CAM2', photo('2026-03-03 02:00:00', { bytes: half }), now + day)).toBe('kept')
    expect(await save('CAM1', photo('2026-03-03 02:00:00'), now + day)).toBe('kept')
    expect(await save('CAM2', photo('2026-03-04 02:00:00', { bytes: half }), now + 2 * day)).toBe('kept')
  })

  it('forgets them when their time is over, and not before', async () => {
    expect(await prunePhotos(store, now + photosKeptMs)).toBe(0)
    expect(await prunePhotos(store, now + photosKeptMs + 1)).toBe(5)
    expect((await listPhotos(store.read, everything, page)).rows).toHaveLength(4)
  })

  it('goes with its terminal', async () => {
    await store.write(write => write.deleteFrom('device').where('sn', '=', 'CAM2').execute())
    expect((await listPhotos(store.read, { ...everything, devices: ['CAM2'] }, page)).rows).toEqual([])
  })
}
