import { randomBytes } from 'node:crypto'
import type { GatewayConfig } from '../../config.ts'

export const benchConfig: GatewayConfig = {
  version: 'test',
  adopt: 'ask',
  timeZone: 'Asia/Kolkata',
  siteName: 'Main site',
  sealKey: randomBytes(32),
}
