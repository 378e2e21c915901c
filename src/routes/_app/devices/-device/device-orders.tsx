import { useQuery } from '@tanstack/react-query'
import { useFallbackInterval } from '../../../../api/link.ts'
import { operationQuery } from '../../../../api/query.ts'
import { Age, useAge } from '../../../../components/age/age.tsx'
import { type Command, CommandStatus } from '../../../../components/commands/command-status.tsx'
import { ClearOrdersButton } from '../../../../components/devices/clear-orders-button.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { seconds } from '../../../../format/number.ts'
import { span } from '../../../../format/span.ts'
import { devicePageWords } from '../../../../words/device-page.ts'
import { words } from '../../../../words/index.ts'
import { askerOf } from './asker.ts'
import type { DeviceInfo } from './device-info.ts'
import styles from './device-orders.module.css'
import row from './order-row.module.css'

/** What was ordered of the terminal: unanswered first, each with its state, its age and who asked. */
export function DeviceOrders({ device }: { readonly device: DeviceInfo }) {
  const w = devicePageWords
  const query = useQuery({
    ...operationQuery('devices.status', { DeviceSN: device.DeviceSN }),
    refetchInterval: useFallbackInterval(),
  })
  const waiting = query.data?.QueueDepth ?? 0
  const oldest = useAge(query.data?.OldestQueuedAt ?? null)
  return (
    <Panel
      title={w.orders}
      note={waiting > 0 && (oldest ? w.ordersWaiting(waiting, oldest) : words.devices.queue(waiting))}
      updatedAt={query.dataUpdatedAt}
      actions={device.Adoption === 'Adopted' && <ClearOrdersButton device={device} />}
      flush
    >
      <QueryBlock query={query}>
        {status => {
          const commands = status.Commands ?? []
          if (commands.length > 0) return <OrderTable commands={commands} />
          return (
            <EmptyState compact icon="clock" title={w.noOrders}>
              {w.noOrdersBody}
            </EmptyState>
          )
        }}
      </QueryBlock>
    </Panel>
  )
}

function OrderTable({ commands }: { readonly commands: readonly Command[] }) {
  const w = devicePageWords
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard
    <section className={styles.scroller} aria-label={w.ordersTable} tabIndex={0}>
      <table className={styles.table}>
        <caption className="visually-hidden">{w.orders}</caption>
        <thead className={row.head}>
          <tr>
            <th scope="col">{w.order}</th>
            <th scope="col">{w.state}</th>
            <th scope="col">{w.asked}</th>
            <th scope="col">{w.answered}</th>
            <th scope="col">{w.actor}</th>
          </tr>
        </thead>
        <tbody>
          {commands.map(command => (
            <tr key={command.CommandID} className={row.row}>
              <th scope="row" className={row.what}>
                {w.operations[command.Operation] ?? command.Operation}
                {command.DoorNo !== null &&
                  command.DoorNo > 1 &&
                  ` · ${words.doors.number(String(command.DoorNo))}`}
              </th>
              <td className={row.state}>
                <CommandStatus command={command} short />
                {command.Error && <span className={styles.error}>{command.Error}</span>}
              </td>
              <td className={row.age}>
                <Age at={command.QueuedAt} />
              </td>
              <td className={row.extra}>{answeredAfter(command)}</td>
              <td className={row.who}>{askerOf(command.Actor)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function answeredAfter({ State, QueuedAt, CompletedAt }: Command): string {
  // Expired or cancelled also completes the order, but that is no answer.
  const isAnswer = State === 'Done' || State === 'Failed'
  if (!isAnswer || CompletedAt === null) return words.parts.none
  const after = Math.max(0, Date.parse(CompletedAt) - Date.parse(QueuedAt)) / 1000
  return after < 60 ? seconds(after) : span(after)
}
