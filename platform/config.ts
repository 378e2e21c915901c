import type { z } from 'zod'

export interface ConfigFault {
  readonly name: string
  readonly was: string
  readonly allowed: string
}

/** Thrown once with every fault, so that nobody fixes settings one start at a time. */
export class ConfigError extends Error {
  readonly faults: readonly ConfigFault[]
  constructor(faults: readonly ConfigFault[]) {
    super(faults.map(({ name, was, allowed }) => `${name} is ${was}; allowed: ${allowed}`).join('\n'))
    this.name = 'ConfigError'
    this.faults = faults
  }
}

/**
 * Reads settings from the environment. Each field of the schema is named like its variable and carries, as its
 * description, what is allowed; `together` judges settings that depend on each other. Empty text counts as not set. Secrets (names ending in TOKEN, SECRET or URL) are not
 * repeated in faults.
 */
export function readConfig<T extends z.ZodObject>(
  schema: T,
  env: Record<string, string | undefined>,
  together: (given: Readonly<Record<string, string | undefined>>) => ConfigFault[] = () => [],
): z.output<T> {
  const given = Object.fromEntries(
    Object.keys(schema.shape).map(name => [name, env[name] === '' ? undefined : env[name]]),
  )
  const parsed = schema.safeParse(given)
  const faults = new Map<string, ConfigFault>(together(given).map(fault => [fault.name, fault]))
  if (parsed.success && faults.size === 0) return parsed.data
  for (const issue of parsed.error?.issues ?? []) {
    const name = String(issue.path[0])
    const field = schema.shape[name] as z.ZodType | undefined
    faults.set(name, { name, was: shown(name, given[name]), allowed: field?.description ?? issue.message })
  }
  throw new ConfigError([...faults.values()])
}

function shown(name: string, value: string | undefined): string {
  if (value === undefined) return 'not set'
  return /(TOKEN|SECRET|URL)$/.test(name) ? 'set, not shown' : JSON.stringify(value)
}
