import { startGateway } from '../../tests/support/start-gateway.ts'
import { prefill } from './prefill.ts'
import { reportTo } from './report.ts'

/** The gateway alone, holding as many punches as the first argument says; its address is that of an export. */
const gateway = await startGateway({ adopt: 'auto' })
await prefill(gateway, Number(process.argv[2]))
reportTo(`${gateway.apiUrl}/v3/ExportAttendance?AuthToken=${gateway.token}`, () => gateway.stop())
