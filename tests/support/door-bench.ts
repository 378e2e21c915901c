import { createFakeController, type FakeController } from './fake-controller.ts'
import { localNow } from './local-time.ts'
import { startGateway } from './start-gateway.ts'
import { createTestClock } from './test-clock.ts'
import { until } from './until.ts'

const zone = 'Asia/Kolkata'
/** Often enough for nobody to think it away. */
const pollMs = 5000

/** A gateway in a time that stands still, and controllers that can be locked: 06 of CONTROL DEVICE (iclock-push 12.5). */
export async function openDoorBench(at = '2026-09-15T10:00:00Z', databaseUrl?: string) {
  const clock = createTestClock(Date.parse(at))
  const running = await startGateway({ clock, timeZone: zone, databaseUrl })
  const client = running.client()
  const stateOf = async (CommandID: string) =>
    (await client.call('devices.commandStatus', { CommandID })).body.State
  return {
    clock,
    running,
    client,
    /** Wall clock of the terminals, moved. */
    local: (shiftMs = 0) => localNow(zone, clock.now() + shiftMs),
    stop: () => running.stop(),
    async started(sn: string, doors = 4): Promise<FakeController> {
      const controller = createFakeController(running.devicesUrl, sn, doors)
      await controller.handshake()
      await controller.registry(',AccSupportFunList=001000000000')
      await controller.push()
      await controller.poll()
      return controller
    },
    doorsOf: async (DeviceSN: string) => (await client.call('doors.status', { DeviceSN })).body.Doors,
    doorOf: async (DeviceSN: string, DoorNo = 1) => {
      const [door] = (await client.call('doors.status', { DeviceSN, DoorNo })).body.Doors
      if (!door) throw new Error(`${DeviceSN} has no door ${DoorNo}`)
      return door
    },
    stateOf,
    /** Fetches what waits and answers it; gives back the texts. */
    async obey(controller: FakeController, returned = 0): Promise<string[]> {
      const { commands } = await controller.poll()
      for (const { id } of commands) await controller.result(id, returned, 'CONTROL DEVICE')
      return commands.map(({ text }) => text)
    },
    /** Lets time pass with a controller that keeps asking; gives back what it was told meanwhile. */
    async pass(controller: FakeController, ms: number): Promise<string[]> {
      const told: string[] = []
      for (let left = ms; left > 0; left -= pollMs) {
        clock.advance(Math.min(pollMs, left))
        const { commands } = await controller.poll()
        told.push(...commands.map(({ text }) => text))
      }
      return told
    },
    /** An instant from now, as orders are given one. */
    in: (ms: number) => new Date(clock.now() + ms).toISOString(),
    key: () => ({ headers: { 'idempotency-key': crypto.randomUUID() } }),
    /** Waits until the terminal counts as away. */
    async away(sn: string) {
      clock.advance(600_000)
      await until(
        `${sn} is away`,
        async () => !(await client.call('devices.status', { DeviceSN: sn })).body.Online,
      )
    },
    /** The sweep moves holds twice a second. */
    untilHold: (sn: string, door: number, state: string | null) => {
      clock.advance(600)
      return until(`the hold of ${sn}/${door} is ${state}`, async () => {
        const [found] = (await client.call('doors.status', { DeviceSN: sn, DoorNo: door })).body.Doors
        return (found?.Hold?.State ?? null) === state && { hold: found?.Hold }
      })
    },
  }
}

export type DoorBench = Awaited<ReturnType<typeof openDoorBench>>
