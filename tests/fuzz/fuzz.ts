import fc from 'fast-check'
import type { Ledger } from './ledger.ts'
import { type Handed, judge } from './promises.ts'
import { type Rendered, render } from './render.ts'
import { type Conversation, conversation } from './requests.ts'
import { talk } from './talk.ts'
import { startTarget, type Target } from './target.ts'

const conversationsAtOnce = 16
const runsAtOnce = 25

export interface FuzzOptions {
  /** At least so many requests are sent. */
  readonly requests: number
  readonly seed: number
  readonly progress?: (done: number, requests: number) => void
}

export interface FuzzOutcome {
  readonly requests: number
  readonly connections: number
  /** Uploads whose lines were looked for afterwards. */
  readonly acknowledged: number
  /** Commands in replies whose terminal was looked up. */
  readonly commands: number
  readonly statuses: Readonly<Record<number, number>>
  /** The smallest conversations found that break a promise, in words; null when there are none. */
  readonly failure: string | null
}

/** Drives mutated requests through the real listener and holds every promise about its replies and its store against it. */
export async function fuzz({ requests, seed, progress }: FuzzOptions): Promise<FuzzOutcome> {
  let target: Target = await startTarget()
  const count = { requests: 0, connections: 0, acknowledged: 0, commands: 0 }
  const statuses: Record<number, number> = {}
  let people = 0
  let batches = 0
  const unique = () => ++people

  async function converse(one: Conversation, rendered: Rendered) {
    const exchanged = await talk(target.devicesUrl, rendered.bytes, one)
    count.connections += 1
    count.requests += rendered.said?.length ?? 1
    for (const { status } of exchanged.replies) statuses[status] = (statuses[status] ?? 0) + 1
    return judge(rendered, exchanged, one.lostAt !== null)
  }

  const property = fc.asyncProperty(
    fc.array(conversation, { minLength: 1, maxLength: conversationsAtOnce, size: 'max' }),
    async conversations => {
      if (batches++ % 10 === 0) await target.queueCommands()
      const judged = await Promise.all(
        conversations.map(one =>
          converse(one, render(one, unique)).catch(error => ({
            wrong: [String(error)],
            acknowledged: [],
            commands: [],
          })),
        ),
      )
      const acknowledged = judged.flatMap(one => one.acknowledged)
      count.acknowledged += acknowledged.length
      await target.filed()
      const end = target.died()
      if (end !== null) {
        await target.stop()
        target = await startTarget()
        throw new Error(`the process is gone: ${end}`)
      }
      const commands = judged.flatMap(one => one.commands)
      count.commands += commands.length
      const wrong = [
        ...judged.flatMap(one => one.wrong),
        ...target.ledger.missing(acknowledged),
        ...astray(commands, target.ledger),
      ]
      if (wrong.length > 0) throw new Error(wrong.slice(0, 5).join('\n'))
    },
  )
  let failure: string | null = null
  for (let part = 0; failure === null && count.requests < requests; part += 1) {
    const details = await fc.check(property, { seed: seed + part, numRuns: runsAtOnce })
    if (details.failed) failure = describeFailure(details, render)
    progress?.(Math.min(count.requests, requests), requests)
  }
  await target.stop()
  return { ...count, statuses, failure }
}

function astray(commands: readonly Handed[], ledger: Ledger): string[] {
  return commands.flatMap(({ id, isFor }) => {
    const owner = ledger.ownerOf(id)
    return owner !== undefined && isFor(owner)
      ? []
      : [`command ${id} of ${owner} in a reply to somebody else`]
  })
}

function describeFailure(details: fc.RunDetails<[Conversation[]]>, show: typeof render): string {
  const reason =
    details.errorInstance instanceof Error ? details.errorInstance.message : String(details.errorInstance)
  const [conversations = []] = details.counterexample ?? []
  const sent = conversations.map(one => {
    const bytes = show(one, () => 1).bytes.toString('latin1')
    const shown = JSON.stringify(bytes).replace(
      /(.)\1{50,}/g,
      (run, [char]) => `${char}<${run.length} times>`,
    )
    return `${shown}\n  cut at ${JSON.stringify(one.cuts)}, lost at ${one.lostAt}`
  })
  return `seed ${details.seed}, path ${details.counterexamplePath}, ${details.numShrinks} times smaller\n${reason}\n${sent.join('\n')}`
}
