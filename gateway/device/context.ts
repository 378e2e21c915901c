import type { GatewayDeps } from '../deps.ts'
import type { Write } from '../store/index.ts'
import type { Presence } from './presence.ts'

/** What the device side needs beside the gateway's own. */
export interface DeviceDeps extends GatewayDeps {
  readonly presence: Presence
  /** Runs a write together with others that arrive at the same time; see punches/group-commit.ts. */
  readonly grouped: <R>(job: (write: Write) => Promise<R>) => Promise<R>
}

/** A reply to a terminal. Always text/plain with canonical headers; see listener.ts. */
export interface DeviceReply {
  readonly status: 200 | 400 | 404 | 406 | 413 | 503
  readonly body: string
}

export const ok = (body: string): DeviceReply => ({ status: 200, body })
