import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildDashboard } from './build.ts'
import { runChecks } from './check.ts'
import { prepareBrowser, preparePostgres } from './prepare-tests.ts'
import { runTool } from './run-tool.ts'
import { checkSizes } from './size-budget.ts'

interface Count {
  passed: number
  failed: number
}

const count: Count = { passed: 0, failed: 0 }
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-results-'))

function note(what: string, passed: number, failed: number): void {
  count.passed += passed
  count.failed += failed
  process.stderr.write(`== ${what}: ${passed} passed, ${failed} failed\n`)
}

/** Everything CI runs, in order of how soon it tells something; ends with one line of totals. */
async function main(): Promise<void> {
  const checks = await runChecks()
  note('static checks', checks.filter(({ ok }) => ok).length, checks.filter(({ ok }) => !ok).length)
  await buildDashboard()
  const sizes = await checkSizes()
  note('size budget', sizes.filter(({ ok }) => ok).length, sizes.filter(({ ok }) => !ok).length)
  preparePostgres()
  await vitest()
  await browser()
}

async function vitest(): Promise<void> {
  const file = join(folder, 'vitest.json')
  const { code } = await runTool(
    ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
    { echo: true },
  )
  const result = readJson<{
    numPassedTests: number
    numFailedTests: number
    numTotalTests: number
    numFailedTestSuites: number
  }>(file)
  const failed = result === null ? 1 : Math.max(result.numFailedTests, code === 0 ? 0 : 1)
  note('tests', result?.numPassedTests ?? 0, failed)
}

async function browser(): Promise<void> {
  const executable = await prepareBrowser()
  const file = join(folder, 'playwright.json')
  const { code } = await runTool(['playwright', 'test', '--reporter=line,json'], {
    echo: true,
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: file, GATEHOUSE_TEST_BROWSER: executable },
  })
  const stats = readJson<{ stats: { expected: number; unexpected: number; flaky: number } }>(file)?.stats
  const failed = stats === undefined ? 1 : Math.max(stats.unexpected + stats.flaky, code === 0 ? 0 : 1)
  note('browser', stats?.expected ?? 0, failed)
}

function readJson<T>(file: string): T | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T
  } catch {
    return null
  }
}

try {
  await main()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  count.failed += 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.stdout.write(`${count.passed} passed, ${count.failed} failed\n`)
process.exitCode = count.failed > 0 || count.passed === 0 ? 1 : 0
