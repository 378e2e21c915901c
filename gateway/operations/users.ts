import { findPeople } from '../store/people.ts'
import type { Handlers } from './handler.ts'
import { jobProofHandlers } from './job-proof.ts'
import { peopleCareHandlers } from './people-care.ts'
import { peopleDirectoryHandlers } from './people-directory.ts'
import { peopleEnrolHandlers } from './people-enrol.ts'
import { peopleExportHandlers } from './people-export.ts'
import { peopleFindingHandlers } from './people-findings.ts'
import { peopleImportHandlers } from './people-import.ts'
import { peopleJobHandlers } from './people-jobs.ts'
import { publishedPeopleHandlers } from './people-published.ts'
import { peopleStateHandlers } from './people-states.ts'
import { requireKnown, visibleDevices } from './scope.ts'
import { userMomentHandlers } from './user-moments.ts'
import { userTerminalHandlers } from './user-terminals.ts'

export const userHandlers = {
  ...publishedPeopleHandlers,
  ...peopleDirectoryHandlers,
  ...peopleImportHandlers,
  ...peopleStateHandlers,
  ...peopleFindingHandlers,
  ...peopleJobHandlers,
  ...jobProofHandlers,
  ...peopleEnrolHandlers,
  ...peopleCareHandlers,
  ...peopleExportHandlers,

  ...userTerminalHandlers,
  ...userMomentHandlers,
  async 'users.list'(input, call) {
    if (input.DeviceSN !== undefined) await requireKnown(call, input.DeviceSN)
    const sns = input.DeviceSN === undefined ? visibleDevices(call) : [input.DeviceSN]
    const { rows, paging } = await findPeople(
      call.deps.store.read,
      { sns, search: input.Search },
      { offSet: input.OffSet, limit: input.Limit },
    )
    return { status: 200, body: { Users: rows, ...paging } }
  },
} satisfies Pick<Handlers, Extract<keyof Handlers, `users.${string}`>>
