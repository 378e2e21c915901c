import type { Write } from '../../store/index.ts'
import type { JobRow } from './spec.ts'

/** Stops a job. What it has queued and not sent is taken back: replays are given up again, copies vanish. */
export async function cancelJob(write: Write, job: Pick<JobRow, 'id' | 'kind'>, now: number): Promise<void> {
  await write
    .updateTable('webhook_job')
    .set({ state: 'cancelled', ended_at: now })
    .where('id', '=', job.id)
    .where('state', 'in', ['running', 'verifying'])
    .execute()
  if (job.kind === 'failed') {
    await write
      .updateTable('delivery')
      .set({ state: 'parked', settled_at: now })
      .where('job_id', '=', job.id)
      .where('state', '=', 'pending')
      .execute()
    return
  }
  await write.deleteFrom('delivery').where('job_id', '=', job.id).where('state', '=', 'pending').execute()
}
