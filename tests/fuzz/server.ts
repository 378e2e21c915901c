import { enqueueCommand } from '../../gateway/commands/enqueue.ts'
import { startGateway } from '../support/start-gateway.ts'

/** What a started server tells its parent. */
export interface ServerReady {
  readonly devicesUrl: string
}

/** Asks it to have something ready for this terminal to fetch; answered by the same message. */
export interface QueueFor {
  readonly queueFor: string
}

/** Asks for everything acknowledged to be in the store; answered by the same message. */
export interface FileAll {
  readonly file: 'all'
}

const [sealKey = '', dataDir = ''] = process.argv.slice(2)
// One sender plays them all, faster than any terminal.
const endless = 1e12
const running = await startGateway({
  sealKey: Buffer.from(sealKey, 'hex'),
  dataDir,
  timeZone: 'Asia/Kolkata',
  deviceLimits: {
    requestsPerSecond: endless,
    bytesPerSecond: endless,
    requestsPerSecondOfAddress: endless,
    strangersPerSecondOfAddress: endless,
  },
})
process.send?.({ devicesUrl: running.devicesUrl } satisfies ServerReady)
process.on('message', (message: QueueFor | FileAll) => {
  void ('queueFor' in message ? queue(message) : file(message))
})
// It ends with whoever started it.
process.on('disconnect', () => void running.stop({ keep: true }).then(() => process.exit(0)))

async function file(message: FileAll): Promise<void> {
  await running.gateway.deps.intake.filed(60_000)
  process.send?.(message)
}

async function queue(message: QueueFor): Promise<void> {
  const order = { sn: message.queueFor, kind: 'attendance.query', actor: null, key: null } as const
  for (let day = 1; day <= 5; day += 1)
    await enqueueCommand(running.gateway.deps, {
      ...order,
      payload: { from: `2026-03-0${day} 00:00:00`, to: `2026-03-0${day} 23:59:59` },
    })
  process.send?.(message)
}
