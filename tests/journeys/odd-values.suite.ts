import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parseOperlog } from '../../gateway/device/protocol/attendance/operlog.ts'
import { userDeletedEvent } from '../../gateway/device/user-news.ts'
import { findDevice } from '../../gateway/store/devices.ts'
import { createFakeDevice, type FakeDevice } from '../support/fake-device.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'

/**
 * Values that a terminal may write and a column, or the contract, cannot hold: whatever is refused for ever is sent for
 * ever, and everything behind it waits. Over any store.
 */
export function oddValuesSuite(databaseUrl: () => Promise<string | undefined>): void {
  let running: TestGateway
  let call: ReturnType<TestGateway['client']>['call']
  let device: FakeDevice
  beforeAll(async () => {
    running = await startGateway({ timeZone: 'Asia/Kolkata', databaseUrl: await databaseUrl() })
    call = running.client().call
    device = createFakeDevice(running.devicesUrl, 'ODD1')
    await device.handshake()
  })
  afterAll(() => running.stop())

  it.each(['1e99', '1.5', '9999999999', '-1', 'ZK'])(
    'a template whose format is %s is kept',
    async format => {
      const row = `BIODATA Pin=31\tNo=0\tIndex=0\tValid=1\tType=9\tMajorVer=${format}\tFormat=${format}\tTmp=AAAA\n`
      expect(await device.upload('BIODATA', row)).toMatchObject({ status: 200, body: 'OK: 1' })
      const { majors } = await running.store.read
        .selectFrom('credential')
        .select(({ fn }) => fn.countAll<number>().as('majors'))
        .where('employee_code', '=', '31')
        .where('major', '=', format)
        .executeTakeFirstOrThrow()
      expect(Number(majors)).toBe(1)
    },
  )

  // Longer than an index of any database takes, and nothing a database could make shorter.
  const noise = randomBytes(6000).toString('hex')
  it.each([
    ['a name', 'OPERLOG', `USER PIN=61\tName=${noise}\n`],
    ['a card', 'OPERLOG', `USER PIN=62\tName=A\tCard=${noise}x\n`],
    ['a group', 'OPERLOG', `USER PIN=63\tName=A\tGrp=${noise}\tTZ=${noise}\n`],
    [
      'a version',
      'BIODATA',
      `BIODATA Pin=64\tNo=0\tIndex=0\tType=9\tMajorVer=${noise}\tMinorVer=${noise}\tTmp=AAAA\n`,
    ],
    ['an operator', 'OPERLOG', `OPLOG 4\t${noise}\t2026-03-02 08:00:00\t0\t0\t0\t0\n`],
    ['an object', 'OPERLOG', `OPLOG 3\t0\t2026-03-02 08:00:00\t51\t${noise}\t${noise}\t0\n`],
    ['an error', 'ERRORLOG', `ERRORLOG ErrCode=${noise}\tErrMsg=${noise}\tDataOrigin=cmd\tCmdId=${noise}\n`],
    ['a work code', 'ATTLOG', `65\t2026-03-12 08:00:00\t0\t1\t${noise}\n`],
    ['a file name', 'OPERLOG', `USERPIC PIN=66\tFileName=${noise}\tContent=AAAA\n`],
    ['an option', 'options', `DeviceName=${noise},FWVersion=${noise},${'K'.repeat(5000)}=${noise}\n`],
    ['a table', noise.slice(0, 5000), 'x\n'],
  ])('%s of any length keeps no upload from being taken', async (_, table, body) => {
    expect(await device.upload(table, body)).toMatchObject({
      status: 200,
      body: expect.stringMatching(/^OK/),
    })
  })

  it.each([
    ['a card', 'table=rtlog', `time=2026-03-02 08:00:00\tpin=0\tcardno=${noise}x\teventaddr=1\tevent=27\n`],
    [
      'a place',
      'table=rtlog',
      `time=2026-03-02 08:00:01\tpin=0\teventaddr=${noise}\tevent=27\tsitecode=${noise}\n`,
    ],
    ['a name', 'table=tabledata&tablename=user', `user uid=1\tcardno=1\tpin=67\tname=${noise}\n`],
    ['a card of a row', 'table=tabledata&tablename=user', `user uid=1\tcardno=${noise}\tpin=67\tname=A\n`],
    [
      'a right',
      'table=tabledata&tablename=userauthorize',
      `userauthorize pin=67\tauthorizetimezoneid=${noise}\n`,
    ],
    ['a schedule', 'table=tabledata&tablename=extuser', `extuser pin=67\tfunswitch=1\tpersonalvs=${noise}\n`],
  ])('%s of an access terminal neither', async (_, query, body) => {
    const reply = await device.request('POST', `/iclock/cdata?SN=ODD2&${query}`, body)
    expect(reply.status).toBe(200)
  })

  it('letters that become many when they are taken apart make no name too long', async () => {
    expect(await device.upload('OPERLOG', `USER PIN=68\tName=${'\ufdfa'.repeat(300)}\n`)).toMatchObject({
      status: 200,
    })
  })

  it('counters that are no whole numbers are not stated, and the terminal is answered all the same', async () => {
    const info = encodeURIComponent('Ver 1,12.5,3,7.25,10.0.0.7,10,7,12,1,11110,0.5,0,0')
    const reply = await device.request('GET', `/iclock/getrequest?SN=ODD1&INFO=${info}`)
    expect(reply).toMatchObject({ status: 200, body: 'OK' })
    const { Counters } = (await call('devices.info', { DeviceSN: 'ODD1' })).body
    expect(Counters).toMatchObject({ Users: null, Fingerprints: 3, Logs: null, Cards: null })
  })

  it('a code of nothing but spaces of another script is nobody, and one with some around it the one within', async () => {
    const body = '\u00a0\t2026-03-02 08:00:00\t0\t1\n\ufeff\u300042\u00a0\t2026-03-02 08:00:01\t0\t1\n'
    expect(await device.upload('ATTLOG', body)).toMatchObject({ status: 200, body: 'OK: 2' })
    const { Attendance } = (await call('attendance.byDate', { FromDate: '2026-03-02', ToDate: '2026-03-02' }))
      .body
    expect(Attendance.map(({ EmployeeCode }) => EmployeeCode)).toEqual(['42'])
    const { Lines } = (await call('devices.quarantine', { DeviceSN: 'ODD1' })).body
    expect(Lines.map(({ Reason }) => Reason)).toContain('empty-pin')
  })

  it.each([
    ['x'.repeat(200), null],
    ['4\u00012', null],
    ['4\u00002', null],
    ['42', '42'],
    ['42\u00a0', '42'],
  ])('a log row of the deletion of %j tells of %j', async (pin, told) => {
    const row = `OPLOG 9\t0\t2026-03-02 08:00:00\t${pin}\t0\t0\t0\n`
    expect(await device.upload('OPERLOG', row)).toMatchObject({ status: 200, body: 'OK: 1' })
    const { store } = running
    const known = await findDevice(store.read, 'ODD1')
    const [record] = parseOperlog(Buffer.from(row)).records
    if (!known || record?.kind !== 'operation') throw new Error('no row to tell of')
    const event = await store.write(write => userDeletedEvent(write, known, record, Date.now()))
    expect(event?.EmployeeCode ?? null).toBe(told)
  })
}
