import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AuditQuery } from '#contract/dashboard/audit.ts'
import { silentLogger } from '#platform/logger.ts'
import { createProxyStore, type ProxyStore } from '../store/index.ts'
import { createTestClock } from '../testing/test-clock.ts'
import { until } from '../testing/until.ts'
import { type Audit, createAudit } from './audit.ts'
import { readEntries } from './entries.ts'
import { verifyAudit } from './verify.ts'

let folder: string
let db: ProxyStore
let audit: Audit
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-audit-'))
  db = await createProxyStore({ file: join(folder, 'proxy.db') })
  audit = createAudit({ db, clock: createTestClock(), log: silentLogger })
})
afterEach(async () => {
  await db.close()
  await rm(folder, { recursive: true, force: true })
})

const intent = (actor: string) => ({
  actor,
  roles: ['security'],
  address: '10.0.0.7',
  action: 'doors.open',
  subject: 'GATE1',
  input: { DeviceSN: 'GATE1', DoorNo: 1 },
})
const entries = async (query = {}) => (await readEntries(db, AuditQuery.parse(query))).Entries

describe('the audit', () => {
  it('says what was wanted before it is done, and what came of it afterwards, without changing a row', async () => {
    const id = await audit.intend(intent('sam'))
    expect(await entries()).toMatchObject([{ Id: id, Actor: 'sam', Outcome: 'intended', OutcomeAt: null }])
    const [first] = await db.read.selectFrom('audit').selectAll().execute()
    await audit.conclude(id, [{ outcome: 'accepted', commandId: 'c1' }])
    expect(await entries()).toMatchObject([{ Id: id, Outcome: 'accepted', CommandID: 'c1' }])
    await audit.settleCommand('c1', { outcome: 'done' })
    expect(await entries()).toMatchObject([{ Id: id, Outcome: 'done', Subject: 'GATE1' }])
    const rows = await db.read.selectFrom('audit').selectAll().orderBy('id').execute()
    expect(rows).toHaveLength(3)
    expect(rows[0]).toEqual(first)
  })

  it('a repeated end of an order changes nothing', async () => {
    const id = await audit.intend(intent('sam'))
    await audit.conclude(id, [{ outcome: 'accepted', commandId: 'c1' }])
    await Promise.all(
      [1, 2, 3].map(() => audit.settleCommand('c1', { outcome: 'failed', code: 'DEVICE_-2' })),
    )
    await audit.settleCommand('c1', { outcome: 'done' })
    expect(await entries()).toMatchObject([{ Outcome: 'failed', Code: 'DEVICE_-2' }])
    expect(await db.read.selectFrom('audit').selectAll().execute()).toHaveLength(3)
  })

  it('an end that is heard before the beginning was written is not lost', async () => {
    const id = await audit.intend(intent('sam'))
    await audit.settleCommand('quick', { outcome: 'done' })
    await audit.conclude(id, [{ outcome: 'accepted', commandId: 'quick' }])
    expect(await entries()).toMatchObject([{ Outcome: 'done', CommandID: 'quick' }])
  })

  it('an action that became many orders is over when the last one is, and its worst end counts', async () => {
    const id = await audit.intend(intent('sam'))
    const orders = ['a', 'b', 'c'].map(commandId => ({ outcome: 'accepted', commandId }) as const)
    await audit.conclude(id, orders)
    await audit.settleCommand('a', { outcome: 'done' })
    await audit.settleCommand('b', { outcome: 'unconfirmed' })
    expect(await entries()).toMatchObject([{ Outcome: 'accepted', CommandID: 'c' }])
    await audit.settleCommand('c', { outcome: 'done' })
    expect(await entries()).toMatchObject([{ Outcome: 'unconfirmed', CommandID: 'b' }])
  })

  it('refuses to let anything happen when the intent cannot be written', async () => {
    await db.write(trx => trx.schema.alterTable('audit').renameTo('gone').execute())
    await expect(audit.intend(intent('sam'))).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' })
    await expect(audit.record(intent('sam'), { outcome: 'done' })).rejects.toMatchObject({ status: 503 })
  })

  it('tries an outcome again until the store is back', async () => {
    const storeIsBack = Promise.withResolvers<void>()
    const clock = { ...createTestClock(), sleep: () => storeIsBack.promise }
    const patient = createAudit({ db, clock, log: silentLogger })
    const id = await patient.intend(intent('sam'))
    await db.write(trx => trx.schema.alterTable('audit').renameTo('gone').execute())
    await patient.conclude(id, [{ outcome: 'done' }])
    await db.write(trx => trx.schema.alterTable('gone').renameTo('audit').execute())
    storeIsBack.resolve()
    await until(async () => (await entries())[0]?.Outcome === 'done', 'the outcome to be written')
  })

  it('gives pages newest first, by actor and by action', async () => {
    for (const actor of ['sam', 'kim', 'sam', 'kim', 'sam'])
      await audit.record(intent(actor), { outcome: 'done' })
    const first = await readEntries(db, AuditQuery.parse({ Limit: 2 }))
    expect(first.Entries.map(({ Id }) => Id)).toEqual([5, 4])
    expect(first.Next).toBe(4)
    const rest = await readEntries(db, AuditQuery.parse({ Before: first.Next }))
    expect(rest.Entries.map(({ Id }) => Id)).toEqual([3, 2, 1])
    expect(rest.Next).toBeNull()
    expect((await entries({ Actor: 'kim' })).map(({ Id }) => Id)).toEqual([4, 2])
    expect(await entries({ Action: 'doors.lock' })).toEqual([])
  })
})

