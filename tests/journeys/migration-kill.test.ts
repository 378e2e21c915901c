import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createFakeDevice } from '../support/fake-device.ts'
import { productClient } from '../support/product-client.ts'
import { productEnvironment, type Spawned, spawnProduct } from '../support/spawn-product.ts'
import { until } from '../support/until.ts'

const codes = Array.from({ length: 200 }, (_, index) => `M${1000 + index}`)
const [source, target] = ['MIGSRC1', 'MIGDST1'] as const

/** A terminal that keeps what it is told and says it back when asked, over however many gateways. */
function createTerminal(sn: string) {
  const held = new Map<string, string>()
  const fingers = new Map<string, string>()
  return {
    held,
    fingers,
    async round(running: Spawned): Promise<void> {
      const device = createFakeDevice(running.ready.devices ?? '', sn)
      const { commands } = await device.poll()
      if (commands.length === 0) return
      const said: string[] = []
      for (const { text } of commands) {
        const pin = /PIN=([^\t]+)/.exec(text)?.[1] ?? ''
        if (text.startsWith('DATA QUERY USERINFO')) said.push(`USER ${held.get(pin)}\n`)
        if (text.startsWith('DATA QUERY FINGERTMP') && fingers.has(pin)) said.push(`FP ${fingers.get(pin)}\n`)
        if (text.startsWith('DATA UPDATE USERINFO')) held.set(pin, text.replace('DATA UPDATE USERINFO ', ''))
        if (text.startsWith('DATA UPDATE FINGERTMP'))
          fingers.set(pin, text.replace('DATA UPDATE FINGERTMP ', ''))
      }
      if (said.length > 0) await device.upload('OPERLOG', said.join(''))
      const results = commands.map(({ id }) => `ID=${id}&Return=0&CMD=DATA\n`).join('')
      await device.request('POST', `/iclock/devicecmd?SN=${sn}`, results)
    },
  }
}

it('a migration to a terminal, killed in the middle, ends in equal counts and hashes', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-migration-'))
  const env = productEnvironment(dataDir)
  try {
    let running = await spawnProduct(['gateway'], env)
    const { client } = await productClient(running, env)
    const from = createFakeDevice(running.ready.devices ?? '', source)
    await from.handshake()
    await from.upload('options', 'FingerFunOn=1,FPVersion=10')
    await from.upload(
      'OPERLOG',
      codes
        .map(
          code =>
            `USER PIN=${code}\tName=Asha ${code}\tPri=0\nFP PIN=${code}\tFID=6\tSize=4\tValid=1\tTMP=QUJDRA==\n`,
        )
        .join(''),
    )
    await createFakeDevice(running.ready.devices ?? '', target).handshake()
    await createFakeDevice(running.ready.devices ?? '', target).upload(
      'options',
      'FingerFunOn=1,FPVersion=10',
    )
    const terminal = createTerminal(target)
    const { Job } = (
      await client.call('webhooks.startMigration', {
        Kind: 'Users',
        DeviceSN: [source],
        TargetDeviceSN: target,
      })
    ).body
    expect(Job).toMatchObject({ TargetDeviceSN: target, State: 'Running', Total: codes.length })
    await until(
      'half of them',
      async () => {
        await terminal.round(running).catch(() => undefined)
        return terminal.held.size >= codes.length / 2
      },
      60_000,
    )
    const { body: half } = await client.call('users.jobProof', { JobID: Job.JobID })
    expect(half.Equal).toBe(false)
    await running.end('SIGKILL')

    running = await spawnProduct(['gateway'], env)
    const again = await productClient(running, env)
    const ended = await until(
      'the migration to end',
      async () => {
        await terminal.round(running).catch(() => undefined)
        const { Job: job } = (await again.client.call('users.job', { JobID: Job.JobID })).body
        return job.State === 'Running' ? null : job
      },
      80_000,
    )
    expect([ended.State, ended.InStep, ended.Progress]).toEqual(['Done', codes.length, 100])
    const { body: proof } = await again.client.call('users.jobProof', { JobID: Job.JobID })
    expect(proof.Terminals).toMatchObject([
      {
        DeviceSN: target,
        Equal: true,
        People: { Wanted: codes.length, Held: codes.length },
        Templates: { Wanted: codes.length, Held: codes.length },
      },
    ])
    expect(proof.Equal).toBe(true)
    expect([...terminal.held.keys()].sort()).toEqual(codes)
    expect(terminal.fingers.size).toBe(codes.length)
    expect(await running.end('SIGTERM')).toBe(0)
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
})
