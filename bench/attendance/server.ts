import { join } from 'node:path'
import { startGateway } from '../../tests/support/start-gateway.ts'
import { reportTo } from '../ingest/report.ts'
import { fill } from './fill.ts'

/** The gateway with as many punches as the first argument says, up to the day in the second, and every day judged. */
const [, , rows, lastDay] = process.argv
const gateway = await startGateway({ adopt: 'auto' })
await fill(gateway.store, join(gateway.dataDir, 'gateway.db'), Number(rows), String(lastDay))
const began = performance.now()
for (;;) {
  await gateway.gateway.deps.days.turn()
  const due = await gateway.store.read.selectFrom('stale_days').select('id').limit(1).execute()
  if (due.length === 0) break
}
console.error(`every day judged and kept in ${Math.round((performance.now() - began) / 1000)} s`)
reportTo(`${gateway.apiUrl} ${gateway.token}`, () => gateway.stop())
