import { startServer } from './ingest/server.ts'
import { spread } from './percentile.ts'

const rounds = 60

/**
 * Pages and sums over ten million punches of 5,000 people (or as many as GATEHOUSE_BENCH_ROWS says), asked one after the
 * other over HTTP, each time with another person, terminal or month. Ends of pages are asked too.
 */
export async function attendance(): Promise<object> {
  const rows = Number(process.env.GATEHOUSE_BENCH_ROWS ?? 10_000_000)
  const lastDay = new Date().toISOString().slice(0, 10)
  const server = await startServer('../attendance/server.ts', [String(rows), lastDay])
  const [apiUrl = '', token = ''] = server.url.split(' ')
  const call = async (name: string, input: Record<string, string | number>) => {
    const query = new URLSearchParams()
    for (const [key, value] of Object.entries(input)) query.set(key, String(value))
    const began = performance.now()
    const response = await fetch(`${apiUrl}/v3/${name}?${query}`, { headers: { AuthToken: token } })
    const text = await response.text()
    const ms = performance.now() - began
    if (response.status !== 200) throw new Error(`${name}: ${response.status} ${text.slice(0, 200)}`)
    return { ms, text }
  }
  const days = Math.max(1, Math.floor(rows / 20_000))
  const back = (count: number) =>
    new Date(Date.parse(`${lastDay}T00:00:00Z`) - count * 86_400_000).toISOString().slice(0, 10)
  const month = (round: number) => {
    const end = Math.min(days - 1, (round * 13) % days)
    return { FromDate: back(Math.min(days - 1, end + 30)), ToDate: back(end) }
  }
  const all = { FromDate: back(days), ToDate: lastDay }
  const person = (round: number) => String(10_000 + ((round * 977) % 5_000))
  const terminal = (round: number) => `FILL${(round * 37) % 200}`
  const asked: Record<string, (round: number) => [string, Record<string, string | number>]> = {
    'today, 50 rows': () => ['GetTodayAttendance', {}],
    'a month of everybody, newest 50 rows': r => ['GetAttendanceByDate', { ...month(r), Order: 'desc' }],
    'everything there is, newest 50 rows': () => ['GetAttendanceByDate', { ...all, Order: 'desc' }],
    'a month of one person': r => ['GetAttendanceByEmployee', { ...month(r), EmployeeCode: person(r) }],
    'everything of one person': r => ['GetAttendanceByEmployee', { ...all, EmployeeCode: person(r) }],
    'a month of one terminal, 50 rows': r => [
      'GetAttendanceByDevice',
      { ...month(r), DeviceSN: terminal(r) },
    ],
    'one person at one terminal': r => [
      'GetAttendanceByDate',
      { ...month(r), EmployeeCode: person(r), DeviceSN: terminal(r) },
    ],
    'summary of a month, 50 rows': r => ['GetAttendanceSummary', month(r)],
    'summary of a month of one person': r => [
      'GetAttendanceSummary',
      { ...month(r), EmployeeCode: person(r) },
    ],
    'grid of a month, 50 people': r => ['ListAttendanceDays', { ...month(r), Limit: 50 }],
  }
  const results: Record<string, object> = {}
  for (const [name, make] of Object.entries(asked)) {
    for (let round = 0; round < 3; round++) await call(...make(round + 1000))
    await server.begin()
    const times: number[] = []
    for (let round = 0; round < rounds; round++) times.push((await call(...make(round))).ms)
    const { loopDelayMaxMs } = await server.usage()
    results[name] = { ...spread(times), loopDelayMaxMs: Math.round(loopDelayMaxMs * 10) / 10 }
  }
  const totals = () => call('ListAttendanceTotals', { FromDate: back(30), ToDate: lastDay, Limit: 1000 })
  await totals()
  await server.begin()
  const times: number[] = []
  for (let round = 0; round < 20; round++) times.push((await totals()).ms)
  const { loopDelayMaxMs, loopDelayP99Ms } = await server.usage()
  results['one row each of 1,000 people, a month'] = {
    ...spread(times),
    loopDelayP99Ms: Math.round(loopDelayP99Ms * 10) / 10,
    loopDelayMaxMs: Math.round(loopDelayMaxMs * 10) / 10,
  }
  const range = { FromDate: back(Math.min(days - 1, 30)), ToDate: lastDay }
  const Draft = JSON.stringify({
    Name: 'bench',
    Columns: [{ Field: 'EmployeeCode' }, { Field: 'Worked' }, { Field: 'Carried' }],
  })
  const whole: Record<string, [string, Record<string, string | number>]> = {
    'presence of everybody, a month': ['GetPresenceByHour', range],
    'payroll of everybody, a month': ['PreviewPayroll', { ...range, Draft }],
    'a period of one site before it is closed': [
      'PreviewPeriod',
      { ...range, Scope: 'site', ScopeValue: 'Main site' },
    ],
    'arrivals of everybody': ['GetArrivals', {}],
  }
  for (const [name, [operation, input]] of Object.entries(whole)) {
    await call(operation, input)
    await server.begin()
    const taken: number[] = []
    for (let round = 0; round < 5; round++) taken.push((await call(operation, input)).ms)
    const { loopDelayMaxMs, loopDelayP99Ms } = await server.usage()
    results[name] = {
      ...spread(taken),
      loopDelayP99Ms: Math.round(loopDelayP99Ms * 10) / 10,
      loopDelayMaxMs: Math.round(loopDelayMaxMs * 10) / 10,
    }
  }
  await server.end()
  return { rows, ...results }
}
