import { useMutation, useQuery } from '@tanstack/react-query'
import { operationMutation, operationQuery } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { Button } from '../../../../components/button/button.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { Forbidden } from '../../../../components/page-states/forbidden.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { count } from '../../../../format/number.ts'
import { instantTime } from '../../../../format/time.ts'
import { terminalWords } from '../../../../words/terminal.ts'
import fleet from '../-fleet/fleet-page.module.css'
import type { DeviceInfo } from './device-info.ts'
import styles from './trace-panel.module.css'

const lookAgainMs = 2_000
const recordMinutes = 10

/** The raw conversation, newest first, while somebody records it. */
export function TracePanel({ device }: { readonly device: DeviceInfo }) {
  const w = terminalWords.trace
  const may = useCan('devices:operate')
  const query = useQuery({
    ...operationQuery('devices.trace', { DeviceSN: device.DeviceSN }),
    enabled: may,
    refetchInterval: lookAgainMs,
  })
  const record = useMutation(operationMutation('devices.startTrace'))
  if (!may) return <Forbidden />
  const until = query.data?.Until ?? null
  const set = (Minutes: number) => record.mutate({ input: { DeviceSN: device.DeviceSN, Minutes } })
  return (
    <Panel
      title={w.title}
      note={until ? w.until(instantTime(until, device.TimeZone)) : w.off}
      updatedAt={query.dataUpdatedAt}
      flush
      actions={
        <>
          <a
            title={w.bundleWhy}
            href={`/api/v3/GetSupportBundle?DeviceSN=${encodeURIComponent(device.DeviceSN)}`}
            download
          >
            {w.bundle}
          </a>
          <Button
            look={until ? 'default' : 'primary'}
            busy={record.isPending}
            onClick={() => set(until ? 0 : recordMinutes)}
          >
            {until ? w.stop : w.start}
          </Button>
        </>
      }
    >
      <p className={styles.lead}>{w.lead}</p>
      <QueryBlock query={query}>
        {trace =>
          trace.Exchanges.length === 0 ? (
            <EmptyState compact icon="pulse" title={until ? w.waiting : w.none}>
              {w.noneBody}
            </EmptyState>
          ) : (
            <ol className={fleet.list}>
              {[...trace.Exchanges].reverse().map(one => (
                <li key={one.Number} className={styles.exchange}>
                  <p className={styles.head}>
                    {instantTime(one.At, device.TimeZone)} · {one.Address ?? ''} · {one.Status} ·{' '}
                    {one.DurationMs} ms · {w.bytes(count(one.Bytes))}
                  </p>
                  <p className="visually-hidden">{w.request}</p>
                  <pre className={styles.said}>
                    {one.Request}
                    {one.Body && `\n${one.Body}`}
                  </pre>
                  <p className="visually-hidden">{w.reply}</p>
                  <pre className={styles.answered}>{one.Reply || w.empty}</pre>
                </li>
              ))}
              {trace.Dropped > 0 && <li className={styles.head}>{w.dropped(trace.Dropped)}</li>}
            </ol>
          )
        }
      </QueryBlock>
    </Panel>
  )
}
