import { verifyAudit } from '../../proxy/audit/verify.ts'
import { readSettings } from '../settings.ts'
import { openProxyStore } from '../start.ts'
import { type Command, readOptions } from './command.ts'

export const journalVerify: Command = {
  usage: 'journal verify [--json]',
  summary: 'walk the chain of the audit and name the first broken place',
  async run(args) {
    const { values } = readOptions(args, { json: { type: 'boolean', default: false } })
    const db = await openProxyStore(readSettings(process.env))
    try {
      const verdict = await verifyAudit(db)
      const line = verdict.ok
        ? `The audit is whole: ${verdict.rows} rows, head ${verdict.head}`
        : `The audit is broken at row ${verdict.brokenAt} (${verdict.why})`
      process.stdout.write(`${values.json ? JSON.stringify(verdict) : line}\n`)
      if (!verdict.ok) process.exitCode = 1
    } finally {
      await db.close()
    }
  },
}
