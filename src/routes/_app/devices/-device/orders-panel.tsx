import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { OperationAnswer } from '#contract/types.ts'
import { errorDetail, errorTextKey } from '../../../../api/error-text.ts'
import { operationInfiniteQuery, operationMutation } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { Age } from '../../../../components/age/age.tsx'
import { Button } from '../../../../components/button/button.tsx'
import { CommandStatus } from '../../../../components/commands/command-status.tsx'
import { ClearOrdersButton } from '../../../../components/devices/clear-orders-button.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { ErrorBlock } from '../../../../components/page-states/error-state.tsx'
import { SkeletonRows } from '../../../../components/page-states/skeleton.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { Segmented } from '../../../../components/segmented/segmented.tsx'
import { count } from '../../../../format/number.ts'
import { devicePageWords } from '../../../../words/device-page.ts'
import { words } from '../../../../words/index.ts'
import { terminalWords } from '../../../../words/terminal.ts'
import styles from '../-fleet/fleet-page.module.css'
import { askerOf } from './asker.ts'
import { ClearDataPanel } from './clear-data-panel.tsx'
import type { DeviceInfo } from './device-info.ts'
import row from './order-row.module.css'
import { RereadPanel } from './reread-panel.tsx'

type Queued = OperationAnswer<'devices.queue'>['Commands'][number]

const lookAgainMs = 5_000
const shows = ['all', 'open', 'failed', 'done'] as const

/** Everything that was ordered of the terminal, with what can still be done about it. */
export function OrdersPanel({ device }: { readonly device: DeviceInfo }) {
  const w = terminalWords.orders
  const may = useCan('devices:operate')
  const [show, setShow] = useState<(typeof shows)[number]>('all')
  const query = useInfiniteQuery({
    ...operationInfiniteQuery('devices.queue', {
      DeviceSN: device.DeviceSN,
      Limit: 50,
      ...(show === 'all' ? {} : { State: show }),
    }),
    refetchInterval: lookAgainMs,
  })
  const commands = query.data?.pages.flatMap(page => page.Commands) ?? []
  return (
    <div className={styles.column}>
      <Panel
        title={w.title}
        updatedAt={query.dataUpdatedAt}
        flush
        actions={
          <>
            <Segmented
              label={w.show}
              value={show}
              options={shows.map(value => ({ value, label: w.shows[value] }))}
              onChange={setShow}
            />
            {device.Adoption === 'Adopted' && <ClearOrdersButton device={device} />}
          </>
        }
      >
        {query.isPending ? (
          <SkeletonRows rows={6} />
        ) : query.data === undefined ? (
          <ErrorBlock error={query.error} onRetry={() => void query.refetch()} />
        ) : commands.length === 0 ? (
          <EmptyState compact icon="clock" title={w.none}>
            {w.noneBody}
          </EmptyState>
        ) : (
          <OrderTable commands={commands} may={may} />
        )}
        {query.hasNextPage && (
          <div className={styles.more}>
            <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {words.states.table.loadMore}
            </Button>
          </div>
        )}
      </Panel>
      {may && device.Adoption === 'Adopted' && (
        <div className={styles.wide}>
          <RereadPanel device={device} />
          <ClearDataPanel device={device} />
        </div>
      )}
    </div>
  )
}

function OrderTable({ commands, may }: { readonly commands: readonly Queued[]; readonly may: boolean }) {
  const w = terminalWords.orders
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard
    <section className={styles.scroller} aria-label={devicePageWords.ordersTable} tabIndex={0}>
      <table className={styles.table}>
        <thead className={row.head}>
          <tr>
            <th scope="col">{w.columns.what}</th>
            <th scope="col">{w.columns.state}</th>
            <th scope="col">{w.columns.asked}</th>
            <th scope="col" data-end>
              {w.columns.tries}
            </th>
            <th scope="col">{w.columns.who}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {commands.map(command => (
            <OrderRow key={command.CommandID} command={command} may={may} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function OrderRow({ command, may }: { readonly command: Queued; readonly may: boolean }) {
  const w = terminalWords.orders
  const cancel = useMutation(operationMutation('devices.cancelCommand'))
  const retry = useMutation(operationMutation('devices.retryCommand'))
  const hurry = useMutation(operationMutation('devices.hurryCommand'))
  const { CommandID } = command
  const error = cancel.error ?? retry.error ?? hurry.error
  return (
    <tr className={row.row}>
      <th scope="row" className={row.what}>
        {devicePageWords.operations[command.Operation] ?? command.Operation}
        {command.RetryOf && <span className={styles.small}>{w.again}</span>}
      </th>
      <td className={row.state}>
        <CommandStatus command={command} short />
        {command.Error && <span className={styles.small}>{command.Error}</span>}
        {command.Result && <span className={styles.small}>{w.result(command.Result)}</span>}
        {error && (
          <span className={styles.failed} role="alert">
            {errorDetail(error) ?? words.errors[errorTextKey(error)].title}
          </span>
        )}
      </td>
      <td className={row.age}>
        <Age at={command.QueuedAt} />
      </td>
      <td className={row.extra} data-end>
        {count(command.Attempts)}
      </td>
      <td className={row.who}>{askerOf(command.Actor)}</td>
      <td className={row.acts} data-end>
        {may && command.MayCancel && (
          <>
            <Button look="quiet" onClick={() => hurry.mutate({ input: { CommandID } })}>
              {w.hurry}
            </Button>
            <Button
              look="quiet"
              busy={cancel.isPending}
              onClick={() => cancel.mutate({ input: { CommandID } })}
            >
              {w.cancel}
            </Button>
          </>
        )}
        {may && command.MayRetry && (
          <Button look="quiet" busy={retry.isPending} onClick={() => retry.mutate({ input: { CommandID } })}>
            {w.retry}
          </Button>
        )}
      </td>
    </tr>
  )
}
