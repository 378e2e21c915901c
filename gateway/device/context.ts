import type { GatewayDeps } from '../deps.ts'
import type { Recorder } from '../punches/group-commit.ts'
import type { DeviceRow } from '../store/devices.ts'
import type { Packets } from './access/packets.ts'
import type { Clocks } from './clocks.ts'
import type { Guard } from './guard.ts'
import type { SenderLimits } from './limits.ts'
import type { Presence } from './presence.ts'
import type { Repeats } from './repeats.ts'

/** What keeping an upload needs, whether it comes now or was held. */
export interface UploadDeps extends GatewayDeps, Recorder {
  readonly repeats: Repeats
  /** Answers of access terminals that come in pieces. */
  readonly packets: Packets
  readonly clocks: Pick<Clocks, 'note' | 'skewOf'>
}

/** What the device side needs beside the gateway's own. */
export interface DeviceDeps extends UploadDeps {
  readonly presence: Presence
  readonly guard: Guard
  readonly limits: SenderLimits
  /** A terminal by its serial number, as last committed. */
  readonly findDevice: (sn: string) => Promise<DeviceRow | undefined>
}

/** A reply to a terminal. Always text/plain with canonical headers; see listener.ts. */
export interface DeviceReply {
  readonly status: 200 | 400 | 404 | 406 | 413 | 503
  readonly body: string
  /** What the terminal reads it in; UTF-8 where absent. */
  readonly charset?: string | undefined
}

export const ok = (body: string): DeviceReply => ({ status: 200, body })
