import { bookPunches } from '../../gateway/store/book-punches.ts'
import type { Store } from '../../gateway/store/index.ts'
import { shiftDay } from '../../gateway/time/zone.ts'

const atOnce = 500
const offsetMinutes = 330

/**
 * Ordinary days of many people at one terminal in Asia/Kolkata: in, lunch, back and out, some minutes apart for each;
 * nobody on Sundays, and one in fifty forgets to leave. Answers how many punches were put in.
 */
export async function insertManyPeople(
  store: Store,
  site: { readonly sn: string; readonly people: number; readonly fromDay: string; readonly days: number },
): Promise<number> {
  let rows: ReturnType<typeof punchRow>[] = []
  let count = 0
  const flush = async () => {
    const batch = rows
    rows = []
    await store.write(async write => {
      await write.insertInto('punch').values(batch).execute()
      await bookPunches(store, write)
    })
  }
  for (let person = 0; person < site.people; person += 1) {
    for (let at = 0; at < site.days; at += 1) {
      const day = shiftDay(site.fromDay, at)
      if (new Date(`${day}T00:00:00Z`).getUTCDay() === 0) continue
      const shift = (person * 7 + at * 3) % 25
      const forgets = (person + at) % 50 === 7
      const minutes = [480 + shift, 720 + shift, 765 + shift, ...(forgets ? [] : [1020 + shift])]
      for (const [turn, minute] of minutes.entries())
        rows.push(punchRow(site.sn, String(10_000 + person), day, minute, turn % 2 === 0))
      count += minutes.length
      if (rows.length >= atOnce) await flush()
    }
  }
  if (rows.length > 0) await flush()
  return count
}

function punchRow(sn: string, code: string, day: string, minute: number, isIn: boolean) {
  const clock = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
  const local = `${day} ${clock}:00`
  const instant = Date.parse(`${local.replace(' ', 'T')}Z`) - offsetMinutes * 60_000
  return {
    sn,
    employee_code: code,
    local_time: local,
    local_day: day,
    local_minute: minute,
    zone: 'Asia/Kolkata',
    offset_minutes: offsetMinutes,
    instant,
    status: isIn ? 0 : 1,
    verify: 1,
    direction: isIn ? 'CheckIn' : 'CheckOut',
    modality: 'face',
    side: isIn ? 'in' : 'out',
    work_code: null,
    temperature: null,
    mask: null,
    flags: '',
    clock_skew_ms: null,
    received_at: instant + 2000,
    raw: '',
    identity: `${code} ${local}`,
  }
}
