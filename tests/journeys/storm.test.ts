import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { blockStore } from '../support/block-store.ts'
import { createFakeDevice } from '../support/fake-device.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { until } from '../support/until.ts'

const terminals = 12
const range = { FromDate: '2026-03-02', ToDate: '2026-03-02', Limit: 1000 }
const folders: string[] = []

let running: TestGateway
let turn = 0
beforeAll(async () => {
  running = await startGateway()
  // Their first words teach something, which is kept with them.
  for (let number = 0; number < terminals; number += 1) {
    await terminal(number).handshake()
    await terminal(number).punch('first', '2026-03-01 08:00:00')
  }
})
beforeEach(() => {
  turn += 1
})
afterAll(async () => {
  await running.stop()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

const terminal = (number: number, here = running) => createFakeDevice(here.devicesUrl, `STORM${number}`)
/** One upload of each terminal at the same moment, with codes of their own; a few wait for the store, as they would alone. */
const storm = (lines = 3) => {
  const acknowledged: string[] = []
  const all = Promise.all(
    Array.from({ length: terminals }, async (_, number) => {
      const own = Array.from({ length: lines }, (_line, line) => `${turn}-${number}-${line}`)
      const body = own.map((code, at) => `${code}\t2026-03-02 08:00:${10 + at}\t0\t1\t0\t0\n`).join('')
      const reply = await terminal(number).upload('ATTLOG', body)
      expect(reply.body).toBe(`OK: ${lines}`)
      acknowledged.push(...own)
      return own
    }),
  ).then(codes => codes.flat().sort())
  const most = () =>
    until('most are acknowledged', () => acknowledged.length >= (terminals / 2) * lines && acknowledged)
  return { all, most }
}
/** Of this turn, as the store has them. */
const stored = async (here = running) => {
  const rows = await here.store.read
    .selectFrom('punch')
    .select('employee_code')
    .where('employee_code', 'like', `${turn}-%`)
    .execute()
  return rows.map(({ employee_code }) => employee_code).sort()
}
const listed = async (here = running) => {
  const { body } = await here.client().call('attendance.byDate', range)
  return body.Attendance.map(({ EmployeeCode }) => EmployeeCode)
    .filter(code => code.startsWith(`${turn}-`))
    .sort()
}
const kept = (dataDir = running.dataDir) =>
  readdirSync(join(dataDir, 'intake')).filter(name => name.endsWith('.log'))

describe('many terminals at once', () => {
  it('are answered when the disk has what they sent, and whoever asks next sees all of it', async () => {
    const release = await blockStore(running.store)
    const { all, most } = storm()
    await most()
    expect(await stored()).toEqual([])
    await release()
    const codes = await all
    expect(await listed()).toEqual(codes)
  })

  it('are told apart when they repeat themselves, before and after the store has what they sent', async () => {
    const release = await blockStore(running.store)
    const one = storm()
    await one.most()
    const two = storm()
    await release()
    const codes = await one.all
    await two.all
    await Promise.all(
      Array.from({ length: terminals }, (_, number) =>
        terminal(number).punch(`${turn}-${number}-0`, '2026-03-02 08:00:10'),
      ),
    )
    expect(await listed()).toEqual(codes)
  })

  it('lose nothing acknowledged when the process is gone before the store has it', async () => {
    const release = await blockStore(running.store)
    const { all, most } = storm()
    const acknowledged = [...(await most())].sort()
    // The folder as it is on the disk at this moment, which is all a killed process leaves.
    const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-storm-'))
    folders.push(dataDir)
    cpSync(running.dataDir, dataDir, { recursive: true })
    expect(await stored()).toEqual([])
    await release()
    await all

    const next = await startGateway({ dataDir })
    expect(await stored(next)).toEqual(acknowledged)
    expect(kept(dataDir)).toEqual([])
    await next.stop({ keep: true })
  })

  it('come behind their own earlier words, whichever way these went', async () => {
    const release = await blockStore(running.store)
    const { all, most } = storm()
    const [code = ''] = await most()
    const number = Number(code.split('-')[1])
    // A line that is none goes to the quarantine, so this one cannot take the short way.
    const later = terminal(number).upload(
      'ATTLOG',
      `${turn}-${number}-later\t2026-03-02 17:00:00\t1\t1\t0\t0\nnonsense\n`,
    )
    await release()
    expect((await later).body).toBe('OK: 2')
    await all
    const rows = await running.store.read
      .selectFrom('punch')
      .select('employee_code')
      .where('sn', '=', `STORM${number}`)
      .where('employee_code', 'like', `${turn}-%`)
      .orderBy('id')
      .execute()
    expect(rows.at(-1)?.employee_code).toBe(`${turn}-${number}-later`)
    expect(rows).toHaveLength(4)
  })

  it('leave no file when it is quiet again', async () => {
    await storm().all
    await until('the files are gone', () => kept().length === 0)
  })

  it('have the answer of the store where no file can be written', async () => {
    const other = await startGateway()
    await terminal(0, other).handshake()
    rmSync(join(other.dataDir, 'intake'), { recursive: true, force: true })
    const bodies = Array.from({ length: 20 }, (_, number) => `${turn}-${number}`)
    const replies = await Promise.all(
      bodies.map(code => terminal(0, other).punch(code, '2026-03-02 08:00:00')),
    )
    // The file cannot be made, so the store takes them all the same.
    expect(replies.map(({ body }) => body)).toEqual(bodies.map(() => 'OK: 1'))
    expect(await stored(other)).toEqual([...bodies].sort())
    expect(existsSync(join(other.dataDir, 'intake'))).toBe(false)
    await other.stop()
  })
})
