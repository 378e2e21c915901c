import { findPeople } from '../store/people.ts'
import type { Handlers } from './handler.ts'
import { notBuiltYet } from './not-built-yet.ts'
import { requireKnown, visibleDevices } from './scope.ts'

export const userHandlers = {
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
} satisfies Pick<Handlers, Extract<keyof Handlers, `users.${string}`>>
