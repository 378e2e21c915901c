import { openGatewayStore } from '../gateway.ts'
import { readSettings } from '../settings.ts'
import { openProxyStore } from '../start.ts'
import { type Command, readOptions } from './command.ts'

export const migrateCommand: Command = {
  usage: 'migrate [--json]',
  summary: 'bring both stores to the newest step',
  async run(args) {
    const { values } = readOptions(args, { json: { type: 'boolean', default: false } })
    const settings = readSettings(process.env)
    for (const open of [openGatewayStore, openProxyStore]) await (await open(settings)).close()
    process.stdout.write(values.json ? '{"migrated":true}\n' : 'Both stores are at the newest step.\n')
  },
}
