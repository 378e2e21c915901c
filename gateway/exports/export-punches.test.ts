import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { PunchEntity } from '../store/punches.ts'
import { exportPunches } from './export-punches.ts'

const punch: PunchEntity = {
  DeviceSN: 'GATE1',
  EmployeeCode: '00042',
  AttendanceLog: '2026-03-02 09:00:00',
  Type: 'face',
  Direction: 'CheckIn',
  OperationID: 'p1',
  LogTime: '2026-03-02 09:00:00 GMT -0330',
  TimeZone: 'America/St_Johns',
  LabelName: 'Gate',
  Site: 'Main',
  EmployeeName: 'Asha',
  Temperature: null,
  FaceMask: null,
  WorkCode: null,
  ReceivedAt: '2026-03-02T12:30:01.000Z',
  ClockSkewSeconds: -2,
  Flags: [],
}

const page = Array.from({ length: 500 }, () => punch)
const formats = ['csv', 'json', 'xlsx'] as const
const everything = { hidden: new Set<string>(), callerOperationId: undefined }

/** Endless pages, and what has become of them. */
function endless() {
  const seen = { pages: 0, isOver: false }
  async function* pages(): AsyncGenerator<PunchEntity[]> {
    try {
      for (;;) {
        seen.pages += 1
        yield page
      }
    } finally {
      seen.isOver = true
    }
  }
  return { seen, pages: pages() }
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await setImmediate()
}

async function* onePage(rows: readonly PunchEntity[]): AsyncGenerator<PunchEntity[]> {
  if (rows.length > 0) yield [...rows]
}

const textOf = async (rows: readonly PunchEntity[], format: 'csv' | 'json') => {
  const { content } = await exportPunches(onePage(rows), { ...everything, format })
  return (await content.toArray()).join('')
}

describe.each(formats)('a file as %s', format => {
  it('is read no further than whoever takes it has come', async () => {
    const { seen, pages } = endless()
    const { content } = await exportPunches(pages, { ...everything, format })
    await turns(200)
    // What is compressed is smaller than what was read.
    expect(seen.pages).toBeLessThan(30)
    const before = seen.pages
    await turns(200)
    expect(seen.pages).toBe(before)
    content.destroy()
  })

  it('is read no more when whoever takes it has gone', async () => {
    const { seen, pages } = endless()
    const { content } = await exportPunches(pages, { ...everything, format })
    content.once('data', () => content.destroy())
    await expect.poll(() => seen.isOver).toBe(true)
  })

  it('is a failure, and no file, when the store fails at once, and is cut when it fails later', async () => {
    async function* failing(pages: number): AsyncGenerator<PunchEntity[]> {
      for (let at = 0; at < pages; at += 1) yield page
      throw new Error('the store is closed')
    }
    await expect(exportPunches(failing(0), { ...everything, format })).rejects.toThrow('the store is closed')
    const { content } = await exportPunches(failing(40), { ...everything, format })
    await expect(content.toArray()).rejects.toThrow()
  })
})

describe('an empty file', () => {
  it('has its header and nothing else', async () => {
    expect((await textOf([], 'csv')).split('\r\n')).toEqual([
      expect.stringMatching(/^\uFEFFAttendanceLog,/),
      '',
    ])
    expect(JSON.parse(await textOf([], 'json'))).toEqual({
      StatusCode: 0,
      Status: 'done',
      Rows: [],
      ReturnRowCount: 0,
    })
  })
})

describe('a row', () => {
  it('keeps leading zeros, numbers as numbers, and a zone that is no formula', async () => {
    const [, line] = (await textOf([punch], 'csv')).split('\r\n')
    expect(line).toBe(
      '2026-03-02 09:00:00,UTC-03:30,America/St_Johns,00042,Asha,CheckIn,face,GATE1,Gate,Main,,,,2026-03-02T12:30:01.000Z,-2,,p1',
    )
  })
})
