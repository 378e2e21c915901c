import { backup, restore } from './backup.ts'
import type { CommandTree } from './command.ts'
import { daysRebuild, daysVerify } from './days.ts'
import { journalVerify } from './journal.ts'
import { keysRotate } from './keys.ts'
import { migrateCommand } from './migrate.ts'
import { gatewayCommand, proxyCommand, start } from './serve.ts'
import { simulate } from './simulate.ts'
import { tokenCreate } from './token.ts'
import { userAdd, userReset, userSites } from './user.ts'

/** Every command of interface.md, by name. */
export const commands: CommandTree = {
  start,
  gateway: gatewayCommand,
  proxy: proxyCommand,
  migrate: migrateCommand,
  token: { create: tokenCreate },
  user: { add: userAdd, 'reset-password': userReset, sites: userSites },
  simulate,
  journal: { verify: journalVerify },
  keys: { rotate: keysRotate },
  days: { verify: daysVerify, rebuild: daysRebuild },
  backup,
  restore,
}
