import { bookPunches } from '../../gateway/store/book-punches.ts'
import type { Store } from '../../gateway/store/index.ts'

export interface Place {
  readonly sn: string
  readonly zone: string
  readonly site: string
  readonly offsetMinutes: number
}

const atOnce = 500

/** Punches of 50 people, several a minute from the first of March 2026, by turns at each place; one in a thousand is doubtful. */
export async function insertPunches(store: Store, places: readonly Place[], count: number): Promise<void> {
  const start = Date.UTC(2026, 2, 1)
  for (let from = 0; from < count; from += atOnce) {
    const rows = Array.from({ length: Math.min(atOnce, count - from) }, (_, at) => {
      const n = from + at
      const place = places[(n * 7) % places.length]
      if (!place) throw new Error('There is no place')
      const local = new Date(start + Math.floor(n / 3) * 20_000).toISOString().slice(0, 19).replace('T', ' ')
      const instant = Date.parse(`${local.replace(' ', 'T')}Z`) - place.offsetMinutes * 60_000
      return {
        sn: place.sn,
        employee_code: String(1000 + ((n * 31) % 50)),
        local_time: local,
        local_day: local.slice(0, 10),
        local_minute: Number(local.slice(11, 13)) * 60 + Number(local.slice(14, 16)),
        zone: place.zone,
        offset_minutes: place.offsetMinutes,
        instant,
        status: n % 2,
        verify: 1,
        direction: n % 2 === 0 ? 'CheckIn' : 'CheckOut',
        modality: 'face',
        side: n % 2 === 0 ? 'in' : 'out',
        work_code: null,
        temperature: n % 10 === 0 ? 36.5 : null,
        mask: n % 10 === 0 ? 1 : null,
        flags: n % 1000 === 7 ? 'late_arrival estimated_instant' : '',
        clock_skew_ms: n % 4 === 0 ? -1500 : null,
        received_at: instant + 2000,
        raw: '',
        identity: `n${n}`,
      }
    })
    await store.write(async write => {
      await write.insertInto('punch').values(rows).execute()
      await bookPunches(store, write)
    })
  }
}
