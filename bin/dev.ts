import { spawn } from 'node:child_process'
import { createServer } from 'vite'
import { root } from './run-tool.ts'

/** For developers: the servers restart and the page reloads on save. The page is Vite's, its calls go to the servers. */
const vite = await createServer({ root, server: { host: '127.0.0.1', port: 5173 } })
await vite.listen()
vite.printUrls()
const servers = spawn(process.execPath, ['--watch', '--watch-preserve-output', 'bin/gatehouse.ts', 'start'], {
  cwd: root,
  stdio: 'inherit',
})
const stop = async () => {
  servers.kill('SIGTERM')
  await vite.close()
  process.exit(0)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop())
process.once('disconnect', () => void stop())
