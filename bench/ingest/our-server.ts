import { startGateway } from '../../tests/support/start-gateway.ts'
import { prefill } from './prefill.ts'
import { reportTo } from './report.ts'

/** The gateway alone, with as many punches in its store as the first argument says. */
const gateway = await startGateway({ adopt: 'auto' })
const rows = Number(process.argv[2] ?? 0)
if (rows > 0) await prefill(gateway, rows)
reportTo(gateway.devicesUrl, () => gateway.stop())
