import { afterAll, beforeAll, expect, it } from 'vitest'
import { type DoorBench, openDoorBench } from '../support/door-bench.ts'

let bench: DoorBench
beforeAll(async () => {
  bench = await openDoorBench('2026-09-15T10:00:00Z')
})
afterAll(() => bench.stop())

it('shows a door as known again only once its terminal, back from an absence, has said so', async () => {
  await bench.client.call('webhooks.register', { CallbackUrl: 'http://127.0.0.1:9/hook', Events: ['OnDoor'] })
  const controller = await bench.started('ABSENT1', 2)
  await controller.state(bench.local(), '05', '00', '0002000000000000')
  expect(await bench.doorsOf('ABSENT1')).toMatchObject([
    { State: 'Closed', Alarm: 'None', Reason: 'reported' },
    { State: 'Closed', Alarm: 'Tamper' },
  ])
  const saidAt = (await bench.doorOf('ABSENT1')).SeenAt
  await bench.away('ABSENT1')
  await controller.poll()
  expect(await bench.doorsOf('ABSENT1')).toMatchObject([
    { State: 'Unknown', Alarm: 'Unknown', Reason: 'no_report', Online: true, Since: null, SeenAt: saidAt },
    { State: 'Unknown', Alarm: 'Tamper', Reason: 'no_report' },
  ])
  const told = async () =>
    (
      await bench.running.store.read
        .selectFrom('outbox')
        .select('body')
        .where('body', 'like', '%StateChanged%')
        .execute()
    ).length
  const before = await told()
  await controller.state(bench.local(), '05', '00', '0002000000000000')
  expect(await bench.doorsOf('ABSENT1')).toMatchObject([
    { State: 'Closed', Alarm: 'None', Reason: 'reported' },
    { State: 'Closed', Alarm: 'Tamper' },
  ])
  expect(await told()).toBe(before + 2)
  await controller.state(bench.local(), '05', '00', '0002000000000000')
  expect(await told()).toBe(before + 2)
})
