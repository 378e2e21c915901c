import { startServer } from '/work/main/bench/ingest/server.ts'
import { postPunches } from '/work/main/bench/ingest/load.ts'
import { spread } from '/work/main/bench/percentile.ts'
const T = Number(process.env.T ?? 10)
const S = Number(process.env.S ?? 3)
const servers = {
  ours: await startServer('our-server.ts'),
  grouped: await startServer('bare-server.ts', ['grouped']),
  single: await startServer('bare-server.ts', ['single']),
}
let run = 0
for (const [name, s] of Object.entries(servers)) await postPunches({ url: s.url, terminals: T, linesPerPost: 1, keepAlive: true, seconds: 1, run: run++ })
for (let round = 0; round < Number(process.env.R ?? 2); round++)
for (const keepAlive of [true, false]) for (const linesPerPost of [1, 100]) {
  const out = []
  for (const [name, s] of Object.entries(servers)) {
    await s.begin()
    const r = await postPunches({ url: s.url, terminals: T, linesPerPost, keepAlive, seconds: S, run: run++ })
    const u = await s.usage()
    out.push(`${name} ${r.linesPerSecond}/s p99 ${spread(r.latencies).p99} cpu ${(u.cpuMs / u.wallMs * 100).toFixed(0)}%`)
  }
  console.log(keepAlive ? 'keep' : 'new ', linesPerPost, out.join(' | '))
}
for (const s of Object.values(servers)) await s.end()
