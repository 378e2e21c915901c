import { afterAll, beforeAll } from 'vitest'
import { createFakeDevice, type FakeDevice } from './fake-device.ts'
import { startGateway, type TestGateway } from './start-gateway.ts'

export interface OneTerminal {
  readonly running: TestGateway
  readonly device: FakeDevice
  readonly call: ReturnType<TestGateway['client']>['call']
}

/** A gateway for all tests of a file with one terminal that has shaken hands; what it returns is for within tests. */
export function oneTerminal(sn: string): () => OneTerminal {
  let made: OneTerminal | undefined
  beforeAll(async () => {
    const running = await startGateway()
    const device = createFakeDevice(running.devicesUrl, sn)
    await device.handshake()
    made = { running, device, call: running.client().call }
  })
  afterAll(() => made?.running.stop())
  return () => {
    if (!made) throw new Error('only within tests')
    return made
  }
}
