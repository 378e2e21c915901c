import { sql } from 'kysely'
import type { z } from 'zod'
import { PairState, type UserState } from '#contract/entities/people.ts'
import { enqueueIn } from '../commands/enqueue.ts'
import { pairStates } from '../people/pair-states.ts'
import { readPosition, toPage } from '../store/cursor.ts'
import type { Call, Handlers } from './handler.ts'
import { requireKnown, visibleDevices } from './scope.ts'

type State = z.output<typeof UserState>['State']

export const peopleStateHandlers = {
  async 'users.states'(input, call) {
    if (input.DeviceSN !== undefined) await requireKnown(call, input.DeviceSN)
    const { rows, paging } = await pageOfPairs(call, {
      ...input,
      State: input.State?.map(state => PairState.parse(state)),
    })
    return {
      status: 200,
      body: { States: await pairStates(call.deps, call.deps.store.read, rows), ...paging },
    }
  },

  async 'users.retry'(input, call) {
    const { deps } = call
    if (input.DeviceSN !== undefined) await requireKnown(call, input.DeviceSN)
    const now = deps.clock.now()
    const retried = await deps.store.write(async write => {
      const changed = await write
        .updateTable('person_wanted')
        .set({ due_at: now, attempts: 0, state: 'Pending', reason_code: 'Waiting', since: now })
        .where('state', 'in', ['Failed', 'Blocked', 'Pending', 'Withheld'])
        .$if(input.EmployeeCode !== undefined, query =>
          query.where('employee_code', '=', input.EmployeeCode ?? ''),
        )
        .$if(input.DeviceSN !== undefined, query => query.where('sn', '=', input.DeviceSN ?? ''))
        .$if(input.JobID !== undefined, query =>
          query.where(({ exists, selectFrom }) =>
            exists(
              selectFrom('people_job_pair')
                .select('job_id')
                .where('job_id', '=', input.JobID ?? '')
                .whereRef('people_job_pair.sn', '=', 'person_wanted.sn')
                .whereRef('people_job_pair.employee_code', '=', 'person_wanted.employee_code'),
            ),
          ),
        )
        .executeTakeFirst()
      return Number(changed.numUpdatedRows)
    })
    return { status: 200, body: { Retried: retried } }
  },

  async 'users.refresh'(input, call) {
    await requireKnown(call, input.DeviceSN)
    const { deps, caller } = call
    const { command, reachable } = await deps.store.write(write =>
      enqueueIn(deps, write, {
        sn: input.DeviceSN,
        kind: 'user.query',
        payload: { EmployeeCode: input.EmployeeCode ?? '' },
        actor: caller.actor,
        key: null,
      }),
    )
    deps.wakeCommands(input.DeviceSN)
    deps.wakeDelivery()
    return { status: reachable ? 200 : 409, body: { CommandID: String(command.id) } }
  },
} satisfies Partial<Handlers>

async function pageOfPairs(
  call: Call,
  input: {
    EmployeeCode?: string | undefined
    DeviceSN?: string | undefined
    State?: State[] | undefined
    JobID?: string | undefined
    OffSet?: string | undefined
    Limit: number
  },
) {
  const position = readPosition(input.OffSet)
  const visible = visibleDevices(call)
  const base = call.deps.store.read
    .selectFrom('person_wanted')
    .$if(input.EmployeeCode !== undefined, query =>
      query.where('employee_code', '=', input.EmployeeCode ?? ''),
    )
    .$if(input.DeviceSN !== undefined, query => query.where('sn', '=', input.DeviceSN ?? ''))
    .$if(visible !== null, query => query.where('sn', 'in', visible?.length ? [...visible] : ['']))
    .$if(input.State !== undefined, query => query.where('state', 'in', input.State ?? []))
    .$if(input.JobID !== undefined, query =>
      query.where(({ exists, selectFrom }) =>
        exists(
          selectFrom('people_job_pair')
            .select('job_id')
            .where('job_id', '=', input.JobID ?? '')
            .whereRef('people_job_pair.sn', '=', 'person_wanted.sn')
            .whereRef('people_job_pair.employee_code', '=', 'person_wanted.employee_code'),
        ),
      ),
    )
  const total =
    position.kind === 'after'
      ? position.total
      : Number((await base.select(sql<number>`count(*)`.as('total')).executeTakeFirst())?.total ?? 0)
  // Code and serial number are the key; neither holds a line feed.
  const [code = '', sn = ''] = position.kind === 'after' ? position.key.split('\n') : []
  const rows = await base
    .selectAll()
    .$if(position.kind === 'after', query =>
      query.where(sql<boolean>`(employee_code, sn) > (${code}, ${sn})`),
    )
    .orderBy('employee_code')
    .orderBy('sn')
    .$if(position.kind === 'row', query => query.offset((position as { row: number }).row))
    .limit(input.Limit + 1)
    .execute()
  const page = toPage(rows, input.Limit, total, row => ({ key: `${row.employee_code}\n${row.sn}`, id: 0 }))
  return page
}
