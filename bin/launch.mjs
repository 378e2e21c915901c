// Plain JavaScript that Node 20 can run: finds or fetches the Node the product needs, installs, builds, and hands over.
// Everything it says goes to standard error; standard output belongs to what it starts.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const nodeVersion = '24.21.0'
const nodeFolder = join(root, '.node24')
const [command = 'start', ...args] = process.argv.slice(2)

const scripts = {
  start: 'bin/gatehouse.ts',
  gatehouse: 'bin/gatehouse.ts',
  dev: 'bin/dev.ts',
  test: 'bin/test.ts',
  check: 'bin/check.ts',
  bench: 'bench/run.ts',
  fuzz: 'tests/fuzz/run.ts',
  generate: 'bin/generate.ts',
  build: 'bin/build.ts',
}

main()

function main() {
  const node = findNode()
  process.env.PATH = `${dirname(node)}${delimiter}${process.env.PATH}`
  install()
  const script = scripts[command]
  if (script === undefined) fail(`There is no command ${command}. Known: ${Object.keys(scripts).join(', ')}`)
  if (command === 'start') build(node)
  run(node, [join(root, script), ...(command === 'start' ? ['start', ...args] : args)])
}

/** The running Node when it is new enough, else one of our own, fetched once. */
function findNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 19)) return process.execPath
  const own = join(
    nodeFolder,
    'node_modules',
    'node',
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  )
  if (!existsSync(own)) {
    say(
      `Node ${process.versions.node} is too old for Gatehouse; fetching Node ${nodeVersion} into .node24 (once)`,
    )
    mkdirSync(nodeFolder, { recursive: true })
    writeFileSync(join(nodeFolder, 'package.json'), '{"private":true}\n')
    must(
      'npm',
      ['install', '--no-audit', '--no-fund', '--no-save', '--no-package-lock', `node@${nodeVersion}`],
      nodeFolder,
    )
    if (!existsSync(own))
      fail(`Node ${nodeVersion} could not be fetched. Install Node 22.19 or newer and try again.`)
  }
  return own
}

/** Installs exactly what the lockfile says, when it has changed since the last time. */
function install() {
  const stamp = join(root, 'node_modules', '.gatehouse-installed')
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  say('Installing dependencies (once)')
  // No install scripts: native parts come prebuilt, and nothing of a stranger's runs at install time. Not `npm ci`: it
  // refuses a lockfile that was written where packages for other platforms were not to be had.
  must(
    'npm',
    [
      'install',
      '--ignore-scripts',
      '--no-save',
      '--no-audit',
      '--no-fund',
      '--include=dev',
      '--loglevel=error',
    ],
    root,
  )
  writeFileSync(stamp, wanted)
}

/** Builds the browser part when its sources have changed since the last time. */
function build(node) {
  const stamp = join(root, 'dist', '.gatehouse-built')
  const wanted = sourcesHash([
    'src',
    'contract',
    'public',
    'index.html',
    'vite.config.ts',
    'package-lock.json',
  ])
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  say('Building the dashboard (once)')
  must(node, [join(root, 'bin', 'build.ts')], root)
  writeFileSync(stamp, wanted)
}

function sourcesHash(paths) {
  const hash = createHash('sha256')
  const visit = path => {
    const absolute = join(root, path)
    if (!existsSync(absolute)) return
    if (statSync(absolute).isDirectory())
      for (const name of readdirSync(absolute).sort()) visit(join(path, name))
    else hash.update(path).update(readFileSync(absolute))
  }
  for (const path of paths) visit(path)
  return hash.digest('hex')
}

/** Runs the real thing; its exit code is ours, and it never outlives us. */
function run(node, argv) {
  const child = spawn(node, argv, {
    cwd: process.cwd(),
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: process.env,
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
}

function must(file, argv, cwd) {
  const { status, error } = spawnSync(file, argv, {
    cwd,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (status !== 0) fail(`${file} ${argv.slice(0, 2).join(' ')} failed${error ? `: ${error.message}` : ''}`)
}

function say(text) {
  process.stderr.write(`gatehouse: ${text}\n`)
}

function fail(text) {
  say(text)
  process.exit(1)
}
