import { replaceDevice } from '../health/replace.ts'
import { compareReplacement } from '../health/replacement-checks.ts'
import type { Call, Handlers } from './handler.ts'
import { requireOverview } from './scope.ts'

export const replacementHandlers = {
  async 'devices.replace'(input, call) {
    const old = await requireOverview(call, input.DeviceSN)
    await replaceDevice(call.deps, { old, newSn: input.TargetDeviceSN, actor: call.caller.actor })
    const { Checks, AllEqual } = await replacementOf(call, input.DeviceSN)
    return { status: 200, body: { Checks, AllEqual } }
  },

  async 'devices.replacement'(input, call) {
    await requireOverview(call, input.DeviceSN)
    return { status: 200, body: await replacementOf(call, input.DeviceSN) }
  },
} satisfies Pick<Handlers, 'devices.replace' | 'devices.replacement'>

async function replacementOf(call: Call, sn: string) {
  const { read } = call.deps.store
  const row = await read
    .selectFrom('device_replacement')
    .selectAll()
    .where(({ or, eb }) => or([eb('old_sn', '=', sn), eb('new_sn', '=', sn)]))
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined)
    return { OldDeviceSN: null, NewDeviceSN: null, At: null, Actor: null, Checks: [], AllEqual: false }
  const checks = await compareReplacement(call.deps, read, row)
  return {
    OldDeviceSN: row.old_sn,
    NewDeviceSN: row.new_sn,
    At: new Date(row.at).toISOString(),
    Actor: row.actor,
    Checks: checks,
    AllEqual: checks.length > 0 && checks.every(({ Equal }) => Equal),
  }
}
