import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createStore } from '../../gateway/store/index.ts'
import { createFakeDevice } from '../support/fake-device.ts'
import { insertManyPeople } from '../support/many-people.ts'
import { startGateway } from '../support/start-gateway.ts'
import { until } from '../support/until.ts'

/** What is judged at once (due.ts). */
const pieceDays = 2_000

it('stops without judging all the days that are due, and goes on with them at the next start', async () => {
  const running = await startGateway()
  await createFakeDevice(running.devicesUrl, 'STOP1').handshake()
  await insertManyPeople(running.store, { sn: 'STOP1', people: 400, fromDay: '2026-01-01', days: 90 })
  const judged = async (store = running.store) => {
    const row = await store.read
      .selectFrom('day_result')
      .select(({ fn }) => fn.countAll<number>().as('days'))
      .executeTakeFirstOrThrow()
    return Number(row.days)
  }
  await until('the first days are judged', async () => (await judged()) > 0)
  const stopped = running.gateway.stop()
  const atStop = await judged()
  await stopped
  expect((await judged()) - atStop).toBeLessThanOrEqual(pieceDays)
  await running.stop({ keep: true })

  const store = await createStore({ file: join(running.dataDir, 'gateway.db'), url: undefined })
  const due = await store.read.selectFrom('stale_days').select('id').limit(1).execute()
  const before = await judged(store)
  await store.close()
  expect(due).toHaveLength(1)

  const again = await startGateway({ dataDir: running.dataDir })
  await until('more days are judged', async () => (await judged(again.store)) > before)
  await again.stop({ keep: true })
  rmSync(running.dataDir, { recursive: true, force: true })
})
