import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

export interface ToolResult {
  readonly code: number
  readonly output: string
}

/** Runs a program of node_modules/.bin (or this Node) in the repository and gathers what it says. */
export function runTool(
  command: readonly string[],
  options: { echo?: boolean; env?: Record<string, string> } = {},
): Promise<ToolResult> {
  const [name = '', ...args] = command
  return new Promise(resolve => {
    const file = name === 'node' ? process.execPath : `${root}node_modules/.bin/${name}`
    const child = spawn(file, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, FORCE_COLOR: '0', ...options.env },
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString()
        if (options.echo) process.stderr.write(chunk)
      })
    }
    child.on('error', error => resolve({ code: 1, output: `${output}${error.message}` }))
    child.on('close', code => resolve({ code: code ?? 1, output }))
  })
}
