import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { z } from 'zod'
import { TimeZone } from '#contract/primitives.ts'
import { type ConfigFault, readConfig } from '#platform/config.ts'

const host = (fallback: string) =>
  z
    .string()
    .min(1)
    .max(253)
    .regex(/^[A-Za-z0-9.:_-]+$/)
    .default(fallback)
    .describe('a host name or address')
const port = (fallback: number) =>
  z.coerce
    .number<string>()
    .int()
    .min(0)
    .max(65_535)
    .default(fallback)
    .describe('a port from 0 (any free one) to 65535')
const address = (protocol: RegExp, allowed: string) => z.url({ protocol }).optional().describe(allowed)

const Settings = z.object({
  GATEHOUSE_HOST: host('0.0.0.0'),
  GATEHOUSE_PORT: port(8080),
  GATEHOUSE_DEVICE_HOST: host('0.0.0.0'),
  GATEHOUSE_DEVICE_PORT: port(8081),
  GATEHOUSE_DEVICE_SECRET: z
    .string()
    .regex(/^[A-Za-z0-9_-]{8,64}$/)
    .optional()
    .describe('8 to 64 letters, digits, _ or -; terminals then call /<secret>/iclock/…'),
  GATEHOUSE_GATEWAY_HOST: host('127.0.0.1'),
  GATEHOUSE_GATEWAY_PORT: port(8082),
  GATEHOUSE_DATA: z.string().default('./data').describe('a folder'),
  GATEHOUSE_DATABASE_URL: address(/^postgres(ql)?$/, 'postgres://user:password@host:port/database'),
  GATEHOUSE_SITE: z.enum(['simulated', 'empty']).default('simulated').describe('simulated or empty'),
  GATEHOUSE_ADOPT: z.enum(['ask', 'auto']).default('ask').describe('ask or auto'),
  GATEHOUSE_TIME_ZONE: TimeZone.default(Intl.DateTimeFormat().resolvedOptions().timeZone).describe(
    'an IANA time zone such as Asia/Kolkata',
  ),
  GATEHOUSE_GATEWAY_URL: address(/^https?$/, 'an http or https address such as https://api.camsunit.com/v3/'),
  GATEHOUSE_GATEWAY_TOKEN: z
    .string()
    .min(8)
    .max(200)
    .regex(/^\S+$/)
    .optional()
    .describe('the AuthToken of that gateway, without spaces'),
  GATEHOUSE_PUBLIC_URL: address(/^https?$/, 'an http or https address'),
  GATEHOUSE_WEBHOOK_SUBNETS: z
    .string()
    .default('')
    .transform(text => text.split(/[\s,]+/).filter(Boolean))
    .refine(all => all.every(isSubnet))
    .describe('local networks receivers may be in, such as 192.168.10.0/24, separated by commas'),
  GATEHOUSE_WEBHOOK_HTTPS_ONLY: z
    .enum(['yes', 'no'])
    .default('no')
    .describe('yes or no; yes: receivers outside this machine must be https'),
  GATEHOUSE_STEP_UP: z
    .enum(['yes', 'no'])
    .default('no')
    .describe('yes or no; yes: emergencies of a whole site want the password once more'),
  GATEHOUSE_LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('debug, info, warn, error or silent'),
})

export interface AppSettings {
  readonly dashboard: { readonly host: string; readonly port: number }
  /** `secret`: first part of the path every terminal has to call. */
  readonly devices: { readonly host: string; readonly port: number; readonly secret: string | undefined }
  readonly gateway: { readonly host: string; readonly port: number }
  readonly dataDir: string
  readonly databaseUrl: string | undefined
  readonly site: 'simulated' | 'empty'
  readonly adopt: 'ask' | 'auto'
  readonly timeZone: string
  /** A gateway elsewhere; the embedded one is then not started. */
  readonly remote: { readonly url: string; readonly token: string } | undefined
  readonly publicUrl: string | undefined
  /** CIDR; local networks any receiver may be in. */
  readonly webhookSubnets: readonly string[]
  readonly webhookHttpsOnly: boolean
  /** Emergencies of a whole site want the password once more. */
  readonly stepUp: boolean
  readonly logLevel: string
}

/** The settings of interface.md, or a ConfigError with every fault. */
export function readSettings(env: Record<string, string | undefined>): AppSettings {
  const value = readConfig(Settings, env, twins)
  return {
    dashboard: { host: value.GATEHOUSE_HOST, port: value.GATEHOUSE_PORT },
    devices: {
      host: value.GATEHOUSE_DEVICE_HOST,
      port: value.GATEHOUSE_DEVICE_PORT,
      secret: value.GATEHOUSE_DEVICE_SECRET,
    },
    gateway: { host: value.GATEHOUSE_GATEWAY_HOST, port: value.GATEHOUSE_GATEWAY_PORT },
    dataDir: resolve(value.GATEHOUSE_DATA),
    databaseUrl: value.GATEHOUSE_DATABASE_URL,
    site: value.GATEHOUSE_SITE,
    adopt: value.GATEHOUSE_ADOPT,
    timeZone: value.GATEHOUSE_TIME_ZONE,
    remote:
      value.GATEHOUSE_GATEWAY_URL && value.GATEHOUSE_GATEWAY_TOKEN
        ? { url: value.GATEHOUSE_GATEWAY_URL, token: value.GATEHOUSE_GATEWAY_TOKEN }
        : undefined,
    publicUrl: value.GATEHOUSE_PUBLIC_URL?.replace(/\/+$/, ''),
    webhookSubnets: value.GATEHOUSE_WEBHOOK_SUBNETS,
    webhookHttpsOnly: value.GATEHOUSE_WEBHOOK_HTTPS_ONLY === 'yes',
    stepUp: value.GATEHOUSE_STEP_UP === 'yes',
    logLevel: value.GATEHOUSE_LOG_LEVEL,
  }
}

function isSubnet(text: string): boolean {
  const [address = '', bits = ''] = text.split('/')
  const size = isIP(address) === 4 ? 32 : isIP(address) === 6 ? 128 : -1
  return /^\d{1,3}$/.test(bits) && Number(bits) <= size
}

/** The remote gateway is named by two settings; one without the other is a fault of the one that is missing. */
function twins(given: Readonly<Record<string, string | undefined>>): ConfigFault[] {
  const names = ['GATEHOUSE_GATEWAY_URL', 'GATEHOUSE_GATEWAY_TOKEN'] as const
  const missing = names.filter(name => given[name] === undefined)
  if (missing.length !== 1) return []
  return missing.map(name => ({
    name,
    was: 'not set',
    allowed: `set together with ${names.find(other => other !== name)}`,
  }))
}
