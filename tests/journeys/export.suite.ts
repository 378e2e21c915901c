import { request } from 'node:http'
import { inflateRawSync } from 'node:zlib'
import { readXlsx } from 'hucre/xlsx'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import type { Punch } from '#contract/entities/punch.ts'
import { maskText } from '#contract/file-headers.ts'
import { operations } from '#contract/operations/index.ts'
import { columns } from '../../gateway/exports/columns.ts'
import { savePerson } from '../../gateway/store/people.ts'
import { insertPunches, type Place } from '../support/many-punches.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { until } from '../support/until.ts'

type Row = z.output<typeof Punch>

const total = 20_000
const range = { FromDate: '2026-01-01', ToDate: '2026-12-31' }
const places: readonly Place[] = [
  { sn: 'EXPORT01', zone: 'Asia/Kolkata', site: 'Pune', offsetMinutes: 330 },
  { sn: 'EXPORT02', zone: 'America/St_Johns', site: 'St. John’s', offsetMinutes: -210 },
  { sn: 'EXPORT03', zone: 'Asia/Kolkata', site: 'Pune', offsetMinutes: 330 },
]
/** What somebody may be called at a terminal. */
const hostileNames = [
  '=1+2',
  '+SUM(A1)',
  '-2',
  '@cmd',

  '＝1',
  'x;=1',
  '"quoted", she said',
  'Émile Ødegård',
]

