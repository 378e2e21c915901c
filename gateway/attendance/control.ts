import { z } from 'zod'
import type { Reader, Write } from '../store/index.ts'

const settingName = 'attendance-control'

const Control = z.object({
  twoPersons: z.boolean(),
  /** Who wants the rule off; somebody else has to agree. */
  offAskedBy: z.string().nullable(),
  offAskedAt: z.number().nullable(),
})

/** Whether corrections need a second person. */
export type AttendanceControl = z.output<typeof Control>

const byDefault: AttendanceControl = { twoPersons: false, offAskedBy: null, offAskedAt: null }

/** A wish to switch the rule off that nobody has joined lapses: it must not lie in wait for a slip. */
const offLapsesMs = 7 * 86_400_000

/** What holds now. */
export async function readControl(reader: Reader, now: number): Promise<AttendanceControl> {
  const row = await reader
    .selectFrom('setting')
    .select('value')
    .where('name', '=', settingName)
    .executeTakeFirst()
  const control = row ? Control.parse(JSON.parse(row.value)) : byDefault
  const lapsed = control.offAskedAt !== null && now - control.offAskedAt > offLapsesMs
  return lapsed ? { ...control, offAskedBy: null, offAskedAt: null } : control
}

/** Switches the rule on at once, and off when two people want it. Answers what holds then. */
export async function changeControl(
  write: Write,
  change: { readonly twoPersons: boolean; readonly actor: string; readonly now: number },
): Promise<AttendanceControl> {
  const before = await readControl(write, change.now)
  const isJoined = before.offAskedBy !== null && before.offAskedBy !== change.actor
  const after: AttendanceControl =
    change.twoPersons || !before.twoPersons || isJoined
      ? { ...byDefault, twoPersons: change.twoPersons }
      : { twoPersons: true, offAskedBy: change.actor, offAskedAt: before.offAskedAt ?? change.now }
  const value = JSON.stringify(after)
  await write
    .insertInto('setting')
    .values({ name: settingName, value })
    .onConflict(conflict => conflict.column('name').doUpdateSet({ value }))
    .execute()
  return after
}
