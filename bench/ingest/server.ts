import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { Asked, Usage } from './report.ts'

export interface MeasuredServer {
  readonly url: string
  /** Starts measuring anew. */
  begin(): Promise<void>
  usage(): Promise<Usage>
  end(): Promise<void>
}

/** Starts a server of this folder in a process of its own and waits until it listens. */
export async function startServer(script: string, args: readonly string[] = []): Promise<MeasuredServer> {
  const child = fork(new URL(script, import.meta.url), args, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const { url } = await heard<{ url: string }>(child, 'url')
  const ask = <T>(asked: Asked, key: string) => {
    const answer = heard<T>(child, key)
    child.send(asked)
    return answer
  }
  return {
    url,
    begin: async () => void (await ask({ type: 'begin' }, 'begun')),
    usage: async () => (await ask<{ usage: Usage }>({ type: 'usage' }, 'usage')).usage,
    async end() {
      const ended = once(child, 'exit')
      child.send({ type: 'end' } satisfies Asked)
      await ended
    },
  }
}

function heard<T>(child: ChildProcess, key: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const exited = (code: number | null) => reject(new Error(`The server ended with ${code}`))
    child.once('exit', exited)
    const listen = (message: object) => {
      if (!(key in message)) return
      child.off('message', listen)
      child.off('exit', exited)
      resolve(message as T)
    }
    child.on('message', listen)
  })
}
