import { sql } from 'kysely'
import type { Store } from './index.ts'
import { seal, unseal } from './seal.ts'

/** Where sealed content lies: its table, the column of its key, and whether it is bytes or base64. */
const places = [
  { table: 'quarantine', key: 'id', column: 'raw', form: 'bytes' },
  { table: 'held_upload', key: 'id', column: 'body', form: 'bytes' },
  { table: 'attendance_photo', key: 'id', column: 'content', form: 'bytes' },
  { table: 'credential', key: 'id', column: 'content', form: 'bytes' },
  { table: 'person_photo', key: 'employee_code', column: 'content', form: 'bytes' },
  { table: 'person', key: 'employee_code', column: 'password', form: 'bytes' },
  { table: 'subscription', key: 'id', column: 'secret', form: 'base64' },
  { table: 'subscription', key: 'id', column: 'callback_token', form: 'base64' },
  { table: 'subscription', key: 'id', column: 'body_key', form: 'base64' },
  { table: 'subscription', key: 'id', column: 'secret_before', form: 'base64' },
  { table: 'subscription', key: 'id', column: 'signing_key', form: 'base64' },
  { table: 'simulated_memory', key: 'sn', column: 'content', form: 'bytes' },
  { table: 'setting', key: 'name', column: 'value', form: 'base64', only: 'people-mark-key' },
] as const

type Place = (typeof places)[number]

const rowsAtOnce = 100

export interface Resealed {
  /** Sealed with the new key now. */
  readonly resealed: number
  /** Sealed with it before, by a rotation that was cut short. */
  readonly already: number
  /** Opened by neither key: left as they are. */
  readonly unreadable: number
}

/**
 * Seals everything anew, a hundred rows a transaction. Begun again after it was cut short it goes on: what the new key
 * opens already is left alone. Nothing may write with the old key meanwhile.
 */
export async function resealAll(store: Store, from: Uint8Array, to: Uint8Array): Promise<Resealed> {
  const sums = { resealed: 0, already: 0, unreadable: 0 }
  for (const place of places) {
    let after: string | number | null = null
    for (;;) {
      const rows = await rowsBehind(store, place, after)
      const last = rows.at(-1)
      if (last === undefined) break
      after = last.key
      const anew = rows.flatMap(({ key, content }) => {
        const outcome = resealOne(bytesOf(content, place), from, to)
        if (typeof outcome === 'string') {
          sums[outcome] += 1
          return []
        }
        sums.resealed += 1
        return [{ key, content: place.form === 'bytes' ? outcome : outcome.toString('base64') }]
      })
      if (anew.length > 0)
        await store.write(async write => {
          for (const { key, content } of anew)
            await sql`update ${sql.table(place.table)} set ${sql.ref(place.column)} = ${content} where ${sql.ref(place.key)} = ${key}`.execute(
              write,
            )
        })
    }
  }
  return sums
}

interface SealedRow {
  readonly key: string | number
  readonly content: Uint8Array | string
}

async function rowsBehind(
  store: Store,
  place: Place,
  after: string | number | null,
): Promise<readonly SealedRow[]> {
  const key = sql.ref(place.key)
  const column = sql.ref(place.column)
  const behind = after === null ? sql`` : sql`and ${key} > ${after}`
  const only = 'only' in place ? sql`and ${key} = ${place.only}` : sql``
  const { rows } = await sql<SealedRow>`
    select ${key} as key, ${column} as content from ${sql.table(place.table)}
    where ${column} is not null ${behind} ${only} order by ${key} limit ${sql.lit(rowsAtOnce)}`.execute(
    store.read,
  )
  return rows
}

function bytesOf(content: Uint8Array | string, { form }: Place): Uint8Array {
  if (form === 'bytes') return content as Uint8Array
  return Buffer.from(String(content), 'base64')
}

function resealOne(sealed: Uint8Array, from: Uint8Array, to: Uint8Array): Buffer | 'already' | 'unreadable' {
  try {
    return seal(to, unseal(from, sealed))
  } catch {
    // Not this key, then.
  }
  try {
    unseal(to, sealed)
    return 'already'
  } catch {
    return 'unreadable'
  }
}
