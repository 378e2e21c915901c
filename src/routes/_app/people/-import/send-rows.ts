import type { OperationAnswer } from '#contract/types.ts'
import { client } from '../../../../api/client.ts'
import { chunked, type ImportRow } from './rows.ts'

/** The proxy takes 256 kB in one body; with room for the rest of it. */
const charactersMax = 150_000
const rowsMax = 1000

type Answer = OperationAnswer<'users.import'>

export interface Judged {
  readonly row: number
  readonly code: string
  readonly outcome: Answer['Rows'][number]['Outcome']
  readonly changes: readonly string[]
  readonly errors: Answer['Rows'][number]['Errors']
}

export interface Sent {
  readonly judged: readonly Judged[]
  readonly changeIds: readonly string[]
  readonly jobIds: readonly string[]
  /** The failure that ended it early; what was sent before counts. */
  readonly error: unknown
}

/** Sends rows in parts that fit a request, in order; a dry run writes nothing. Stops at the first failure. */
export async function sendRows(
  rows: readonly ImportRow[],
  options: { readonly dryRun: boolean; readonly terminals: readonly string[] },
  onProgress: (done: number) => void,
): Promise<Sent> {
  const judged: Judged[] = []
  const changeIds: string[] = []
  const jobIds: string[] = []
  for (const chunk of chunked(rows, rowsMax, charactersMax)) {
    let body: Answer
    try {
      const answer = await client.call('users.import', {
        Rows: chunk.map(({ values }) => values as Record<string, string>),
        DryRun: options.dryRun,
        SkipBad: true,
        ...(options.terminals.length > 0 ? { DeviceSN: [...options.terminals] } : {}),
      })
      body = answer.body
    } catch (error) {
      return { judged, changeIds, jobIds, error }
    }
    for (const found of body.Rows)
      judged.push({
        row: chunk[found.Row - 1]?.row ?? found.Row,
        code: found.EmployeeCode,
        outcome: found.Outcome,
        changes: found.Changes,
        errors: found.Errors,
      })
    if (body.ChangeID !== null) changeIds.push(body.ChangeID)
    if (body.JobID !== null) jobIds.push(body.JobID)
    onProgress(judged.length)
  }
  return { judged, changeIds, jobIds, error: null }
}
