import { createHash } from 'node:crypto'
import { setImmediate as breathe } from 'node:timers/promises'
import type { EventBody } from '#contract/events.ts'
import type { Reader } from '../../store/index.ts'
import { peopleAfter } from './people-source.ts'
import { punchesAfter } from './sources.ts'
import type { JobRow, Spec } from './spec.ts'

export interface Proof {
  readonly count: number
  /** SHA-256 over one line for each event, in order, hex. */
  readonly hash: string
}

const chunk = 500

/** What was to be copied, read once more from where it came. */
export async function proveSource(
  reader: Reader,
  job: Pick<JobRow, 'id' | 'kind'>,
  spec: Spec,
): Promise<Proof> {
  const proof = createProof()
  let position = ''
  for (;;) {
    const part =
      job.kind === 'punches'
        ? await punchesAfter(reader, spec, position, chunk)
        : await peopleAfter(reader, spec, job.id, position, chunk)
    for (const event of part.rows) proof.take(event)
    if (part.done) return proof.result()
    position = part.position
    await breathe()
  }
}

/** What the receiver has acknowledged, out of the messages that were sent. */
export async function proveArrived(reader: Reader, jobId: number): Promise<Proof> {
  const proof = createProof()
  let after = 0
  for (;;) {
    const rows = await reader
      .selectFrom('delivery')
      .innerJoin('outbox', 'outbox.id', 'delivery.outbox_id')
      .select(['delivery.id', 'outbox.body'])
      .where('delivery.job_id', '=', jobId)
      .where('delivery.state', '=', 'delivered')
      .where('delivery.id', '>', after)
      .orderBy('delivery.id')
      .limit(chunk)
      .execute()
    // Written by queueCopies from values of this very type.
    for (const row of rows) proof.take(JSON.parse(row.body) as EventBody)
    after = rows.at(-1)?.id ?? after
    if (rows.length < chunk) return proof.result()
    await breathe()
  }
}

function createProof() {
  const hash = createHash('sha256')
  let count = 0
  return {
    take(event: EventBody) {
      count += 1
      hash.update(`${lineOf(event)}\n`)
    },
    result: (): Proof => ({ count, hash: hash.digest('hex') }),
  }
}

/** What has to be the same on both sides; labels and times of receipt are not part of it. */
function lineOf(event: EventBody): string {
  if (event.Event === 'OnAttendance') {
    const { OperationID, DeviceSN, EmployeeCode, LogTime, Direction, Type } = event
    return JSON.stringify([OperationID, DeviceSN, EmployeeCode, LogTime, Direction, Type])
  }
  if (event.Event === 'OnUserUpdated') {
    const { DeviceSN, EmployeeCode, FirstName, LastName, UserType } = event
    return JSON.stringify([DeviceSN, EmployeeCode, FirstName, LastName, UserType])
  }
  return JSON.stringify([event.OperationID])
}