/** Everything an export promises; run against both stores. */
export function exportSuite(databaseUrl: () => Promise<string | undefined>): void {
  let running: TestGateway
  const logged: Record<string, unknown>[] = []
  beforeAll(async () => {
    const log = pino({ level: 'info' }, { write: line => void logged.push(JSON.parse(line)) })
    running = await startGateway({ databaseUrl: await databaseUrl(), log })
    for (const { sn, zone, site } of places)
      await running
        .client()
        .call('devices.adopt', { DeviceSN: sn, TimeZone: zone, Site: site, LabelName: `Gate ${sn}` })
    await insertPunches(running.store, places, total)
    await running.store.write(async write => {
      for (const [at, name] of hostileNames.entries())
        await savePerson(write, 'EXPORT01', { pin: String(1000 + at), name, privilege: 0, card: null }, 1)
    })
  })
  afterAll(() => running.stop())

  const urlOf = (fields: Record<string, string>) =>
    `${running.apiUrl}/v3/ExportAttendance?${new URLSearchParams({ ...range, ...fields })}`
  const download = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(urlOf(fields), { headers: { AuthToken: running.token, ...headers } })
  const textOf = async (fields: Record<string, string>, headers?: Record<string, string>) =>
    (await download(fields, headers)).text()
  const rowsOf = async (fields: Record<string, string>) =>
    operations['attendance.export'].answers[200].parse(
      JSON.parse(await textOf({ ...fields, Format: 'json' })),
    )

  /** The same as a list shows it, page by page. */
  async function listed(fields: {
    DeviceSN?: string[]
    EmployeeCode?: string
    Order?: 'asc' | 'desc'
  }): Promise<Row[]> {
    const rows: Row[] = []
    let OffSet = ''
    do {
      const { body } = await running
        .client()
        .call('attendance.byDate', { ...range, ...fields, Limit: 1000, OffSet })
      rows.push(...body.Attendance)
      OffSet = body.OffSet
    } while (OffSet !== '')
    return rows
  }

  describe('an export', () => {
    it('as JSON holds exactly the list, all of it, in either order', async () => {
      for (const Order of ['asc', 'desc'] as const) {
        const { Rows, ReturnRowCount } = await rowsOf({ Order })
        expect(ReturnRowCount).toBe(total)
        expect(Rows).toEqual(await listed({ Order }))
      }
    })

    it('takes the filters of the list: terminals, a person, a site, hours of a day', async () => {
      const two = ['EXPORT01', 'EXPORT02']
      expect((await rowsOf({ DeviceSN: two.join(',') })).Rows).toEqual(await listed({ DeviceSN: two }))
      expect((await rowsOf({ DeviceSN: 'EXPORT02' })).Rows).toEqual(await listed({ DeviceSN: ['EXPORT02'] }))
      expect((await rowsOf({ EmployeeCode: '1003' })).Rows).toEqual(await listed({ EmployeeCode: '1003' }))
      expect((await rowsOf({ Site: 'Pune', Order: 'desc' })).Rows).toEqual(
        await listed({ DeviceSN: ['EXPORT01', 'EXPORT03'], Order: 'desc' }),
      )
      expect((await rowsOf({ Site: 'Nowhere' })).Rows).toEqual([])
      const { Rows } = await rowsOf({ FromDate: '2026-03-01 09:00', ToDate: '2026-03-01 09:29:59' })
      expect(new Set(Rows.map(row => row.AttendanceLog.slice(0, 15)))).toEqual(
        new Set(['2026-03-01 09:0', '2026-03-01 09:1', '2026-03-01 09:2']),
      )
    })

    it('as CSV is named, marked as UTF-8 and says the zone of each row', async () => {
      const reply = await download({})
      expect(reply.headers.get('content-type')).toBe('text/csv; charset=utf-8')
      expect(reply.headers.get('content-disposition')).toBe(
        'attachment; filename="attendance_2026-01-01_2026-12-31.csv"',
      )
      const bytes = Buffer.from(await reply.arrayBuffer())
      expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
      const [head, ...lines] = readCsv(bytes.subarray(3).toString())
      expect(head).toEqual(columns.map(({ header }) => header))
      const rows = await listed({})
      expect(lines).toHaveLength(total)
      const column = (name: string) => columns.findIndex(({ header }) => header === name)
      expect(lines.map(line => line[column('OperationID')])).toEqual(rows.map(row => row.OperationID))
      expect(lines.map(line => line[column('AttendanceLog')])).toEqual(rows.map(row => row.AttendanceLog))
      expect(new Set(lines.map(line => `${line[column('TimeZone')]} ${line[column('UtcOffset')]}`))).toEqual(
        new Set(['Asia/Kolkata UTC+05:30', 'America/St_Johns UTC-03:30']),
      )
      expect(lines.find(line => line[column('Flags')] !== '')?.[column('Flags')]).toBe(
        'late_arrival estimated_instant',
      )
    })

    it('as CSV runs nothing in a spreadsheet, whatever people are called', async () => {
      const text = await textOf({})
      const names = new Set(
        readCsv(text.slice(1))
          .slice(1)
          .map(line => line[4]),
      )
      for (const name of hostileNames.slice(0, 5)) {
        expect(text).toContain(`,"'${name}",`)
        expect(names).not.toContain(name)
      }
      expect(text).toContain(',"x;=1",')
      expect(names).toContain('"quoted", she said')
      expect(names).toContain('Émile Ødegård')
      const bare = text.split(/[,;\r\n]/).filter(cell => /^"?[=+\-@]/.test(cell))
      expect(new Set(bare)).toEqual(new Set(['-1.5', '=1"']))
    })

    it('as XLSX opens with text as text and times as times', async () => {
      const reply = await download({ Format: 'xlsx' })
      expect(reply.headers.get('content-type')).toBe(operations['attendance.export'].file.xlsx)
      const bytes = Buffer.from(await reply.arrayBuffer())
      const workbook = await readXlsx(bytes)
      const [head, ...lines] = workbook.sheets[0]?.rows ?? []
      expect(head).toEqual(columns.map(({ header }) => header))
      const rows = await listed({})
      expect(lines.map(line => line.at(-1))).toEqual(rows.map(row => row.OperationID))
      expect(lines.map(line => shownTime(line[0]))).toEqual(rows.map(row => row.AttendanceLog))
      expect(lines.map(line => line[3])).toEqual(rows.map(row => row.EmployeeCode))
      expect(new Set(lines.map(line => line[4]).filter(Boolean))).toEqual(new Set(hostileNames))
      const sheet = unzipFirst(bytes)
      expect(sheet).not.toContain('<f')
      expect(sheet).toMatch(/t="inlineStr"[^>]*><is><t>=1\+2</)
    })

    it('says behind its rows how many they are', async () => {
      expect(await trailerOf(urlOf({ DeviceSN: 'EXPORT01' }), running.token)).toBe(
        String((await listed({ DeviceSN: ['EXPORT01'] })).length),
      )
    })

    it('covers people where the caller asks for it, and says so', async () => {
      for (const Format of ['csv', 'json']) {
        const reply = await download({ Format }, { 'x-hidden-fields': 'EmployeeCode,EmployeeName,DeviceSN' })
        expect(reply.headers.get('x-hidden-fields')).toBe('EmployeeCode,EmployeeName')
        const text = await reply.text()
        expect(text).toContain(maskText)
        expect(text).toContain('EXPORT01')
        for (const person of ['1000', 'Ødegård'])
          expect(text.slice(0, 200_000)).not.toMatch(new RegExp(`[",]${person}[",]`))
      }
    })

    it('ends its reading when the receiver has gone', async () => {
      const before = logged.length
      const leaving = request(urlOf({ Format: 'json' }), { headers: { AuthToken: running.token } }, reply => {
        reply.once('data', () => leaving.destroy())
      })
      leaving.on('error', () => undefined)
      leaving.end()
      const ended = await until('the export has ended', () =>
        logged.slice(before).find(({ msg }) => String(msg).startsWith('an export was')),
      )
      expect(ended).toMatchObject({ msg: 'an export was given up', format: 'json' })
      expect(ended.rows).toBeLessThan(total)
    })

    it('is refused in JSON: without token, right, terminal, date or format', async () => {
      const weak = await running.makeToken({ permissions: ['attendance:read'] })
      const scoped = await running.makeToken({ devices: ['EXPORT02'] })
      const refusals = [
        [{}, '', 401, 'TOKEN_INVALID'],
        [{}, weak, 403, 'PERMISSION_DENIED'],
        [{ DeviceSN: 'EXPORT01' }, scoped, 401, 'DEVICE_NOT_ALLOWED'],
        [{ FromDate: '2026-02-30' }, running.token, 400, 'INVALID_DATE'],
        [{ FromDate: '2027-01-01' }, running.token, 400, 'INVALID_DATE'],
        [{ Format: 'pdf' }, running.token, 400, 'INVALID_INPUT'],
      ] as const
      for (const [fields, token, status, code] of refusals) {
        const reply = await download(fields, { AuthToken: token || 'x'.repeat(32) })
        expect([reply.status, reply.headers.get('content-type')]).toEqual([
          status,
          'application/json; charset=utf-8',
        ])
        expect(await reply.json()).toMatchObject({ code })
      }
      const own = await (await download({ Format: 'json' }, { AuthToken: scoped })).json()
      expect((own as { Rows: Row[] }).Rows).toEqual(await listed({ DeviceSN: ['EXPORT02'] }))
    })
  })
}

/** Cells as a spreadsheet takes them apart; an apostrophe stays in front of what it guards. */
function readCsv(text: string): string[][] {
  const lines: string[][] = [[]]
  for (const [, cell = '', end] of text.matchAll(/("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n|$)/g)) {
    if (end === '' && cell === '') break
    lines.at(-1)?.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell)
    if (end === '\r\n') lines.push([])
  }
  return lines.filter(line => line.length > 0)
}

function shownTime(value: unknown): string {
  return value instanceof Date ? value.toISOString().slice(0, 19).replace('T', ' ') : String(value)
}

/** The first part of a zip archive, by its own header. */
function unzipFirst(zip: Buffer): string {
  const start = 30 + zip.readUInt16LE(26) + zip.readUInt16LE(28)
  return inflateRawSync(zip.subarray(start)).toString()
}

function trailerOf(url: string, token: string): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { headers: { AuthToken: token } }, reply => {
      reply.resume()
      reply.once('end', () => resolve(reply.trailers['x-row-count']))
    })
    asking.on('error', reject)
    asking.end()
  })
}
