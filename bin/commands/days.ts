import { type Recount, rebuildDays, recountDays } from '../../gateway/attendance/days/recount.ts'
import { openGatewayStore } from '../gateway.ts'
import { readSettings } from '../settings.ts'
import { type Command, readOptions } from './command.ts'

const shownMax = 20

export const daysVerify: Command = {
  usage: 'days verify [--json]',
  summary: 'judge every settled day anew, count all punches, and name each difference from what is kept',
  run: args => report(args, async store => recountDays(store.read, Date.now())),
}

export const daysRebuild: Command = {
  usage: 'days rebuild [--json]',
  summary: 'throw the kept days and counts away, make them anew from the punches, and verify',
  notes: ['Punches and corrections are not touched. The product may run meanwhile.'],
  run: args => report(args, store => rebuildDays(store, Date.now())),
}

async function report(
  args: readonly string[],
  work: (store: Awaited<ReturnType<typeof openGatewayStore>>) => Promise<Recount>,
): Promise<void> {
  const { values } = readOptions(args, { json: { type: 'boolean', default: false } })
  const store = await openGatewayStore(readSettings(process.env))
  try {
    const recount = await work(store)
    process.stdout.write(`${values.json ? JSON.stringify(recount) : inWords(recount)}\n`)
    if (recount.differences.length > 0) process.exitCode = 1
  } finally {
    await store.close()
  }
}

function inWords({ people, days, terminalDays, due, differences }: Recount): string {
  const compared = `${days} days of ${people} people and ${terminalDays} days of terminals counted anew`
  const later = due > 0 ? `; ${due} reasons to judge days again are still waiting` : ''
  if (differences.length === 0) return `Everything kept is what a recount says: ${compared}${later}`
  return [
    `${differences.length} differences; ${compared}${later}`,
    ...differences
      .slice(0, shownMax)
      .map(({ what, kept, counted }) => `  ${what}: kept ${kept}, counted ${counted}`),
    ...(differences.length > shownMax ? [`  and ${differences.length - shownMax} more`] : []),
  ].join('\n')
}
