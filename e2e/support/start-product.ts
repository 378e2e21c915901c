import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Product {
  readonly dashboard: string
  readonly devices: string
  readonly gateway: string
  readonly passwords: Readonly<Record<string, string>>
  /** AuthToken for every device and right. */
  readonly token: string
}

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Starts the built product as a stranger would, with the simulated site, and stops it when the run is over. */
export default async function startProduct(): Promise<() => Promise<void>> {
  const data = mkdtempSync(join(tmpdir(), 'gatehouse-e2e-'))
  const env = {
    ...process.env,
    GATEHOUSE_DATA: data,
    GATEHOUSE_HOST: '127.0.0.1',
    GATEHOUSE_PORT: '0',
    GATEHOUSE_DEVICE_PORT: '0',
    GATEHOUSE_DEVICE_HOST: '127.0.0.1',
    GATEHOUSE_GATEWAY_PORT: '0',
    GATEHOUSE_ADOPT: 'auto',
    GATEHOUSE_TIME_ZONE: 'Asia/Kolkata',
    GATEHOUSE_WEBHOOK_SUBNETS: '127.0.0.0/8',
    GATEHOUSE_LOG_LEVEL: 'warn',
    GATEHOUSE_STEP_UP: 'yes',
  }
  const child = spawn(process.execPath, ['bin/gatehouse.ts', 'start'], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const { ready, said } = await untilReady(child)
  const passwords = Object.fromEntries(
    [...said.matchAll(/^ {4}(\w+) +(\S+)$/gm)].map(([, name = '', password = '']) => [name, password]),
  )
  const viewer = JSON.parse(
    await command(['user', 'add', '--name', 'viewer', '--role', 'viewer', '--json'], env),
  ) as { password: string }
  const { token } = JSON.parse(await command(['token', 'create', '--json'], env)) as { token: string }
  const productFile = join(data, 'e2e.json')
  // Workers inherit the environment; secrets stay in a file only this user reads.
  process.env.GATEHOUSE_E2E_FILE = productFile
  writeFileSync(
    productFile,
    JSON.stringify({ ...ready, passwords: { ...passwords, viewer: viewer.password }, token }),
    { mode: 0o600 },
  )
  return async () => {
    const ended = new Promise(resolve => child.once('exit', resolve))
    child.kill('SIGTERM')
    await ended
    rmSync(data, { recursive: true, force: true })
  }
}

function untilReady(child: ChildProcess): Promise<{ ready: object; said: string }> {
  return new Promise((resolve, reject) => {
    let out = ''
    let said = ''
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      const line = out.split('\n').find(text => text.startsWith('{"ready":true'))
      if (line !== undefined) resolve({ ready: JSON.parse(line) as object, said })
    })
    child.once('exit', code => reject(new Error(`The product ended with ${code}:\n${said}`)))
  })
}

/** Runs one command of the command line against the same data; answers its standard output. */
function command(args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['bin/gatehouse.ts', ...args], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let out = ''
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
    })
    child.once('close', code =>
      code === 0 ? resolve(out) : reject(new Error(`gatehouse ${args.join(' ')} ended with ${code}`)),
    )
  })
}
