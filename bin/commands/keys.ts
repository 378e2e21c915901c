import { resealAll } from '../../gateway/store/reseal.ts'
import { openGatewayStore } from '../gateway.ts'
import { beginRotation } from '../keys.ts'
import { readSettings } from '../settings.ts'
import { type Command, readOptions, UsageError } from './command.ts'

const answerMs = 1500

export const keysRotate: Command = {
  usage: 'keys rotate [--json]',
  summary: 'a new key for everything kept sealed: templates, photos, keypad codes, secrets of receivers',
  notes: [
    'Gatehouse has to be stopped meanwhile. Cut short, the same command goes on where it was;',
    'until then Gatehouse does not start. Keep the keys folder of every backup with its backup.',
  ],
  async run(args) {
    const { values } = readOptions(args, { json: { type: 'boolean', default: false } })
    const settings = readSettings(process.env)
    const { host, port } = settings.gateway
    const address = `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}/healthz`
    const isRunning = await fetch(address, { signal: AbortSignal.timeout(answerMs) }).then(
      reply => reply.ok,
      () => false,
    )
    if (isRunning) throw new UsageError(`Gatehouse answers at ${address}; stop it first`)
    const rotation = beginRotation(settings.dataDir)
    const store = await openGatewayStore(settings)
    try {
      const sums = await resealAll(store, rotation.from, rotation.to)
      rotation.finish()
      process.stdout.write(
        values.json
          ? `${JSON.stringify(sums)}\n`
          : `${sums.resealed + sums.already} sealed with the new key${sums.unreadable > 0 ? `; ${sums.unreadable} could be opened by neither key and are as they were` : ''}.\n`,
      )
    } finally {
      await store.close()
    }
  },
}