describe('the chain', () => {
  beforeEach(async () => {
    await Promise.all(
      Array.from({ length: 20 }, async (_, at) => {
        const id = await audit.intend(intent(`person-${at}`))
        await audit.conclude(id, [{ outcome: 'done' }])
      }),
    )
  })
  const tamper = (work: Parameters<ProxyStore['write']>[0]) => db.write(work)

  it('is whole after many people acted at once', async () => {
    expect(await verifyAudit(db)).toMatchObject({ ok: true, rows: 40 })
    const [newest] = await entries()
    const verdict = await verifyAudit(db)
    expect(verdict.ok && verdict.head).toMatch(/^[0-9a-f]{64}$/)
    expect(newest?.Hash).toMatch(/^[0-9a-f]{64}$/)
  })

  it.each([
    'actor',
    'roles',
    'address',
    'action',
    'subject',
    'input',
    'outcome',
    'code',
    'command_id',
  ] as const)('names the row in which %s was changed', async column => {
    await tamper(trx =>
      trx
        .updateTable('audit')
        .set({ [column]: 'x' })
        .where('id', '=', 17)
        .execute(),
    )
    expect(await verifyAudit(db)).toMatchObject({ ok: false, brokenAt: 17, why: 'altered' })
  })

  it('names the row whose time was changed by a millisecond', async () => {
    await tamper(trx =>
      trx
        .updateTable('audit')
        .set(row => ({ at: row('at', '+', 1) }))
        .where('id', '=', 9)
        .execute(),
    )
    expect(await verifyAudit(db)).toMatchObject({ ok: false, brokenAt: 9, why: 'altered' })
  })

  it('names the place of a deleted row', async () => {
    await tamper(trx => trx.deleteFrom('audit').where('id', '=', 23).execute())
    expect(await verifyAudit(db)).toEqual({ ok: false, rows: 22, brokenAt: 23, why: 'missing' })
  })

  it('names the first of two rows that changed places', async () => {
    await tamper(async trx => {
      await trx.updateTable('audit').set({ id: 1000 }).where('id', '=', 11).execute()
      await trx.updateTable('audit').set({ id: 11 }).where('id', '=', 12).execute()
      await trx.updateTable('audit').set({ id: 12 }).where('id', '=', 1000).execute()
    })
    expect(await verifyAudit(db)).toMatchObject({ ok: false, brokenAt: 11, why: 'altered' })
  })

  it('notices that the newest rows were cut off', async () => {
    await tamper(trx => trx.deleteFrom('audit').where('id', '>', 35).execute())
    expect(await verifyAudit(db)).toEqual({ ok: false, rows: 35, brokenAt: 36, why: 'missing' })
  })

  it('notices a row that was put behind the end, and a head that is gone', async () => {
    await tamper(trx =>
      trx
        .insertInto('audit')
        .values({
          id: 41,
          intent_id: null,
          at: 1,
          actor: 'x',
          roles: '[]',
          address: '',
          action: 'x',
          subject: null,
          input: '{}',
          outcome: null,
          code: null,
          command_id: null,
          hash: 'x',
        })
        .execute(),
    )
    expect(await verifyAudit(db)).toMatchObject({ ok: false, brokenAt: 41, why: 'head' })
    await tamper(trx => trx.deleteFrom('setting').execute())
    expect(await verifyAudit(db)).toMatchObject({ ok: false, why: 'head' })
    await expect(audit.intend(intent('sam'))).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' })
  })
})
