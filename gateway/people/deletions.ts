import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { Deletion } from '#contract/entities/people.ts'
import type { GatewayDeps } from '../deps.ts'
import { toIso } from '../store/devices.ts'
import type { Reader, Write } from '../store/index.ts'

type Entity = z.output<typeof Deletion>
export type Scope = Entity['Scope']

/** Writes a deletion down with one open tick for each terminal that has to confirm; the caller makes them due. */
export async function openDeletion(
  { clock }: Pick<GatewayDeps, 'clock'>,
  write: Write,
  about: { code: string; scope: Scope; actor: string | null; wish?: string },
  sns: readonly string[],
): Promise<string> {
  const id = randomUUID()
  await write
    .insertInto('deletion')
    .values({
      id,
      employee_code: about.code,
      scope: about.scope,
      state: 'Open',
      asked_at: clock.now(),
      actor: about.actor,
      done_at: null,
      statement: about.wish ?? null,
      removed: null,
      kept: null,
      hash: null,
    })
    .execute()
  if (sns.length > 0) {
    const labels = new Map(
      (await write.selectFrom('device').select(['sn', 'label']).where('sn', 'in', sns).execute()).map(
        ({ sn, label }) => [sn, label],
      ),
    )
    await write
      .insertInto('deletion_terminal')
      .values(
        sns.map(sn => ({
          deletion_id: id,
          sn,
          label: labels.get(sn) ?? sn,
          state: 'Open',
          proof: 'None',
          at: null,
          reason: null,
        })),
      )
      .execute()
  }
  return id
}

/** Punches that are acknowledged and on their way are waited for so long before somebody is erased. */
export const beforeErasingMs = 10_000

/** Whether somebody is being erased: what is acknowledged of them has to be in the store before it goes. */
export async function isErasing(reader: Reader): Promise<boolean> {
  const row = await reader
    .selectFrom('deletion')
    .select('id')
    .where('state', '=', 'Open')
    .where('scope', '=', 'Erasure')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** The open deletion of a person and scope, if there is one: asking twice is asking once. */
export async function openDeletionOf(reader: Reader, code: string, scope: Scope): Promise<string | null> {
  const row = await reader
    .selectFrom('deletion')
    .select('id')
    .where('employee_code', '=', code)
    .where('scope', '=', scope)
    .where('state', '=', 'Open')
    .executeTakeFirst()
  return row?.id ?? null
}

/** Deletions with their ticks, in the order of the ids; what an open tick waits for is said as it is now. */
export async function deletionEntities(reader: Reader, ids: readonly string[]): Promise<Entity[]> {
  if (ids.length === 0) return []
  const rows = await reader.selectFrom('deletion').selectAll().where('id', 'in', ids).execute()
  const ticks = await reader
    .selectFrom('deletion_terminal')
    .innerJoin('deletion', 'deletion.id', 'deletion_terminal.deletion_id')
    .leftJoin('device_contact', 'device_contact.sn', 'deletion_terminal.sn')
    .leftJoin('person_wanted', join =>
      join
        .onRef('person_wanted.sn', '=', 'deletion_terminal.sn')
        .onRef('person_wanted.employee_code', '=', 'deletion.employee_code'),
    )
    .selectAll('deletion_terminal')
    .select(['device_contact.online', 'device_contact.last_seen_at', 'person_wanted.reason as trouble'])
    .where('deletion_id', 'in', ids)
    .orderBy('label')
    .orderBy('deletion_terminal.sn')
    .execute()
  const ticksOf = Map.groupBy(ticks, ({ deletion_id }) => deletion_id)
  const order = new Map(ids.map((id, index) => [id, index]))
  return rows
    .sort((one, other) => (order.get(one.id) ?? 0) - (order.get(other.id) ?? 0))
    .map(row => ({
      DeletionID: row.id,
      EmployeeCode: row.employee_code,
      Scope: row.scope as Scope,
      State: row.state as Entity['State'],
      AskedAt: new Date(row.asked_at).toISOString(),
      Actor: row.actor,
      DoneAt: toIso(row.done_at),
      Terminals: (ticksOf.get(row.id) ?? []).map(tick => ({
        DeviceSN: tick.sn,
        LabelName: tick.label,
        State: tick.state as Entity['Terminals'][number]['State'],
        Proof: tick.proof as Entity['Terminals'][number]['Proof'],
        At: toIso(tick.at),
        Reason:
          tick.state !== 'Open'
            ? tick.reason
            : tick.online === 1
              ? tick.trouble
              : tick.last_seen_at === null
                ? 'It has never been seen'
                : `Offline, last seen ${new Date(tick.last_seen_at).toISOString()}`,
      })),
    }))
}
