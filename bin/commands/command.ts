import { type ParseArgsConfig, parseArgs } from 'node:util'

export interface Command {
  readonly usage: string
  readonly summary: string
  /** Further lines of its own help. */
  readonly notes?: readonly string[]
  run(args: readonly string[]): Promise<void>
}

export type CommandTree = Readonly<Record<string, Command | Readonly<Record<string, Command>>>>

/** Tells a command from a group of them. */
export function isCommand(entry: Command | Readonly<Record<string, Command>>): entry is Command {
  return typeof entry.run === 'function'
}

/** The caller's mistake: shown without a stack, exit code 2. */
export class UsageError extends Error {}

/** Parses options strictly; an unknown one is a UsageError that says so. */
export function readOptions<const T extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: T,
  positionals = false,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: positionals, strict: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

/** A whole number within bounds, or a UsageError naming the option. */
export function readNumber(name: string, text: string, min: number, max: number): number {
  const value = Number(text)
  if (!Number.isFinite(value) || value < min || value > max)
    throw new UsageError(`--${name} is ${JSON.stringify(text)}; allowed: ${min} to ${max}`)
  return value
}

/** What `--help` prints: one command, one group, or everything. */
export function helpText(commands: CommandTree, name: string): string {
  const shown = commands[name] === undefined ? Object.entries(commands) : [[name, commands[name]] as const]
  const lines = shown.flatMap(([, entry]) =>
    entry === undefined ? [] : isCommand(entry) ? [entry] : Object.values(entry),
  )
  const width = Math.max(...lines.map(({ usage }) => usage.length))
  return [
    'Usage:',
    ...lines.map(({ usage, summary }) => `  gatehouse ${usage.padEnd(width)}  ${summary}`),
    '',
    ...(lines.length === 1 ? lines.flatMap(({ notes }) => (notes ? [...notes, ''] : [])) : []),
    'Settings come from the environment; README.md lists them.',
  ].join('\n')
}
