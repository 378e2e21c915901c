import { DeviceSN } from '#contract/primitives.ts'
import { systemClock } from '#platform/clock.ts'
import { generateToken, saveToken } from '../../gateway/store/tokens.ts'
import { openGatewayStore } from '../gateway.ts'
import { readSettings } from '../settings.ts'
import { type Command, readNumber, readOptions, UsageError } from './command.ts'

export const tokenCreate: Command = {
  usage: 'token create [--device SN]... [--rate N] [--label TEXT] [--json]',
  summary: 'an AuthToken for the gateway API; without --device for every device and right',
  async run(args) {
    const { values } = readOptions(args, {
      device: { type: 'string', multiple: true },
      rate: { type: 'string' },
      label: { type: 'string', default: 'command line' },
      json: { type: 'boolean', default: false },
    })
    for (const sn of values.device ?? []) {
      if (!DeviceSN.safeParse(sn).success)
        throw new UsageError(`--device is ${JSON.stringify(sn)}; allowed: a serial number`)
    }
    const store = await openGatewayStore(readSettings(process.env))
    try {
      const token = generateToken()
      const grant = {
        label: values.label,
        ...(values.device === undefined ? {} : { devices: values.device }),
        ...(values.rate === undefined
          ? {}
          : { ratePerMinute: readNumber('rate', values.rate, 1, 1_000_000) }),
      }
      await store.write(write => saveToken(write, token, grant, systemClock.now()))
      process.stdout.write(values.json ? `${JSON.stringify({ token })}\n` : `${token}\n`)
    } finally {
      await store.close()
    }
  },
}
