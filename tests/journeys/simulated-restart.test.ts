import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { productClient } from '../support/product-client.ts'
import { productEnvironment, spawnProduct } from '../support/spawn-product.ts'
import { until } from '../support/until.ts'

const terminals = ['SIM-PUN-01', 'SIM-PUN-05']
const waitMs = 80_000

it('keeps what simulated terminals hold over a restart, as real ones do', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-simulated-'))
  const env = productEnvironment(dataDir, { GATEHOUSE_SITE: 'simulated' })
  try {
    let running = await spawnProduct(['start'], env)
    let { client } = await productClient(running, env)
    const statesOf = async (EmployeeCode: string) =>
      (await client.call('users.states', { EmployeeCode })).body.States.map(
        ({ DeviceSN, State }) => `${DeviceSN} ${State}`,
      )
    await until(
      'both to be in contact',
      async () => {
        const { Devices } = (await client.call('devices.list', {})).body
        return terminals.every(sn => Devices.some(({ DeviceSN, Online }) => DeviceSN === sn && Online))
      },
      waitMs,
    )
    await client.call('users.add', {
      EmployeeCode: '5001',
      FirstName: 'Noor',
      LastName: 'Haddad',
      DeviceSN: terminals,
    })
    await client.call('users.setPassword', {
      EmployeeCode: '5001',
      DeviceSN: terminals,
      Password: '86420713',
    })
    const wanted = terminals.map(sn => `${sn} InStep`)
    await until('both to hold them', async () => (await statesOf('5001')).join() === wanted.join(), waitMs)
    expect(await running.end('SIGTERM')).toBe(0)

    running = await spawnProduct(['start'], env)
    client = (await productClient(running, env)).client
    for (const DeviceSN of terminals) {
      const { body } = await client.call('users.refresh', { DeviceSN, EmployeeCode: '5001' })
      const state = await until(
        `${DeviceSN} to answer`,
        async () => {
          const { State } = (await client.call('devices.commandStatus', { CommandID: body.CommandID })).body
          return State === 'Queued' || State === 'Sent' ? null : State
        },
        waitMs,
      )
      expect([DeviceSN, state]).toEqual([DeviceSN, 'Done'])
    }
    expect(await statesOf('5001')).toEqual(wanted)
    await running.end('SIGKILL')
    // It names people and holds their codes, so it lies sealed.
    const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter(entry =>
      entry.isFile(),
    )
    for (const entry of files)
      expect(readFileSync(join(entry.parentPath, entry.name)).includes('86420713')).toBe(false)
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
})
