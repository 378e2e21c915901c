import { systemClock } from '#platform/clock.ts'
import { createLogger } from '#platform/logger.ts'
import { isRole, roles } from '../../proxy/access/roles.ts'
import { type Accounts, openAccounts } from '../../proxy/sessions/open-accounts.ts'
import { openKeys } from '../keys.ts'
import { readSettings } from '../settings.ts'
import { openProxyStore } from '../start.ts'
import { type Command, readOptions, UsageError } from './command.ts'

export const userAdd: Command = {
  usage: `user add --name N --role ${roles.join('|')}... [--site S]... [--json]`,
  summary: 'an account; the password comes from standard input, or is made and printed once',
  async run(args) {
    const { values } = readOptions(args, {
      name: { type: 'string' },
      role: { type: 'string', multiple: true },
      site: { type: 'string', multiple: true },
      json: { type: 'boolean', default: false },
    })
    const { name } = values
    const wanted = (values.role ?? []).flatMap(role => role.split(','))
    if (name === undefined) throw new UsageError('--name is missing')
    if (wanted.length === 0) throw new UsageError('--role is missing')
    for (const role of wanted)
      if (!isRole(role))
        throw new UsageError(`--role is ${JSON.stringify(role)}; allowed: ${roles.join(', ')}`)
    const password = await readPassword()
    await withAccounts(async accounts => {
      const made = await accounts.add({ name, roles: wanted, sites: values.site, password })
      answer(values.json, {
        name: made.name,
        roles: wanted,
        ...(values.site ? { sites: values.site } : {}),
        ...(password === undefined ? { password: made.password } : {}),
      })
    })
  },
}

export const userReset: Command = {
  usage: 'user reset-password --name N [--json]',
  summary: 'a new one-time password, printed once; every session of the account ends',
  async run(args) {
    const { values } = readOptions(args, {
      name: { type: 'string' },
      json: { type: 'boolean', default: false },
    })
    const { name } = values
    if (name === undefined) throw new UsageError('--name is missing')
    await withAccounts(async accounts => answer(values.json, await accounts.resetPassword(name)))
  },
}

export const userSites: Command = {
  usage: 'user sites --name N --site S... | --all [--json]',
  summary: 'binds an account to sites: it sees and moves nothing elsewhere; --all binds it to none',
  async run(args) {
    const { values } = readOptions(args, {
      name: { type: 'string' },
      site: { type: 'string', multiple: true },
      all: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    })
    const { name } = values
    if (name === undefined) throw new UsageError('--name is missing')
    if (values.all === (values.site !== undefined)) throw new UsageError('give --site, or --all')
    const sites = values.site ?? null
    await withAccounts(async accounts => {
      await accounts.setSites(name, sites)
      const bound = sites === null ? 'every site' : sites.join(', ')
      process.stdout.write(
        `${values.json ? JSON.stringify({ name, sites }) : `${name} is bound to ${bound}.`}\n`,
      )
    })
  },
}

/** One line of standard input when something is piped in; a terminal is not asked. */
async function readPassword(): Promise<string | undefined> {
  if (process.stdin.isTTY) return undefined
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  const [line = ''] = Buffer.concat(chunks).toString('utf8').split(/\r?\n/)
  return line === '' ? undefined : line
}

async function withAccounts(use: (accounts: Accounts) => Promise<void>): Promise<void> {
  const settings = readSettings(process.env)
  const db = await openProxyStore(settings)
  try {
    const { proxyKey } = openKeys(settings.dataDir)
    await use(openAccounts({ db, secretKey: proxyKey, clock: systemClock, log: createLogger('warn') }))
  } finally {
    await db.close()
  }
}

function answer(
  json: boolean,
  made: { name: string; roles?: readonly string[]; sites?: readonly string[]; password?: string },
): void {
  const line =
    made.password === undefined
      ? `${made.name} can sign in with the password given.`
      : `${made.name}  ${made.password}`
  process.stdout.write(`${json ? JSON.stringify(made) : line}\n`)
}
