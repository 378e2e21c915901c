import { readImpact } from '../../health/impact.ts'
import type { Reader } from '../../store/index.ts'

export interface AbsenceAtTerminal {
  readonly sn: string
  readonly zone: string
  /** Wall clocks of the terminal, `YYYY-MM-DD HH:MM:SS`. */
  readonly from: string
  readonly to: string
  /** The same, epoch ms. */
  readonly fromMs: number
  readonly toMs: number
}

export interface Affected {
  readonly employeeCode: string
  /** A punch of that time is here, however late it came. */
  readonly came: boolean
}

const dayMs = 86_400_000

/** Whom an absence touched at one terminal, as its incident counts them; of a longer one day by day. */
export async function readAffected(reader: Reader, absence: AbsenceAtTerminal): Promise<Affected[]> {
  const { sn, zone, from, to, fromMs, toMs } = absence
  const codes = new Set<string>()
  for (let dayFrom = fromMs; dayFrom < toMs; dayFrom += dayMs) {
    const until = Math.min(dayFrom + dayMs, toMs)
    const { people } = await readImpact(reader, { sns: [sn], from: dayFrom, to: until, zone })
    for (const code of people) codes.add(code)
  }
  const here = await reader
    .selectFrom('punch')
    .select('employee_code')
    .distinct()
    .where('sn', '=', sn)
    .where('local_time', '>=', from)
    .where('local_time', '<=', to)
    .execute()
  const came = new Set(here.map(({ employee_code }) => employee_code))
  return [...codes].sort().map(employeeCode => ({ employeeCode, came: came.has(employeeCode) }))
}
