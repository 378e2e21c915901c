import { createFakeDevice, type FakeDevice } from './fake-device.ts'

export interface AccessEventFields {
  readonly time: string
  readonly event: number
  readonly pin?: string
  readonly door?: number
  readonly direction?: 0 | 1 | 2
  readonly verify?: number | string
  readonly index?: number
}

/** A door controller of the access flavour, for tests: real HTTP, one request at a time, nothing happens by itself. */
export interface FakeController extends Pick<FakeDevice, 'sn' | 'request' | 'poll' | 'result'> {
  handshake(query?: string): Promise<string>
  registry(extra?: string): Promise<{ status: number; body: string }>
  push(): Promise<string>
  /** Handshake, registry, push: what a controller does the first time it meets a server. */
  start(): Promise<void>
  /** rtlog lines. */
  events(...events: readonly AccessEventFields[]): Promise<{ status: number; body: string }>
  /** rtstate: hex digits as on the wire. */
  state(
    time: string,
    sensor: string,
    relay?: string,
    alarm?: string,
  ): Promise<{ status: number; body: string }>
  tabledata(
    table: string,
    body: string | Uint8Array,
    count: number,
  ): Promise<{ status: number; body: string }>
  querydata(query: string, body: string): Promise<{ status: number; body: string }>
}

/** Makes a controller with `doors` doors that calls `devicesUrl` under `sn`. */
export function createFakeController(devicesUrl: string, sn: string, doors = 4): FakeController {
  const { request, poll, result } = createFakeDevice(devicesUrl, sn)
  const post = (path: string, body: string | Uint8Array) => request('POST', `/iclock/${path}`, body)
  const handshake: FakeController['handshake'] = async (query = '&DeviceType=acc') =>
    (await request('GET', `/iclock/cdata?SN=${sn}&options=all&pushver=3.1.2&language=69${query}`)).body
  const registry: FakeController['registry'] = (extra = '') =>
    post(
      `registry?SN=${sn}`,
      `DeviceType=acc,~DeviceName=C3-400,FirmVer=AC Ver 5.4.3,PushVersion=Ver 2.0.22,LockCount=${doors},ReaderCount=${doors},MachineType=2,LogIDFunOn=1,DateFmtFunOn=0,AccSupportFunList=0101${extra}`,
    )
  const push = async () => (await post(`push?SN=${sn}`, '')).body
  return {
    sn,
    request,
    poll,
    result,
    handshake,
    registry,
    push,
    async start() {
      await handshake()
      await registry()
      await push()
    },
    events: (...events) =>
      post(`cdata?SN=${sn}&table=rtlog`, events.map(event => `${eventLine(event)}\n`).join('')),
    state: (time, sensor, relay = '00', alarm = '0000000000000000') =>
      post(
        `cdata?SN=${sn}&table=rtstate`,
        `time=${time}\tsensor=${sensor}\trelay=${relay}\talarm=${alarm}\n`,
      ),
    tabledata: (table, body, count) =>
      post(`cdata?SN=${sn}&table=tabledata&tablename=${table}&count=${count}`, body),
    querydata: (query, body) => post(`querydata?SN=${sn}&${query}`, body),
  }
}

function eventLine(event: AccessEventFields): string {
  const { time, event: code, pin = '0', door = 1, direction = 2, verify = 200, index = 0 } = event
  return `time=${time}\tpin=${pin}\tcardno=0\teventaddr=${door}\tevent=${code}\tinoutstatus=${direction}\tverifytype=${verify}\tindex=${index}`
}
