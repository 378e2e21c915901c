import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface Spawned {
  readonly ready: { readonly dashboard?: string; readonly devices?: string; readonly gateway?: string }
  /** What it wrote to standard error so far. */
  said(): string
  /** Sends a signal and waits for the end; answers the exit code, or null when the signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

/** Any free ports, a folder of its own, no simulated site: what most tests of the whole process want. */
export function productEnvironment(
  dataDir: string,
  more: Record<string, string> = {},
): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    GATEHOUSE_DATA: dataDir,
    GATEHOUSE_HOST: '127.0.0.1',
    GATEHOUSE_PORT: '0',
    GATEHOUSE_DEVICE_HOST: '127.0.0.1',
    GATEHOUSE_DEVICE_PORT: '0',
    GATEHOUSE_GATEWAY_PORT: '0',
    GATEHOUSE_SITE: 'empty',
    GATEHOUSE_ADOPT: 'auto',
    GATEHOUSE_TIME_ZONE: 'Asia/Kolkata',
    ...more,
  }
}

/** Starts the real command line in a process of its own and waits for its ready line. */
export function spawnProduct(args: readonly string[], env: Record<string, string>): Promise<Spawned> {
  const child = spawn(process.execPath, ['bin/gatehouse.ts', ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let said = ''
  const ended = new Promise<number | null>(resolve => child.once('exit', code => resolve(code)))
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      const line = out.split('\n').find(text => text.startsWith('{"ready":true'))
      if (line === undefined) return
      resolve({
        ready: JSON.parse(line) as Spawned['ready'],
        said: () => said,
        end: signal => {
          child.kill(signal)
          return ended
        },
      })
    })
    void ended.then(code => reject(new Error(`It ended with ${code} before it was ready:\n${said}`)))
  })
}

/** Runs a command of the command line to its end. */
export function runCommand(
  args: readonly string[],
  env: Record<string, string>,
  input = '',
): Promise<{ code: number | null; out: string; said: string }> {
  const child = spawn(process.execPath, ['bin/gatehouse.ts', ...args], {
    cwd: root,
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let out = ''
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  child.stdin.end(input)
  return new Promise(resolve => child.once('close', code => resolve({ code, out, said })))
}
