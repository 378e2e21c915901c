import type { DeviceLimits } from './device/limits.ts'

/** The gateway's settings, already read and checked (bin/settings.ts reads the environment). */
export interface GatewayConfig {
  readonly version: string
  /** `ask`: unknown terminals wait; `auto`: they are adopted at first contact. */
  readonly adopt: 'ask' | 'auto'
  /** IANA zone of the first site, given to terminals adopted without one. */
  readonly timeZone: string
  readonly siteName: string
  /** Key that seals webhook secrets at rest; 32 bytes, kept outside the database. */
  readonly sealKey: Uint8Array
  /** What terminals' communication keys are hashed under; the sealing key where absent. */
  readonly deviceKeySecret?: Uint8Array | undefined
  /** First part of the path every terminal has to call, such as `/s3cret/iclock/cdata`; none where absent. */
  readonly devicePathSecret?: string | undefined
  /** Local networks any receiver may be in, CIDR; elsewhere only the open internet is reached. */
  readonly webhookSubnets?: readonly string[] | undefined
  /** Receivers outside this machine must be https. */
  readonly webhookHttpsOnly?: boolean | undefined
  /** Where the terminals' port differs from its defaults (device/limits.ts). */
  readonly deviceLimits?: Partial<DeviceLimits> | undefined
  /** Standing still for longer than this, nobody has watched the terminals; 10 s where absent. */
  readonly stallMs?: number | undefined
  /** Folder whose disk the self-check looks at, and where backups made before dangerous commands go; none where absent. */
  readonly dataDir?: string | undefined
  /** Keys with which browsers are told of alerts (RFC 8292), base64url; none where absent. */
  readonly vapid?: { readonly publicKey: string; readonly privateKey: string } | undefined
}
