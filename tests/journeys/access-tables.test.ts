import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AccessBench, now, openAccessBench, packedSeconds } from '../support/access-bench.ts'

let bench: AccessBench
beforeAll(async () => {
  bench = await openAccessBench()
})
afterAll(() => bench.stop())

describe('rows of its tables', () => {
  it('bring people, keep what nobody uses yet, and are acknowledged with the count it stated', async () => {
    const controller = await bench.started('ACC00030')
    const people =
      'user uid=1\tcardno=1234567\tpin=1001\tpassword=\tgroup=1\tstarttime=0\tendtime=0\tname=Asha\tprivilege=0\nuser uid=2\tcardno=\tpin=1002\tname=Ravi K\tprivilege=14\n'
    expect((await controller.tabledata('user', people, 2)).body).toBe('user=2')
    expect(await bench.firstName('1001')).toBe('Asha')
    const photo = 'biophoto pin=1001\tfilename=1001.jpg\ttype=9\tsize=8\tcontent=/9j/2Q==\n'
    expect((await controller.tabledata('biophoto', photo, 1)).body).toBe('biophoto=1')
    const shot = 'pin=20181003143617-22.jpg\tsn=ACC00030\tsize=4\tphoto=/9j/2Q==\n'
    expect((await controller.tabledata('ATTPHOTO', shot, 1)).body).toBe('ATTPHOTO=1')
    const error = 'errorlog errcode=D01E0001\terrmsg=\tdataorigin=cmd\tcmdid=123\tadditional=\n'
    expect((await controller.tabledata('errorlog', error, 1)).body).toBe('errorlog=1')
    expect((await controller.tabledata('newtable', 'newtable a=1\nnewtable a=2\n', 3)).body).toBe(
      'newtable=3',
    )
    expect((await bench.rejects('ACC00030')).map(({ table_name, reason }) => [table_name, reason])).toEqual([
      ['tabledata:newtable', 'unknown-table'],
      ['tabledata:newtable', 'unknown-table'],
    ])
  })

  it('come in packets that cut a row in two, in any order and repeated', async () => {
    const controller = await bench.started('ACC00031')
    const pieces = [
      'user uid=1\tpin=2001\tname=Asha\tpr',
      'ivilege=0\nuser uid=2\tpin=20',
      '02\tname=Ravi\tprivilege=0\n',
    ]
    for (const at of [2, 0, 0, 1])
      expect(
        (
          await controller.querydata(
            `type=tabledata&cmdid=77&tablename=user&count=2&packcnt=3&packidx=${at + 1}`,
            pieces[at] ?? '',
          )
        ).body,
      ).toBe('user=2')
    for (const [EmployeeCode, FirstName] of [
      ['2001', 'Asha'],
      ['2002', 'Ravi'],
    ] as const)
      expect(await bench.firstName(EmployeeCode)).toBe(FirstName)
    expect((await controller.querydata('type=count&cmdid=79&tablename=user&count=1', 'user=5')).body).toBe(
      'user=1',
    )
    expect(
      (await controller.querydata('type=tabledata&cmdid=7&tablename=user&count=1&packcnt=2&packidx=9', 'x'))
        .body,
    ).toBe('user=1')
    expect(await bench.rejects('ACC00031')).toEqual([
      // Nobody has asked how much it holds.
      { table_name: 'count', line: 0, reason: 'unasked-count' },
      { table_name: 'tabledata:user', line: 0, reason: 'bad-packet' },
    ])
  })

  it('have not come while a packet of them is missing, whatever the answer says', async () => {
    const controller = await bench.started('ACC00034')
    const { body } = await bench.client.call('devices.reread', {
      DeviceSN: 'ACC00034',
      FromDate: now().slice(0, 10),
      ToDate: now().slice(0, 10),
    })
    await controller.poll()
    const row = `transaction cardno=0\tpin=9\tverified=4\tdoorid=1\teventtype=0\tinoutstate=0\ttime_second=${packedSeconds(now())}\tindex=3\n`
    const packet = (index: number, rows: string) =>
      controller.querydata(
        `type=tabledata&cmdid=${body.CommandID}&tablename=transaction&count=1&packcnt=2&packidx=${index}`,
        rows,
      )
    await packet(2, row.slice(40))
    await controller.result(body.CommandID, 1, 'DATA QUERY')
    const result = async () =>
      (await bench.client.call('devices.commandStatus', { CommandID: body.CommandID })).body.Result
    expect(await result()).toBe('No punch of the range has come; the terminal announced 1 row')
    await packet(1, row.slice(0, 40))
    expect(await result()).toBe('1 new, 0 known already')
  })

  it('come as one archive, which is inflated no further than is good', async () => {
    const controller = await bench.started('ACC00032')
    const path = (count: number) =>
      `/iclock/cdata?SN=ACC00032&type=tabledata&cmdid=291&tablename=transaction&count=${count}&datafmt=3&Stamp=9999`
    const archive = (content: Buffer) =>
      `name=transaction.tgz\nsize=1\ndatacode=base64\ndatatype=tgz\0${gzipSync(content).toString('base64')}`
    const row = `transaction cardno=0\tpin=9\tverified=4\tdoorid=1\teventtype=0\tinoutstate=0\ttime_second=${packedSeconds(now())}\tindex=3\n`
    expect((await controller.request('POST', path(1), archive(tarOf('transaction.txt', row)))).body).toBe(
      'transaction=1',
    )
    expect(await bench.punches('ACC00032')).toMatchObject([{ EmployeeCode: '9' }])
    expect((await controller.request('POST', path(41), archive(Buffer.alloc(65 * 1024 * 1024)))).body).toBe(
      'transaction=41',
    )
    expect((await bench.rejects('ACC00032')).map(({ reason }) => reason)).toEqual(['bad-archive'])
  })

  it('come as files of a controller behind what it says will follow, and none is turned away', async () => {
    const controller = await bench.started('ACC00033')
    const file = (fileseq: number, body: Buffer) =>
      controller.request(
        'POST',
        `/iclock/file?SN=ACC00033&cmdid=3&fileseq=${fileseq}&contenttype=tgz&table=transaction&count=1`,
        body,
      )
    const row = (pin: number) =>
      `transaction cardno=0\tpin=${pin}\tverified=4\tdoorid=1\teventtype=0\tinoutstate=0\ttime_second=${packedSeconds(now())}\tindex=${pin}\n`
    const overview = await controller.request(
      'POST',
      '/iclock/cdata?SN=ACC00033&cmdid=3&desc=overview',
      'filecnt=3\n',
    )
    expect(overview.body).toBe('OK')
    for (const [at, content] of [row(31), row(32)].entries())
      expect(await file(at + 1, gzipSync(tarOf('transaction.txt', content)))).toMatchObject({
        status: 200,
        body: 'OK',
      })
    expect((await file(3, gzipSync('cut').subarray(0, 12))).body).toBe('OK')
    expect((await bench.punches('ACC00033')).map(({ EmployeeCode }) => EmployeeCode).sort()).toEqual([
      '31',
      '32',
    ])
    expect((await bench.rejects('ACC00033')).map(({ reason }) => reason)).toEqual([
      'unknown-table',
      'bad-archive',
    ])
    const firmware = await controller.request('GET', '/iclock/file?SN=ACC00033&url=emfw.cfg')
    expect(firmware.status).toBe(404)
  })
})

/** A tar of one file. */
function tarOf(name: string, content: string): Buffer {
  const header = Buffer.alloc(512)
  header.write(name)
  header.write('0000644\0', 100)
  header.write(`${Buffer.byteLength(content).toString(8).padStart(11, '0')}\0`, 124)
  header.fill(' ', 148, 156)
  header.write('0', 156)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  const body = Buffer.alloc(Math.ceil(Buffer.byteLength(content) / 512) * 512)
  body.write(content)
  return Buffer.concat([header, body, Buffer.alloc(1024)])
}
