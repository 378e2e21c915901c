import { runTool, type ToolResult } from './run-tool.ts'

export interface CheckResult {
  readonly name: string
  readonly ok: boolean
  readonly output: string
  readonly seconds: number
}

const checks: readonly { readonly name: string; readonly command: readonly string[] }[] = [
  {
    name: 'format and lint',
    command: ['biome', 'ci', '--error-on-warnings', '--diagnostic-level=warn', '.'],
  },
  { name: 'types', command: ['tsc', '-b'] },
  {
    name: 'arrows',
    command: [
      'depcruise',
      '--config',
      '.dependency-cruiser.cjs',
      'contract',
      'platform',
      'gateway',
      'proxy',
      'bin',
      'src',
    ],
  },
  { name: 'unused code', command: ['knip', '--no-progress'] },
  { name: 'generated files', command: ['node', 'bin/generate.ts', '--check'] },
]

/** The static checks, two at a time (the computer they are sized for has two cores). */
export async function runChecks(): Promise<CheckResult[]> {
  const results: CheckResult[] = []
  const waiting = [...checks]
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const started = performance.now()
      const { code, output }: ToolResult = await runTool(next.command)
      const result = {
        name: next.name,
        ok: code === 0,
        output,
        seconds: (performance.now() - started) / 1000,
      }
      results.push(result)
      process.stderr.write(
        `${result.ok ? 'ok  ' : 'FAIL'} ${result.name} (${result.seconds.toFixed(1)} s)\n${result.ok ? '' : output}`,
      )
    }
  }
  await Promise.all([work(), work()])
  return results
}

if (import.meta.filename === process.argv[1]) {
  const results = await runChecks()
  process.exitCode = results.every(({ ok }) => ok) ? 0 : 1
}
