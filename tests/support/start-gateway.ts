import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '#contract/client.ts'
import { operations } from '#contract/operations/index.ts'
import { type Clock, systemClock } from '#platform/clock.ts'
import { type Logger, silentLogger } from '#platform/logger.ts'
import { buildGateway, type Gateway } from '../../gateway/app.ts'
import type { DeviceLimits } from '../../gateway/device/limits.ts'
import { createStore, type Store } from '../../gateway/store/index.ts'
import { generateToken, saveToken, type TokenGrant } from '../../gateway/store/tokens.ts'

export interface TestGateway {
  readonly gateway: Gateway
  readonly store: Store
  readonly apiUrl: string
  readonly devicesUrl: string
  /** A token for every device and right. */
  readonly token: string
  readonly dataDir: string
  makeToken(grant?: Partial<TokenGrant>): Promise<string>
  /** A client of the contract with a token of its own. */
  client(token?: string): ReturnType<typeof createClient>
  /** Closes everything; `keep` leaves the data for another start. */
  stop(options?: { keep?: boolean }): Promise<void>
}

export interface TestGatewayOptions {
  readonly clock?: Clock
  readonly adopt?: 'ask' | 'auto'
  readonly timeZone?: string
  readonly databaseUrl?: string | undefined
  /** Data of an earlier start. */
  readonly dataDir?: string
  readonly sealKey?: Uint8Array
  readonly devicePathSecret?: string
  readonly deviceLimits?: Partial<DeviceLimits>
  readonly log?: Logger
  /** A clock that is told to jump stands for time that passes; without this a jump is no standstill. */
  readonly stallMs?: number
}

const testSealKey = randomBytes(32)

/** A real gateway on ports of its own, over a store in a folder of its own. */
export async function startGateway(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'gatehouse-test-'))
  const store = await createStore({ file: join(dataDir, 'gateway.db'), url: options.databaseUrl })
  const clock = options.clock ?? systemClock
  const gateway = await buildGateway({
    config: {
      version: 'test',
      adopt: options.adopt ?? 'auto',
      timeZone: options.timeZone ?? 'Asia/Kolkata',
      siteName: 'Main site',
      sealKey: options.sealKey ?? testSealKey,
      devicePathSecret: options.devicePathSecret,
      deviceLimits: options.deviceLimits,
      stallMs: options.stallMs ?? Number.POSITIVE_INFINITY,
      dataDir,
    },
    store,
    clock,
    log: options.log ?? silentLogger,
  })
  await gateway.start()
  await gateway.api.listen({ host: '127.0.0.1', port: 0 })
  gateway.devices.listen(0, '127.0.0.1')
  await once(gateway.devices, 'listening')
  const url = (address: AddressInfo | string | null) =>
    `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const apiUrl = url(gateway.api.server.address())
  const makeToken = async (grant: Partial<TokenGrant> = {}) => {
    const token = generateToken()
    await store.write(write =>
      saveToken(write, token, { label: 'test', ratePerMinute: 0, ...grant }, Date.now()),
    )
    return token
  }
  const token = await makeToken()
  return {
    gateway,
    store,
    apiUrl,
    devicesUrl: url(gateway.devices.address()),
    token,
    dataDir,
    makeToken,
    client: (own = token) =>
      createClient({
        baseUrl: `${apiUrl}/v3`,
        fetch,
        facts: operations,
        headers: () => ({ AuthToken: own }),
      }),
    async stop({ keep = false } = {}) {
      gateway.devices.close()
      gateway.devices.closeAllConnections()
      await gateway.api.close()
      await gateway.stop()
      await store.close()
      if (!keep) rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
