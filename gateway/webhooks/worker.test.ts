import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createStore } from '../store/index.ts'
import { openBench } from './testing/bench.ts'
import { benchConfig } from './testing/bench-config.ts'
import { punchEvent } from './testing/events.ts'
import { answers } from './testing/receiver.ts'
import { webhookSuite } from './worker.suite.ts'

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
