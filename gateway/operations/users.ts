import { findPeople } from '../store/people.ts'
import type { Handlers } from './handler.ts'
import { notBuiltYet } from './not-built-yet.ts'
import { requireKnown, visibleDevices } from './scope.ts'
import { userTerminalHandlers } from './user-terminals.ts'

export const userHandlers = {
  ...userTerminalHandlers,
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
  'users.add': notBuiltYet('users.add'),
  'users.update': notBuiltYet('users.update'),
  'users.remove': notBuiltYet('users.remove'),
  'users.get': notBuiltYet('users.get'),
  'users.devices': notBuiltYet('users.devices'),
  'users.enrollFingerprint': notBuiltYet('users.enrollFingerprint'),
  'users.enrollFace': notBuiltYet('users.enrollFace'),
  'users.assignCard': notBuiltYet('users.assignCard'),
  'users.setPassword': notBuiltYet('users.setPassword'),
  'users.copy': notBuiltYet('users.copy'),
  'users.resend': notBuiltYet('users.resend'),
  'users.directory': notBuiltYet('users.directory'),
  'users.facets': notBuiltYet('users.facets'),
  'users.record': notBuiltYet('users.record'),
  'users.save': notBuiltYet('users.save'),
  'users.bulk': notBuiltYet('users.bulk'),
  'users.undo': notBuiltYet('users.undo'),
  'users.changes': notBuiltYet('users.changes'),
  'users.import': notBuiltYet('users.import'),
  'users.photo': notBuiltYet('users.photo'),
  'users.setPhoto': notBuiltYet('users.setPhoto'),
  'users.states': notBuiltYet('users.states'),
  'users.push': notBuiltYet('users.push'),
  'users.retry': notBuiltYet('users.retry'),
  'users.refresh': notBuiltYet('users.refresh'),
  'users.orphans': notBuiltYet('users.orphans'),
  'users.resolveOrphan': notBuiltYet('users.resolveOrphan'),
  'users.collisions': notBuiltYet('users.collisions'),
  'users.admins': notBuiltYet('users.admins'),
  'users.jobs': notBuiltYet('users.jobs'),
  'users.job': notBuiltYet('users.job'),
  'users.cancelJob': notBuiltYet('users.cancelJob'),
  'users.forecast': notBuiltYet('users.forecast'),
  'users.enrol': notBuiltYet('users.enrol'),
  'users.enrolment': notBuiltYet('users.enrolment'),
  'users.unknownCards': notBuiltYet('users.unknownCards'),
  'users.suspend': notBuiltYet('users.suspend'),
  'users.resume': notBuiltYet('users.resume'),
  'users.offboard': notBuiltYet('users.offboard'),
  'users.deletions': notBuiltYet('users.deletions'),
  'users.certificate': notBuiltYet('users.certificate'),
  'users.consent': notBuiltYet('users.consent'),
  'users.exportData': notBuiltYet('users.exportData'),
  'users.erase': notBuiltYet('users.erase'),
  'users.rules': notBuiltYet('users.rules'),
  'users.setRules': notBuiltYet('users.setRules'),
} satisfies Pick<Handlers, Extract<keyof Handlers, `users.${string}`>>
