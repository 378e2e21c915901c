import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { silentLogger } from '#platform/logger.ts'
import { createStore, type Store } from '../store/index.ts'
import { openBench } from './testing/bench.ts'
import { benchConfig } from './testing/bench-config.ts'
import { punchEvent } from './testing/events.ts'
import { answers } from './testing/receiver.ts'
import { webhookSuite } from './worker.suite.ts'
import { createDeliveryWorker } from './worker.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-webhooks-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let files = 0
const nextFile = () => join(folder, `${++files}.db`)

webhookSuite('SQLite', () => createStore({ file: nextFile() }))

describe('a process killed while it sends', () => {
  it('leaves nothing lost: the next one sends the same message under the same id', async () => {
    const file = nextFile()
    await using bench = await openBench(() => createStore({ file }))
    await bench.subscribe()
    // The child counts real time, and would prune what happened long before it.
    const OccurredAt = new Date().toISOString()
    await bench.record(['p0', 'p1'].map(OperationID => punchEvent({ OperationID, OccurredAt })))
    bench.receiver.answer('stall')
    const script = new URL('./testing/crashing-worker.ts', import.meta.url).pathname
    const child = spawn(process.execPath, [script, file, Buffer.from(benchConfig.sealKey).toString('hex')], {
      stdio: 'inherit',
    })
    await bench.receiver.waitFor(1)
    child.kill('SIGKILL')
    await once(child, 'exit')
    bench.receiver.answer(answers.done)
    // Its lease is over a minute after now.
    bench.clock.advance(Date.now() + 61_000 - bench.clock.now())
    await bench.worker().idle()
    const [first, again, next] = await bench.receiver.waitFor(3)
    expect([again?.id, again?.text, next?.id]).toEqual(['p0', first?.text, 'p1'])
    expect(await bench.deliveries()).toMatchObject([{ state: 'delivered' }, { state: 'delivered' }])
  })
})

describe('a store that fails for a while', () => {
  it('loses no result: what was sent is written down later, and not sent again', async () => {
    await using bench = await openBench(() => createStore({ file: nextFile() }))
    await bench.subscribe()
    let failures = 0
    bench.receiver.answer(() => {
      failures = 2
      return answers.done
    })
    const store: Store = {
      ...bench.store,
      write: work => (failures-- > 0 ? Promise.reject(new Error('disk full')) : bench.store.write(work)),
    }
    const deps = { store, clock: bench.clock, log: silentLogger, config: benchConfig }
    const worker = createDeliveryWorker(deps)
    worker.start()
    await bench.record([punchEvent({})])
    worker.wake()
    await bench.receiver.waitFor(1)
    await expect
      .poll(async () => {
        bench.clock.advance(1_000)
        return (await bench.deliveries())[0]?.state
      })
      .toBe('delivered')
    await worker.idle()
    await worker.stop()
    expect(failures).toBeLessThan(0)
    expect(bench.receiver.received).toHaveLength(1)
  })
})
