import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { WebhookJobTable } from '../../store/schema-console.ts'

export type JobRow = Selectable<WebhookJobTable>

const Sns = z.array(z.string()).nullable()

/** What a job was asked to do, as its row keeps it. */
export const JobSpec = z.object({
  /** Epoch ms, for replays. */
  from: z.number().optional(),
  to: z.number().optional(),
  /** Clock of the terminals, for copies. */
  fromLocal: z.string().optional(),
  toLocal: z.string().optional(),
  sns: Sns.default(null),
  people: Sns.default(null),
  sites: Sns.default(null),
  /** Nothing that was kept later. */
  newestPunch: z.number().default(0),
  newestOutbox: z.number().default(0),
  /** Of copies to a terminal. */
  targetSn: z.string().nullable().default(null),
})

export type Spec = z.output<typeof JobSpec>

export function specOf(row: Pick<JobRow, 'spec'>): Spec {
  return JobSpec.parse(JSON.parse(row.spec))
}

/** What one step of a job puts into the outbox, and where the next one starts; `done`: nothing is left. */
export interface Part {
  readonly queued: number
  readonly position: string
  readonly done: boolean
}
