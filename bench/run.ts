import { attendance } from './attendance.ts'
import { deliveries } from './deliveries.ts'
import { doorOrders } from './doors.ts'
import { exportRows } from './export.ts'
import { firstPaint } from './first-paint.ts'
import { fleet } from './fleet.ts'
import { fleetPage } from './fleet-page.ts'
import { idleTerminals } from './idle-terminals.ts'
import { ingest } from './ingest.ts'
import { ingestLarge } from './ingest-large.ts'
import { monthGrid } from './month-grid.ts'
import { people } from './people.ts'
import { peopleDirectory } from './people-directory.ts'
import { punchToScreen } from './punch-to-screen.ts'
import { startTime } from './start-time.ts'

const benches: Readonly<Record<string, () => Promise<object>>> = {
  'punch-to-screen': punchToScreen,
  ingest,
  attendance,
  'ingest-large': ingestLarge,
  'idle-terminals': idleTerminals,
  fleet,
  'fleet-page': fleetPage,
  export: exportRows,
  people,
  deliveries,
  doors: doorOrders,
  'start-time': startTime,
  'first-paint': firstPaint,
  'month-grid': monthGrid,
  'people-directory': peopleDirectory,
}

/** `npm run bench [name…]`: figures to standard output as JSON. Nothing is asserted; docs/benchmarks.md records them. */
const wanted = process.argv.slice(2)
for (const name of wanted.filter(name => benches[name] === undefined))
  console.error(`There is no bench ${name}; there are ${Object.keys(benches).join(', ')}`)
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  console.error(`${name} …`)
  console.log(JSON.stringify({ [name]: await bench() }, null, 2))
}
