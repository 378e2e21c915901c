import { createFakeController, type FakeController } from './fake-controller.ts'
import { localNow } from './local-time.ts'
import { startGateway, type TestGateway } from './start-gateway.ts'

export const zone = 'Asia/Kolkata'
/** Wall clock of the zone, moved. */
export const now = (shiftMs = 0) => localNow(zone, Date.now() + shiftMs)
export const today = () => now().slice(0, 10)

/** A gateway with questions about controllers that many tests ask. */
export async function openAccessBench() {
  const running: TestGateway = await startGateway({ timeZone: zone })
  const client = running.client()
  return {
    running,
    client,
    stop: () => running.stop(),
    async started(sn: string, doors = 4): Promise<FakeController> {
      const controller = createFakeController(running.devicesUrl, sn, doors)
      await controller.start()
      return controller
    },
    doorsOf: async (DeviceSN: string) => (await client.call('doors.status', { DeviceSN })).body.Doors,
    doorLog: async (DeviceSN: string) =>
      (await client.call('doors.logs', { DeviceSN, FromDate: today(), ToDate: today(), Order: 'asc' })).body
        .Events,
    punches: async (DeviceSN: string) =>
      (await client.call('attendance.byDevice', { DeviceSN, FromDate: today(), ToDate: today() })).body
        .Attendance,
    openDoor: (DeviceSN: string, DoorNo: number, Seconds = 5) =>
      client.call(
        'doors.open',
        { DeviceSN, DoorNo, Seconds },
        { headers: { 'idempotency-key': crypto.randomUUID() } },
      ),
    stateOf: async (CommandID: string) =>
      (await client.call('devices.commandStatus', { CommandID })).body.State,
    firstName: async (Search: string) =>
      (await client.call('users.list', { Search })).body.Users[0]?.FirstName,
    rejects: (sn: string) =>
      running.store.read
        .selectFrom('quarantine')
        .select(['table_name', 'line', 'reason'])
        .where('sn', '=', sn)
        .orderBy('id')
        .execute(),
  }
}

export type AccessBench = Awaited<ReturnType<typeof openAccessBench>>

/** Seconds as access terminals pack them: iclock-push 13. */
export function packedSeconds(local: string): number {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = local.split(/[- :]/).map(Number)
  return (((year - 2000) * 12 + month - 1) * 31 + day - 1) * 86_400 + hour * 3600 + minute * 60 + second
}
