import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createFakeDevice } from '../support/fake-device.ts'
import { productClient } from '../support/product-client.ts'
import { productEnvironment, spawnProduct } from '../support/spawn-product.ts'

const devices = 20
const enough = 400

it('loses no acknowledged punch and repeats none when it is killed in the middle of a storm and started again', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-kill-'))
  const env = productEnvironment(dataDir)
  try {
    let running = await spawnProduct(['gateway'], env)
    const acknowledged = new Set<string>()
    const sent = new Map<string, string>()
    let killed = false
    const storm = async (number: number) => {
      const terminal = createFakeDevice(running.ready.devices ?? '', `KILL${number}`)
      for (let index = 0; !killed; index += 1) {
        const line = `${number}-${index}\t2026-03-02 ${clock(index)}\t${index % 2}\t1\t0\t0\n`
        sent.set(`${number}-${index}`, line)
        const reply = await terminal.upload('ATTLOG', line).catch(() => null)
        if (reply?.body === 'OK: 1') acknowledged.add(`${number}-${index}`)
        if (acknowledged.size >= enough && !killed) {
          killed = true
          void running.end('SIGKILL')
        }
      }
    }
    await Promise.all(Array.from({ length: devices }, (_, number) => storm(number)))
    running = await spawnProduct(['gateway'], env)
    const { codesOf } = await productClient(running, env)
    const stored = () => codesOf('2026-03-02')
    const before = await stored()
    expect([...acknowledged].filter(code => !before.includes(code))).toEqual([])
    expect(new Set(before).size).toBe(before.length)

    // The terminals never heard of the last ones and send everything again, as real ones do.
    await Promise.all(
      Array.from({ length: devices }, (_, number) =>
        createFakeDevice(running.ready.devices ?? '', `KILL${number}`).upload(
          'ATTLOG',
          [...sent]
            .filter(([code]) => code.startsWith(`${number}-`))
            .map(([, line]) => line)
            .join(''),
        ),
      ),
    )
    const after = await stored()
    expect(after.sort()).toEqual([...sent.keys()].sort())
    expect(await running.end('SIGTERM')).toBe(0)
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
})

function clock(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(11, 19)
}
