import type { z } from 'zod'
import type { ProfileName } from '#contract/entities/profile.ts'
import { OperationError } from '#contract/errors.ts'
import { TimeZone } from '#contract/primitives.ts'
import { changeZone, resetZone } from '../device/change-zone.ts'
import { type DeviceRow, findDevice } from '../store/devices.ts'
import { choicesOf, editSetting, forgetSetting, profileSettings } from '../store/profiles.ts'
import type { Call, Handlers } from './handler.ts'
import { notFound } from './scope.ts'

async function requireRow(call: Call, sn: string): Promise<DeviceRow> {
  const device = await findDevice(call.deps.store.read, sn)
  if (!device) throw notFound(sn)
  return device
}

async function shown(call: Call, sn: string) {
  const device = await requireRow(call, sn)
  const Settings = await profileSettings(call.deps.store.read, device)
  return { status: 200 as const, body: { DeviceSN: sn, Settings } }
}

const refused = (field: string, detail: string) => new OperationError('INVALID_INPUT', { field, detail })

/** The value as it is kept, or INVALID_INPUT with what it may be. */
function requireValue(name: z.output<typeof ProfileName>, value: string): string {
  if (name === 'TimeZone') {
    if (TimeZone.safeParse(value).success) return value
    throw refused('Value', `Value must be a time zone such as Asia/Kolkata, but was ${JSON.stringify(value)}`)
  }
  if (name === 'Language') {
    if (/^\d{1,3}$/.test(value)) return String(Number(value))
    throw refused('Value', `Value must be a language number such as 83, but was ${JSON.stringify(value)}`)
  }
  const choices = choicesOf(name) ?? []
  const choice = choices.find(known => known === value)
  if (choice !== undefined) return choice
  throw refused('Value', `Value must be one of ${choices.join(', ')}, but was ${JSON.stringify(value)}`)
}

export const deviceProfileHandlers = {
  'devices.profile': (input, call) => shown(call, input.DeviceSN),

  async 'devices.setProfile'(input, call) {
    const { DeviceSN: sn, Name: name, Table: table } = input
    await requireRow(call, sn)
    if (table !== undefined && name !== 'Acknowledgement')
      throw refused('Table', `Only Acknowledgement may differ by table, not ${name}`)
    const { store, clock, config } = call.deps
    const { actor } = call.caller
    if (input.Value === '') {
      await store.write(async write => {
        if (name === 'TimeZone') await resetZone(write, { sn, zone: config.timeZone, actor, at: clock.now() })
        else await forgetSetting(write, sn, name, table)
      })
      return shown(call, sn)
    }
    const value = requireValue(name, input.Value)
    const evidence = actor === null ? 'Said by a program' : `Said by ${actor}`
    const at = clock.now()
    await store.write(write =>
      name === 'TimeZone'
        ? changeZone(write, { sn, zone: value, evidence, actor, at })
        : editSetting(write, sn, { name, table, value, evidence }, at),
    )
    return shown(call, sn)
  },
} satisfies Pick<Handlers, 'devices.profile' | 'devices.setProfile'>
