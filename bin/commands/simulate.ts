import { runFleet } from '../simulator/fleet.ts'
import { type FleetProfile, fleetProfiles } from '../simulator/fleet-profile.ts'
import { type Command, readNumber, readOptions, UsageError } from './command.ts'

export const simulate: Command = {
  usage: `simulate --devices N --url URL [--profile ${fleetProfiles.join('|')}] [--speed N] [--json]`,
  summary: 'terminals that speak iclock to a device port, until stopped',
  async run(args) {
    const { values } = readOptions(args, {
      devices: { type: 'string' },
      url: { type: 'string' },
      profile: { type: 'string', default: 'office' },
      speed: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
    })
    if (values.devices === undefined) throw new UsageError('--devices is missing: how many terminals')
    if (values.url === undefined || !URL.canParse(values.url))
      throw new UsageError('--url must be the address of a device port, such as http://127.0.0.1:8081')
    const profile = fleetProfiles.find((known): known is FleetProfile => known === values.profile)
    if (profile === undefined)
      throw new UsageError(
        `--profile is ${JSON.stringify(values.profile)}; allowed: ${fleetProfiles.join(', ')}`,
      )
    const stop = new AbortController()
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
    process.once('disconnect', () => stop.abort())
    const summary = await runFleet({
      devicesUrl: values.url,
      devices: readNumber('devices', values.devices, 1, 10_000),
      profile,
      speed: readNumber('speed', values.speed, 0.1, 3600),
      signal: stop.signal,
      log: line => process.stderr.write(`${line}\n`),
    })
    if (values.json) process.stdout.write(`${JSON.stringify(summary)}\n`)
    process.exit(0)
  },
}
