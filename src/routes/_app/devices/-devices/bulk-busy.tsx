import { useQueries } from '@tanstack/react-query'
import { operationQuery } from '../../../../api/query.ts'
import { fleetWords } from '../../../../words/fleet.ts'
import styles from '../-fleet/fleet-page.module.css'

const atOnce = 100
const askEveryMs = 15_000
const namesShown = 3

/** Says that people use some of the selected terminals right now, as the page of a single one does. */
export function BulkBusy({ sns }: { readonly sns: readonly string[] }) {
  const w = fleetWords.bulk
  const pieces = Array.from({ length: Math.ceil(sns.length / atOnce) }, (_, index) =>
    sns.slice(index * atOnce, (index + 1) * atOnce),
  )
  const answers = useQueries({
    queries: pieces.map(DeviceSN => ({
      ...operationQuery('devices.busy', { DeviceSN }),
      refetchInterval: askEveryMs,
    })),
  })
  const people = answers.reduce((sum, { data }) => sum + (data?.PeopleLastMinute ?? 0), 0)
  const devices = answers.flatMap(({ data }) => data?.Devices ?? [])
  if (people === 0) return null
  const names = devices.slice(0, namesShown).map(({ LabelName }) => LabelName)
  return (
    <p className={styles.busy} role="status">
      {w.busy(people, devices.length)} ({w.busyAt(names.join(', '), devices.length - names.length)})
    </p>
  )
}
