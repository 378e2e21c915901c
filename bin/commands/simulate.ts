import { runFleet } from '../simulator/fleet.ts'
import { personalityList, readPersonality } from '../simulator/fleet-personality.ts'
import { type FleetProfile, fleetProfiles } from '../simulator/fleet-profile.ts'
import { type Command, readNumber, readOptions, UsageError } from './command.ts'

export const simulate: Command = {
  usage: `simulate --devices N --url URL [--profile ${fleetProfiles.join('|')}] [--personality NAME] [--speed N] [--json]`,
  summary: 'terminals that speak iclock to a device port, until stopped',
  notes: [
    '--personality NAME: what the terminals are like; "list" lists the names, several go with commas:',
    ...personalityList().map(line => `  ${line}`),
  ],
  async run(args) {
    const { values } = readOptions(args, {
      devices: { type: 'string' },
      url: { type: 'string' },
      profile: { type: 'string', default: 'office' },
      personality: { type: 'string' },
      speed: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
    })
    if (values.personality === 'list') {
      process.stdout.write(`${personalityList().join('\n')}\n`)
      return
    }
    if (values.devices === undefined) throw new UsageError('--devices is missing: how many terminals')
    if (values.url === undefined || !URL.canParse(values.url))
      throw new UsageError('--url must be the address of a device port, such as http://127.0.0.1:8081')
    const profile = fleetProfiles.find((known): known is FleetProfile => known === values.profile)
    if (profile === undefined)
      throw new UsageError(
        `--profile is ${JSON.stringify(values.profile)}; allowed: ${fleetProfiles.join(', ')}`,
      )
    const personality = values.personality === undefined ? undefined : readPersonality(values.personality)
    if (personality !== undefined && 'unknown' in personality)
      throw new UsageError(
        `--personality knows no ${JSON.stringify(personality.unknown)} here; --personality list lists the names, and door-controller goes with no other`,
      )
    if (personality !== undefined && profile === 'storm')
      throw new UsageError('--profile storm is for terminals without a --personality')
    const stop = new AbortController()
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
    process.once('disconnect', () => stop.abort())
    const summary = await runFleet({
      devicesUrl: values.url,
      devices: readNumber('devices', values.devices, 1, 10_000),
      profile,
      ...(personality === undefined ? {} : { personality }),
      speed: readNumber('speed', values.speed, 0.1, 3600),
      signal: stop.signal,
      log: line => process.stderr.write(`${line}\n`),
    })
    if (values.json) process.stdout.write(`${JSON.stringify(summary)}\n`)
    process.exit(0)
  },
}
