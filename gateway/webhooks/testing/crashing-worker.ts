import { systemClock } from '#platform/clock.ts'
import { silentLogger } from '#platform/logger.ts'
import { createStore } from '../../store/index.ts'
import { createDeliveryWorker } from '../worker.ts'
import { benchConfig } from './bench-config.ts'

/** A process of its own that delivers from a file until somebody kills it. */
const [file = '', sealKey = ''] = process.argv.slice(2)
const store = await createStore({ file })
const config = { ...benchConfig, sealKey: Buffer.from(sealKey, 'hex') }
createDeliveryWorker({ store, clock: systemClock, log: silentLogger, config }).start()
