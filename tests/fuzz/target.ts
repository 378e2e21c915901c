import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Ledger, openLedger } from './ledger.ts'
import { guarded } from './requests.ts'
import type { FileAll, QueueFor, ServerReady } from './server.ts'

export interface Target {
  readonly devicesUrl: string
  readonly ledger: Ledger
  /** What it said when it ended, or null while it lives. */
  died(): string | null
  /** Resolves when all it has acknowledged is in its store. */
  filed(): Promise<void>
  /** Gives the guarded terminals something to fetch. */
  queueCommands(): Promise<void>
  stop(): Promise<void>
}

/** The real listener in a process of its own, so that its end is an outcome and not ours. */
export async function startTarget(): Promise<Target> {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-fuzz-'))
  const sealKey = randomBytes(32)
  const child = fork(new URL('server.ts', import.meta.url), [sealKey.toString('hex'), dataDir], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const end = watchEnd(child)
  const ready = await Promise.race([once(child, 'message'), once(child, 'exit')])
  if (end() !== null) throw new Error(`The server did not start: ${end()}`)
  // The first message is this one; see server.ts.
  const { devicesUrl } = ready[0] as ServerReady
  const ledger = openLedger(join(dataDir, 'gateway.db'), sealKey)
  const ask = async (message: QueueFor | FileAll) => {
    if (end() !== null) return
    const answered = once(child, 'message')
    child.send(message)
    await Promise.race([answered, once(child, 'exit')])
  }
  for (const serial of guarded) await fetch(`${devicesUrl}/iclock/cdata?SN=${serial}&options=all`)
  return {
    devicesUrl,
    ledger,
    died: end,
    filed: () => ask({ file: 'all' }),
    async queueCommands() {
      for (const queueFor of guarded) await ask({ queueFor })
    },
    async stop() {
      ledger.close()
      if (end() === null) {
        const ended = once(child, 'exit')
        child.disconnect()
        await ended
      }
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

function watchEnd(child: ChildProcess): () => string | null {
  let said = ''
  let end: string | null = null
  child.stderr?.on('data', (chunk: Buffer) => {
    said = `${said}${chunk.toString()}`.slice(-4000)
  })
  child.once('exit', (code, signal) => {
    end = `it ended with ${code ?? signal}\n${said}`
  })
  return () => end
}
