import { sql } from 'kysely'
import type { z } from 'zod'
import type { MusterPerson } from '#contract/entities/emergency.ts'
import type { Reader } from '../../store/index.ts'

export type Mustered = z.output<typeof MusterPerson>

export interface RollCall {
  readonly people: Mustered[]
  readonly sites: string[]
  readonly sureness: ('no_exit_reader' | 'terminal_away' | 'no_direction')[]
}

/** Somebody who entered longer ago has probably left by another way. */
const reachMs = 20 * 3_600_000
const denialsMs = 14 * 86_400_000
/** What a terminal says of a card that is not to be trusted (iclock-push 11.4). */
const disabled = [
  'privilege expired',
  'card reported lost',
  'blacklisted',
  'prohibited user',
  'fingerprint expired',
  'password expired',
  'user under attention',
]

/**
 * Who is probably inside: everybody whose last sign of life was not an exit. Says too why that may be wrong. A card
 * that a terminal has refused as lost, expired or blocked is marked: somebody else may carry it.
 */
export async function callRoll(
  reader: Reader,
  given: { readonly now: number; readonly sns: readonly string[] | null; readonly site: string | undefined },
): Promise<RollCall> {
  const since = given.now - reachMs
  // Wall clocks differ from UTC by less than a day.
  const day = new Date(since - 86_400_000).toISOString().slice(0, 10)
  const latest = reader
    .selectFrom('punch')
    .innerJoin('device', 'device.sn', 'punch.sn')
    .leftJoin('person', 'person.employee_code', 'punch.employee_code')
    .select([
      'punch.employee_code',
      'punch.side',
      'punch.instant',
      'device.label',
      'device.site',
      'person.first_name',
      'person.last_name',
      sql<number>`row_number() over (partition by punch.employee_code order by punch.instant desc, punch.id desc)`.as(
        'place',
      ),
    ])
    .where('punch.local_time', '>=', day)
    .where('punch.instant', '>=', since)
    .$if(given.sns !== null, query =>
      query.where('punch.sn', 'in', given.sns && given.sns.length > 0 ? [...given.sns] : ['']),
    )
  const rows = await reader.selectFrom(latest.as('latest')).selectAll().where('place', '=', 1).execute()
  const inside = rows.filter(
    row => row.side !== 'out' && (given.site === undefined || row.site === given.site),
  )
  const blocked = await blockedCards(reader, given.now)
  const people = inside
    .map((row): Mustered => {
      const why = blocked.get(row.employee_code) ?? null
      return {
        EmployeeCode: row.employee_code,
        Name: [row.first_name, row.last_name].filter(Boolean).join(' ') || null,
        Site: row.site,
        Place: row.label,
        SeenAt: new Date(row.instant).toISOString(),
        Basis: row.side === 'in' ? 'entered' : 'no_direction',
        CardDisabled: why !== null,
        DisabledWhy: why,
      }
    })
    .sort((a, b) => (a.Name ?? a.EmployeeCode).localeCompare(b.Name ?? b.EmployeeCode))
  const away = await reader
    .selectFrom('device')
    .innerJoin('device_contact', 'device_contact.sn', 'device.sn')
    .select('device.sn')
    .where('device.state', '=', 'adopted')
    .where('online', '=', 0)
    .$if(given.sns !== null, query =>
      query.where('device.sn', 'in', given.sns && given.sns.length > 0 ? [...given.sns] : ['']),
    )
    .$if(given.site !== undefined, query => query.where('device.site', '=', given.site ?? ''))
    .limit(1)
    .executeTakeFirst()
  return {
    people,
    sites: [...new Set(rows.map(({ site }) => site))].sort(),
    sureness: [
      ...(rows.length === 0 || rows.some(({ side }) => side === 'out') ? [] : (['no_exit_reader'] as const)),
      ...(away ? (['terminal_away'] as const) : []),
      ...(people.some(({ Basis }) => Basis === 'no_direction') ? (['no_direction'] as const) : []),
    ],
  }
}

/** Why a card is not to be trusted, by person; their last refusal of the kind counts if nothing let them in since. */
async function blockedCards(reader: Reader, now: number): Promise<Map<string, string>> {
  const rows = await reader
    .selectFrom('door_event')
    .select(['employee_code', 'detail'])
    .where('event', '=', 'Denied')
    .where('detail', 'in', disabled)
    .where('local_time', '>=', new Date(now - denialsMs).toISOString().slice(0, 10))
    .where('employee_code', 'is not', null)
    .orderBy('id')
    .execute()
  return new Map(
    rows.flatMap(row => (row.employee_code && row.detail ? [[row.employee_code, row.detail]] : [])),
  )
}
