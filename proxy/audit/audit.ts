import { OperationError } from '#contract/errors.ts'
import type { Clock } from '#platform/clock.ts'
import type { Logger } from '#platform/logger.ts'
import type { ProxyStore } from '../store/index.ts'
import { type AuditRow, appendRows } from './append.ts'
import { redact, redactText } from './redact.ts'

export type Outcome = 'done' | 'accepted' | 'refused' | 'failed' | 'expired' | 'unconfirmed'

/** Who wants what, where, from which address. */
export interface Intent {
  readonly actor: string
  readonly roles: readonly string[]
  readonly address: string
  readonly action: string
  readonly subject?: string | undefined
  readonly input?: Readonly<Record<string, unknown>>
  readonly hide?: readonly string[] | undefined
}

export interface Conclusion {
  readonly outcome: Outcome
  readonly code?: string | undefined
  /** The order at the terminal this action became; its end is added when the terminal has answered. */
  readonly commandId?: string | undefined
}

export interface Audit {
  /** Writes what is about to be done and answers its id. AUDIT_UNAVAILABLE if it cannot: then it must not be done. */
  intend(intent: Intent): Promise<number>
  /** Adds what came of it, one row per order. Never throws: what was done cannot be undone; it is tried again. */
  conclude(intentId: number, conclusions: readonly Conclusion[]): Promise<void>
  /** Writes an action that is over in one row. AUDIT_UNAVAILABLE if it cannot. */
  record(intent: Intent, conclusion: Conclusion): Promise<void>
  /** Adds how an order ended to every action that waits for it. Repeats change nothing. */
  settleCommand(commandId: string, conclusion: Conclusion): Promise<void>
}

interface AuditDeps {
  readonly db: ProxyStore
  readonly clock: Clock
  readonly log: Logger
}

const concludeAttempts = 6
const earlyMax = 1000

/** The append-only record of who did what (house 3.6, steps 5 and 10). One per process. */
export function createAudit(deps: AuditDeps): Audit {
  const { db, clock, log } = deps
  // Ends of orders heard before their beginning was written: a quick terminal beats our own commit.
  const early = new Map<string, Conclusion>()
  let queue: Promise<unknown> = Promise.resolve()
  let settling: Promise<unknown> = Promise.resolve()

  // One append at a time: on PostgreSQL, waiting for the head's row lock would otherwise hold every connection.
  const append = (rows: readonly Omit<AuditRow, 'at'>[]): Promise<number> => {
    const turn = queue.then(() =>
      appendRows(
        db,
        rows.map(row => ({ ...row, at: clock.now() })),
      ),
    )
    queue = turn.catch(() => undefined)
    return turn
  }
  const appendOrRefuse = async (row: Omit<AuditRow, 'at'>): Promise<number> => {
    try {
      return await append([row])
    } catch (error) {
      log.error({ err: error, action: row.action }, 'audit could not be written')
      throw new OperationError('AUDIT_UNAVAILABLE')
    }
  }
  // One at a time as well, so that two reports of one end cannot both find the entry open.
  const settle = (commandId: string, conclusion: Conclusion): Promise<void> => {
    const turn = settling.then(async () => {
      keepEarly(commandId, conclusion)
      const waiting = await waitingIntents(db, commandId)
      if (waiting.length === 0) return
      early.delete(commandId)
      const open = waiting.filter(({ settled }) => !settled)
      if (open.length > 0) await append(open.map(({ id }) => outcomeRow(id, conclusion)))
    })
    settling = turn.catch(() => undefined)
    return turn
  }
  const keepEarly = (commandId: string, conclusion: Conclusion): void => {
    early.set(commandId, conclusion)
    const oldest = early.keys().next().value
    if (early.size > earlyMax && oldest !== undefined) early.delete(oldest)
  }
  const concludeOnce = async (intentId: number, conclusions: readonly Conclusion[]): Promise<void> => {
    await append(conclusions.map(conclusion => outcomeRow(intentId, conclusion)))
    for (const { commandId } of conclusions) {
      const known = commandId === undefined ? undefined : early.get(commandId)
      if (commandId !== undefined && known !== undefined) await settle(commandId, known)
    }
  }
  const tryAgain = async (intentId: number, conclusions: readonly Conclusion[]): Promise<void> => {
    for (let attempt = 1; attempt < concludeAttempts; attempt++) {
      await clock.sleep(250 * 2 ** attempt)
      try {
        return await concludeOnce(intentId, conclusions)
      } catch (error) {
        log.error({ err: error, intentId, attempt }, 'audit outcome could not be written')
      }
    }
    log.fatal({ intentId, conclusions }, 'audit outcome given up; the entry stays "intended"')
  }
  return {
    intend: intent => appendOrRefuse(intentRow(intent, null)),
    async record(intent, conclusion) {
      await appendOrRefuse(intentRow(intent, conclusion))
    },
    async conclude(intentId, conclusions) {
      try {
        await concludeOnce(intentId, conclusions)
      } catch (error) {
        log.error({ err: error, intentId }, 'audit outcome could not be written')
        void tryAgain(intentId, conclusions)
      }
    },
    settleCommand: (commandId, conclusion) => settle(commandId, { ...conclusion, commandId }),
  }
}

/** Actions that became this order, each with whether its end is already known. */
async function waitingIntents(
  db: ProxyStore,
  commandId: string,
): Promise<{ id: number; settled: boolean }[]> {
  const rows = await db.read
    .selectFrom('audit')
    .select(['intent_id', 'outcome'])
    .where('command_id', '=', commandId)
    .where('intent_id', 'is not', null)
    .execute()
  const ids = [...new Set(rows.map(row => row.intent_id))].filter(id => id !== null)
  return ids.map(id => ({
    id,
    settled: rows.some(row => row.intent_id === id && row.outcome !== 'accepted'),
  }))
}

function intentRow(intent: Intent, conclusion: Conclusion | null): Omit<AuditRow, 'at'> {
  return {
    intent_id: null,
    actor: intent.actor,
    roles: JSON.stringify(intent.roles),
    address: intent.address,
    action: intent.action,
    subject: intent.subject === undefined ? null : redactText(intent.subject),
    input: redact(intent.input ?? {}, intent.hide),
    outcome: conclusion?.outcome ?? null,
    code: conclusion?.code ?? null,
    command_id: conclusion?.commandId ?? null,
  }
}

/** Says only what is new; who and what stand in the intent it names. */
function outcomeRow(intentId: number, conclusion: Conclusion): Omit<AuditRow, 'at'> {
  return {
    intent_id: intentId,
    actor: '',
    roles: '[]',
    address: '',
    action: '',
    subject: null,
    input: '{}',
    outcome: conclusion.outcome,
    code: conclusion.code ?? null,
    command_id: conclusion.commandId ?? null,
  }
}
