import { createClient } from '#contract/client.ts'
import { operations } from '#contract/operations/index.ts'
import { runCommand, type Spawned } from './spawn-product.ts'

/** Asks a product in a process of its own, with a token made at its command line. */
export async function productClient(running: Spawned, env: Record<string, string>) {
  const { out } = await runCommand(['token', 'create', '--json'], env)
  const { token } = JSON.parse(out) as { token: string }
  const client = createClient({
    baseUrl: `${running.ready.gateway}/v3`,
    fetch,
    facts: operations,
    headers: () => ({ AuthToken: token }),
  })
  return {
    client,
    /** Employee codes of every punch of a day, as often as they are stored. */
    async codesOf(day: string): Promise<string[]> {
      const codes: string[] = []
      let OffSet: string | undefined
      do {
        const page = { FromDate: day, ToDate: day, Limit: 1000, ...(OffSet === undefined ? {} : { OffSet }) }
        const { body } = await client.call('attendance.byDate', page)
        codes.push(...body.Attendance.map(({ EmployeeCode }) => EmployeeCode))
        OffSet = body.OffSet
      } while (OffSet !== '')
      return codes
    },
  }
}
