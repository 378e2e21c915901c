import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createFakeDevice } from '../support/fake-device.ts'
import { productClient } from '../support/product-client.ts'
import { productEnvironment, runCommand, type Spawned, spawnProduct } from '../support/spawn-product.ts'
import { until } from '../support/until.ts'

const people = Array.from({ length: 500 }, (_, index) => `P${1000 + index}`)
const sn = 'PUSH1'

/** A terminal that does what it is told and remembers how often, over however many gateways. */
function createTerminal() {
  const held = new Map<string, string>()
  const writes = new Map<string, number>()
  return {
    held,
    writes,
    async round(running: Spawned): Promise<void> {
      const device = createFakeDevice(running.ready.devices ?? '', sn)
      const { commands } = await device.poll()
      if (commands.length === 0) return
      const asked: string[] = []
      for (const { text } of commands) {
        const pin = /PIN=([^\t]+)/.exec(text)?.[1] ?? ''
        if (text.startsWith('DATA QUERY USERINFO')) asked.push(`USER ${held.get(pin)}\n`)
        if (!text.startsWith('DATA UPDATE USERINFO')) continue
        held.set(pin, text.replace('DATA UPDATE USERINFO ', ''))
        writes.set(pin, (writes.get(pin) ?? 0) + 1)
      }
      if (asked.length > 0) await device.upload('OPERLOG', asked.join(''))
      const results = commands.map(({ id }) => `ID=${id}&Return=0&CMD=DATA\n`).join('')
      await device.request('POST', `/iclock/devicecmd?SN=${sn}`, results)
    },
  }
}

it('goes on with a push of 500 people where it was when it is killed in the middle, and gives nobody twice', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-push-'))
  const env = productEnvironment(dataDir)
  try {
    let running = await spawnProduct(['gateway'], env)
    const { client } = await productClient(running, env)
    await createFakeDevice(running.ready.devices ?? '', sn).handshake()
    const Rows = people.map(EmployeeCode => ({ EmployeeCode, FirstName: `Asha ${EmployeeCode}` }))
    await client.call('users.import', { Rows, DryRun: false })
    const { JobID } = (await client.call('users.push', { EmployeeCode: people, DeviceSN: [sn] })).body
    const terminal = createTerminal()
    await until(
      'half of them',
      async () => {
        await terminal.round(running).catch(() => undefined)
        return terminal.held.size >= 250
      },
      60_000,
    )
    await running.end('SIGKILL')
    running = await spawnProduct(['gateway'], env)
    const again = await productClient(running, env)
    const job = await until(
      'the job to end',
      async () => {
        await terminal.round(running).catch(() => undefined)
        const { Job } = (await again.client.call('users.job', { JobID })).body
        return Job.State === 'Running' ? null : Job
      },
      80_000,
    )
    expect([job.State, job.InStep, job.Progress]).toEqual(['Done', 500, 100])
    expect([...terminal.held.keys()].sort()).toEqual(people)
    // What was on its way at the very moment may come once more, for nobody can know whether it arrived; no more than that.
    const twice = [...terminal.writes.values()].filter(count => count > 1)
    expect(twice.length).toBeLessThanOrEqual(20)
    expect(twice.every(count => count === 2)).toBe(true)
    const { body } = await again.client.call('users.states', { DeviceSN: sn, State: ['InStep'], Limit: 1 })
    expect(body.ActualRowCount).toBe(500)
    expect(await running.end('SIGTERM')).toBe(0)
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
})

it('seals everything anew with a new key, goes on when that was cut short, and does not start in between', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-rotate-'))
  const env = productEnvironment(dataDir)
  const file = (name: string) => join(dataDir, 'keys', name)
  try {
    let running = await spawnProduct(['gateway'], env)
    const { client } = await productClient(running, env)
    const device = createFakeDevice(running.ready.devices ?? '', sn)
    await device.handshake()
    await device.upload('OPERLOG', 'USER PIN=7\tName=Asha\nFP PIN=7\tFID=6\tSize=4\tValid=1\tTMP=QUJDRA==\n')
    await client.call('users.setPassword', { EmployeeCode: '7', DeviceSN: [sn], Password: '2580' })
    const refused = await runCommand(['keys', 'rotate'], {
      ...env,
      GATEHOUSE_GATEWAY_PORT: new URL(running.ready.gateway ?? '').port,
    })
    expect([refused.code, refused.said]).toEqual([2, expect.stringContaining('stop it first')])
    await running.end('SIGTERM')

    const before = readFileSync(file('seal.key'), 'utf8')
    // As a rotation leaves it that was cut short at its very beginning.
    writeFileSync(file('seal.key.next'), Buffer.alloc(32, 7).toString('base64'))
    const stopped = await runCommand(['gateway'], env)
    expect(stopped.code).not.toBe(0)
    expect(stopped.said).toContain('keys rotate')
    const { code, out } = await runCommand(['keys', 'rotate', '--json'], env)
    expect(code).toBe(0)
    expect(JSON.parse(out)).toEqual({ resealed: 3, already: 0, unreadable: 0 })
    expect(readFileSync(file('seal.key'), 'utf8')).not.toBe(before)

    running = await spawnProduct(['gateway'], env)
    const after = await productClient(running, env)
    const { User } = (await after.client.call('users.get', { EmployeeCode: '7', IncludeCredentials: true }))
      .body
    expect(User.Templates).toMatchObject([{ Type: 'Fingerprint', Index: 6, Data: 'QUJDRA==' }])
    const terminal = createTerminal()
    await until('the code at the terminal', async () => {
      await terminal.round(running)
      return terminal.held.get('7')?.includes('Passwd=2580')
    })
    await running.end('SIGTERM')
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
})
