import { OperationError } from '#contract/errors.ts'
import type { OperationAnswer } from '#contract/types.ts'
import { type PeopleProof, proveTerminal } from '../people/takeover.ts'
import type { Handlers } from './handler.ts'
import { visibleDevices } from './scope.ts'

type Proven = OperationAnswer<'users.jobProof'>['Terminals'][number]['People']

export const jobProofHandlers = {
  async 'users.jobProof'({ JobID }, call) {
    const { deps } = call
    const { read } = deps.store
    const visible = visibleDevices(call)
    const rows = await read
      .selectFrom('people_job_pair')
      .leftJoin('device', 'device.sn', 'people_job_pair.sn')
      .select(['people_job_pair.sn', 'employee_code', 'label'])
      .where('job_id', '=', JobID)
      .where('outcome', '!=', 'cancelled')
      .$if(visible !== null, query =>
        query.where('people_job_pair.sn', 'in', visible?.length ? [...visible] : ['']),
      )
      .orderBy('people_job_pair.sn')
      .execute()
    const job = await read.selectFrom('people_job').select('id').where('id', '=', JobID).executeTakeFirst()
    if (!job)
      throw new OperationError('JOB_NOT_FOUND', {
        field: 'JobID',
        detail: `There is no job ${JobID.slice(0, 40)}`,
      })
    const Terminals = []
    for (const [DeviceSN, pairs] of Map.groupBy(rows, ({ sn }) => sn)) {
      const codes = pairs.map(({ employee_code }) => employee_code)
      const { people, templates } = await proveTerminal(deps, read, DeviceSN, codes)
      const [People, Templates] = [proven(people), proven(templates)]
      const Equal = isEqual(People) && isEqual(Templates)
      Terminals.push({ DeviceSN, LabelName: pairs[0]?.label ?? DeviceSN, People, Templates, Equal })
    }
    return { status: 200, body: { Equal: Terminals.every(({ Equal }) => Equal), Terminals } }
  },
} satisfies Pick<Handlers, 'users.jobProof'>

function proven({ wanted, held }: { readonly wanted: PeopleProof; readonly held: PeopleProof }): Proven {
  return { Wanted: wanted.count, WantedHash: wanted.hash, Held: held.count, HeldHash: held.hash }
}

const isEqual = ({ WantedHash, HeldHash }: Proven) => WantedHash === HeldHash
