import { z } from 'zod'
import type { OperationAnswer } from '#contract/types.ts'
import type { GatewayDeps } from '../deps.ts'
import { type PeopleProof, proveTerminal } from '../people/takeover.ts'
import { type DeviceRow, findDevice } from '../store/devices.ts'
import type { Reader } from '../store/index.ts'

type Check = OperationAnswer<'devices.replacement'>['Checks'][number]

/** What a terminal was when it was replaced, as its row keeps it. */
const Place = z.object({
  label: z.string(),
  site: z.string(),
  zone: z.string(),
  hasDoor: z.boolean(),
  settings: z.array(z.string()),
  schedules: z.number(),
  holidays: z.number().default(0),
  rights: z.number(),
  groups: z.array(z.string()).default([]),
  tags: z.array(z.string()),
})

const Before = Place.extend({
  people: z.number(),
  /** Absent in replacements of before people went over. */
  codes: z.array(z.string()).default([]),
})

/**
 * What the old terminal was against what the new one is, and of people what is wanted there against what it was read
 * back to hold, each as a count with a digest.
 */
export async function compareReplacement(
  deps: Pick<GatewayDeps, 'clock' | 'config'>,
  reader: Reader,
  row: { readonly old_sn: string; readonly new_sn: string; readonly before: string },
): Promise<Check[]> {
  const before = Before.parse(JSON.parse(row.before))
  const [old, fresh] = [await findDevice(reader, row.old_sn), await findDevice(reader, row.new_sn)]
  if (!old || !fresh) return []
  const now = await describePlace(reader, fresh)
  const { expected, wanted } = await peopleGoneOver(reader, before.codes, fresh.sn)
  const proof = await proveTerminal(deps, reader, fresh.sn)
  const check = (What: Check['What'], Old: string | number, New: string | number): Check => ({
    What,
    Old: String(Old),
    New: String(New),
    Equal: String(Old) === String(New),
  })
  return [
    check('Name', before.label, now.label),
    check('Site', before.site, now.site),
    check('TimeZone', before.zone, now.zone),
    check('Doors', before.hasDoor ? 1 : 0, now.hasDoor ? 1 : 0),
    check('Profile', before.settings.join(', '), now.settings.join(', ')),
    check('Tags', before.tags.join(', '), now.tags.join(', ')),
    check('Groups', before.groups.join(', '), now.groups.join(', ')),
    check('Schedules', before.schedules, now.schedules),
    check('Holidays', before.holidays, now.holidays),
    check('Rights', before.rights, now.rights),
    check('People', expected, wanted),
    check('ReadBack', proofText(proof.people.wanted), proofText(proof.people.held)),
    check('Templates', proofText(proof.templates.wanted), proofText(proof.templates.held)),
    { ...check('Fenced', 'waiting', old.state) },
  ]
}

/** Of those who were on the old terminal and still are with us, how many are wanted on the new one. */
async function peopleGoneOver(
  reader: Reader,
  codes: readonly string[],
  sn: string,
): Promise<{ readonly expected: number; readonly wanted: number }> {
  let [expected, wanted] = [0, 0]
  for (let at = 0; at < codes.length; at += 500) {
    const some = codes.slice(at, at + 500)
    const active = await reader
      .selectFrom('person')
      .leftJoin('person_wanted', join =>
        join
          .onRef('person_wanted.employee_code', '=', 'person.employee_code')
          .on('person_wanted.sn', '=', sn)
          .on('person_wanted.wanted', '=', 1),
      )
      .select('person_wanted.sn')
      .where('person.employee_code', 'in', some)
      .where('person.status', '=', 'active')
      .execute()
    expected += active.length
    wanted += active.filter(row => row.sn !== null).length
  }
  return { expected, wanted }
}

const proofText = ({ count, hash }: PeopleProof) => `${count} · ${hash.slice(0, 12)}`

/** What is said of a terminal's place, by count where it is much. */
export async function describePlace(reader: Reader, device: DeviceRow): Promise<z.output<typeof Place>> {
  const count = async (table: 'access_schedule' | 'access_holiday' | 'access_right') =>
    Number(
      (
        await reader
          .selectFrom(table)
          .select(({ fn }) => fn.countAll<number>().as('n'))
          .where('sn', '=', device.sn)
          .executeTakeFirst()
      )?.n ?? 0,
    )
  const settings = await reader
    .selectFrom('device_profile')
    .select(['name', 'value'])
    .where('sn', '=', device.sn)
    .where('source', '=', 'edited')
    // Compared by itself.
    .where('name', '!=', 'TimeZone')
    .orderBy('name')
    .execute()
  const tags = await reader
    .selectFrom('device_tag')
    .select('tag')
    .where('sn', '=', device.sn)
    .orderBy('tag')
    .execute()
  const groups = await reader
    .selectFrom('door_zone_member')
    .select(['zone', 'door_no'])
    .where('sn', '=', device.sn)
    .orderBy('zone')
    .orderBy('door_no')
    .execute()
  return {
    label: device.label,
    site: device.site,
    zone: device.zone,
    hasDoor: device.has_door === 1,
    settings: settings.map(({ name, value }) => `${name} ${value}`),
    schedules: await count('access_schedule'),
    holidays: await count('access_holiday'),
    rights: await count('access_right'),
    groups: groups.map(({ zone, door_no }) => `${zone} ${door_no}`),
    tags: tags.map(({ tag }) => tag),
  }
}
