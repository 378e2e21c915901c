import { recordClockChange } from '../store/clocks.ts'
import { type DeviceRow, findDevice } from '../store/devices.ts'
import type { Write } from '../store/index.ts'
import { editSetting, forgetSetting } from '../store/profiles.ts'
import { formatOffset, localAt } from '../time/zone.ts'

interface ZoneChange {
  readonly sn: string
  readonly zone: string
  /** Who said so, in words. */
  readonly evidence: string
  readonly actor: string | null
  readonly at: number
}

/** Says which zone the wall clock of a terminal is in, and writes that down among what moves its clock. */
export async function changeZone(write: Write, change: ZoneChange): Promise<void> {
  const { sn, zone, evidence, at } = change
  const before = await findDevice(write, sn)
  await editSetting(write, sn, { name: 'TimeZone', value: zone, evidence }, at)
  await noteZone(write, before, change)
}

/** The zone a person said is taken back: it is the one given here, that of the site. */
export async function resetZone(write: Write, change: Omit<ZoneChange, 'evidence'>): Promise<void> {
  const { sn, zone } = change
  const before = await findDevice(write, sn)
  await forgetSetting(write, sn, 'TimeZone', undefined)
  await write.updateTable('device').set({ zone }).where('sn', '=', sn).execute()
  await noteZone(write, before, change)
}

async function noteZone(
  write: Write,
  before: DeviceRow | undefined,
  { sn, zone, actor, at }: Omit<ZoneChange, 'evidence'>,
): Promise<void> {
  if (before === undefined || before.zone === zone) return
  const now = formatOffset(localAt(at, zone).offsetMinutes)
  const detail = `${before.zone} became ${zone}, now ${now}`
  await recordClockChange(write, { sn, at, kind: 'Zone', detail, actor })
}
