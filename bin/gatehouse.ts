import { ConfigError } from '#platform/config.ts'
import { helpText, isCommand, UsageError } from './commands/command.ts'
import { commands } from './commands/index.ts'

/** The command line: `gatehouse <command> [options]`. Answers to standard output, everything else to standard error. */
async function main(argv: readonly string[]): Promise<void> {
  const [name = 'help', ...rest] = argv
  const entry = commands[name]
  const own = entry !== undefined && !isCommand(entry)
  const command = own ? entry[rest[0] ?? ''] : entry
  if (command === undefined || rest.includes('--help')) {
    process.stderr.write(`${helpText(commands, name)}\n`)
    process.exitCode =
      command === undefined && !['help', '--help', '-h'].includes(name) && !rest.includes('--help') ? 2 : 0
    return
  }
  await command.run(own ? rest.slice(1) : rest)
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  if (error instanceof ConfigError) {
    process.stderr.write('Settings that do not fit:\n')
    for (const { name, was, allowed } of error.faults)
      process.stderr.write(`  ${name} is ${was}; allowed: ${allowed}\n`)
    process.exit(2)
  }
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n`)
    process.exit(2)
  }
  const { code, message, port, address } = error as NodeJS.ErrnoException & {
    port?: number
    address?: string
  }
  process.stderr.write(
    code === 'EADDRINUSE'
      ? `Port ${port} at ${address} is taken by another program. Set another port, or 0 for any free one.\n`
      : `Gatehouse stopped: ${message}\n`,
  )
  if (code !== 'EADDRINUSE' && error instanceof Error) process.stderr.write(`${error.stack}\n`)
  process.exit(1)
}
