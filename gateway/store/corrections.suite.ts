import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findCorrections } from './correction-list.ts'
import {
  correctionsOfPeople,
  findCorrection,
  insertCorrection,
  insertDecision,
  stateOf,
} from './corrections.ts'
import { insertDevice, newDevice } from './devices.ts'
import type { Store } from './index.ts'
import { judgeStatement, openStatements, saveStatement } from './terminal-statements.ts'

const about = {
  employee_code: '7',
  day: '2026-03-02',
  kind: 'Excuse',
  punch_ref: null,
  target_id: null,
  instant: null,
  local_time: null,
  zone: null,
  offset_minutes: null,
  sn: null,
  before: null,
  after: 'late',
  estimated: 0,
  repair_id: null,
  reason: 'Train',
  actor: 'anna',
  at: 1000,
  needs_approval: 0,
}

/** What the store promises of corrections and of what terminals state; run against both databases. */
export function correctionsSuite(open: () => Promise<Store>): void {
  let store: Store
  beforeAll(async () => {
    store = await open()
  })
  afterAll(() => store.close())

  const add = (more: Partial<typeof about> | { target_id: number }) =>
    store.write(write => insertCorrection(write, { ...about, ...more }))
  const state = async (id: number) => {
    const fate = await findCorrection(store.read, id)
    return fate && stateOf(fate)
  }
  const decide = (correction_id: number, decision: string) =>
    store.write(write =>
      insertDecision(write, { correction_id, decision, actor: 'bert', reason: 'Seen', at: 2000 }),
    )

  describe('a correction', () => {
    it('counts at once, or once somebody has agreed, and never after it was refused', async () => {
      const [plain, proposed, refused] = [
        await add({}),
        await add({ needs_approval: 1 }),
        await add({ needs_approval: 1 }),
      ]
      expect([await state(plain), await state(proposed)]).toEqual(['in_force', 'pending'])
      expect(await decide(proposed, 'approve')).toBe(true)
      expect(await decide(refused, 'refuse')).toBe(true)
      expect([await state(proposed), await state(refused)]).toEqual(['in_force', 'refused'])
    })

    it('is decided once, whoever comes second', async () => {
      const id = await add({ needs_approval: 1 })
      expect([await decide(id, 'approve'), await decide(id, 'refuse')]).toEqual([true, false])
      expect(await state(id)).toBe('in_force')
    })

    it('is withdrawn by a fact of its own, which may have to be agreed to as well', async () => {
      const id = await add({})
      const taker = await add({ kind: 'Withdraw', target_id: id, needs_approval: 1 } as object)
      expect(await state(id)).toBe('in_force')
      await decide(taker, 'approve')
      expect([await state(id), await state(taker)]).toEqual(['withdrawn', 'in_force'])
      expect(await findCorrection(store.read, id)).toMatchObject({ withdrawn_by: 'anna', reason: 'Train' })
    })

    it('cannot be taken back twice at once', async () => {
      const id = await add({})
      await add({ kind: 'Withdraw', target_id: id } as object)
      await expect(add({ kind: 'Withdraw', target_id: id } as object)).rejects.toThrow()
    })
  })

  it('lists them by day with their state, page by page, and says which of them the asker may decide', async () => {
    const ids = [
      await add({ employee_code: '9', day: '2026-04-01' }),
      await add({ employee_code: '9', day: '2026-04-03', needs_approval: 1 }),
      await add({ employee_code: '9', day: '2026-04-02', needs_approval: 1, actor: 'bert' }),
    ]
    const list = async (more: object, offSet?: string) =>
      findCorrections(
        store.read,
        {
          fromDay: '2026-04-01',
          toDay: '2026-04-30',
          employeeCode: '9',
          states: undefined,
          repairId: undefined,
          ...more,
        },
        { offSet, limit: 2, order: 'desc' },
        'anna',
      )
    const first = await list({})
    expect(first.rows.map(row => [row.Date, row.State, row.MayDecide])).toEqual([
      ['2026-04-03', 'pending', false],
      ['2026-04-02', 'pending', true],
    ])
    const second = await list({}, first.paging.OffSet)
    expect([second.rows.map(row => row.CorrectionID), second.paging.ActualRowCount]).toEqual([
      [`c-${ids[0]}`],
      3,
    ])
    expect((await list({ states: ['pending'] })).paging.ActualRowCount).toBe(2)
    expect((await list({ fromDay: '2026-04-03' })).rows).toHaveLength(1)
  })

  it('finds those of some people about some days', async () => {
    await add({ employee_code: '12', day: '2026-05-01' })
    await add({ employee_code: '12', day: '2026-05-09' })
    const found = await correctionsOfPeople(store.read, ['12', '13'], {
      fromDay: '2026-05-01',
      toDay: '2026-05-08',
    })
    expect(found.map(({ day }) => day)).toEqual(['2026-05-01'])
    expect(await correctionsOfPeople(store.read, [], { fromDay: '0', toDay: '9' })).toEqual([])
  })

  it('keeps the statement before the last as what the last is compared with, once it was judged', async () => {
    await store.write(write =>
      insertDevice(write, newDevice('CNT1', { state: 'adopted', zone: 'UTC', site: 'Main', now: 1 })),
    )
    const say = (logs: number, at: number) => store.write(write => saveStatement(write, 'CNT1', logs, at))
    const open = async () => (await openStatements(store.read, 10_000)).filter(({ sn }) => sn === 'CNT1')
    await say(10, 100)
    await say(12, 200)
    expect(await open()).toMatchObject([{ at: 200, logs: 12, baseAt: null }])
    expect(await store.write(write => judgeStatement(write, { sn: 'CNT1', at: 100 }, 0))).toBe(false)
    expect(await store.write(write => judgeStatement(write, { sn: 'CNT1', at: 200 }, 0))).toBe(true)
    expect(await open()).toEqual([])
    await say(20, 300)
    await say(21, 400)
    expect(await open()).toMatchObject([{ at: 400, logs: 21, baseAt: 200, baseLogs: 12 }])
    expect(await openStatements(store.read, 399)).toEqual([])
  })
}
