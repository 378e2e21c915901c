import type { AuditAnswerBody, AuditEntryBody, AuditQuery } from '#contract/dashboard/audit.ts'
import type { ProxyStore } from '../store/index.ts'
import type { AuditTable } from '../store/schema.ts'

type AuditQueryInput = ReturnType<typeof AuditQuery.parse>

/** Newest first: each action with what came of it. */
export async function readEntries(
  db: Pick<ProxyStore, 'read'>,
  query: AuditQueryInput,
): Promise<AuditAnswerBody> {
  let select = db.read
    .selectFrom('audit')
    .selectAll()
    .where('intent_id', 'is', null)
    .orderBy('id', 'desc')
    .limit(query.Limit + 1)
  if (query.Before !== undefined) select = select.where('id', '<', query.Before)
  if (query.Actor !== undefined) select = select.where('actor', '=', query.Actor)
  if (query.Action !== undefined) select = select.where('action', '=', query.Action)
  const intents = await select.execute()
  const shown = intents.slice(0, query.Limit)
  const outcomes = shown.length === 0 ? [] : await readOutcomes(db, shown)
  const byIntent = Map.groupBy(outcomes, row => row.intent_id)
  return {
    Entries: shown.map(intent => toEntry(intent, byIntent.get(intent.id) ?? [])),
    Next: intents.length > shown.length ? (shown.at(-1)?.id ?? null) : null,
  }
}

function readOutcomes(db: Pick<ProxyStore, 'read'>, intents: readonly AuditTable[]): Promise<AuditTable[]> {
  const ids = intents.map(({ id }) => id)
  return db.read.selectFrom('audit').selectAll().where('intent_id', 'in', ids).orderBy('id').execute()
}

function toEntry(intent: AuditTable, outcomes: readonly AuditTable[]): AuditEntryBody {
  // An action that is over in one row carries its own outcome.
  const said = intent.outcome === null ? outcomes : [intent, ...outcomes]
  const deciding = decide(said)
  return {
    Id: intent.id,
    At: new Date(intent.at).toISOString(),
    Actor: intent.actor,
    Roles: JSON.parse(intent.roles) as string[],
    Address: intent.address,
    Action: intent.action,
    Subject: intent.subject,
    Input: JSON.parse(intent.input) as Record<string, unknown>,
    Outcome: (deciding?.outcome ?? 'intended') as AuditEntryBody['Outcome'],
    OutcomeAt: deciding ? new Date(deciding.at).toISOString() : null,
    Code: deciding?.code ?? null,
    CommandID: deciding?.command_id ?? null,
    Hash: (said.at(-1) ?? intent).hash,
  }
}

/** Worst first; an order still on its way outranks them all, because the action is not over. */
const weight = ['accepted', 'failed', 'unconfirmed', 'expired', 'refused', 'done']

/** One action may have become many orders: the latest word on each counts, and of those the one that matters most. */
function decide(rows: readonly AuditTable[]): AuditTable | undefined {
  const latest = new Map(rows.map(row => [row.command_id, row]))
  return [...latest.values()].sort(
    (a, b) => weight.indexOf(a.outcome ?? '') - weight.indexOf(b.outcome ?? ''),
  )[0]
}
