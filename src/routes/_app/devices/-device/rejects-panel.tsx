import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { operationInfiniteQuery } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { DataTable } from '../../../../components/data-table/data-table.tsx'
import { useNarrow } from '../../../../components/data-table/use-narrow.ts'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { ErrorBlock } from '../../../../components/page-states/error-state.tsx'
import { SkeletonPanel } from '../../../../components/page-states/skeleton-panel.tsx'
import { Segmented } from '../../../../components/segmented/segmented.tsx'
import { terminalWords } from '../../../../words/terminal.ts'
import type { DeviceInfo } from './device-info.ts'
import { rejectColumns, rejectNarrowColumns } from './reject-columns.tsx'
import { RejectSheet } from './reject-sheet.tsx'
import { isKept } from './rejected-line.ts'
import styles from './rejects-panel.module.css'
import { ReparseButton } from './reparse-button.tsx'
import { useDeviceSearch } from './use-device-search.ts'

/** No event tells of a line that could not be read. */
const lookAgainMs = 30_000
const shows = ['rejects', 'kept', 'all'] as const

/** What the terminal sent that became no record, and what is kept sealed; told apart, and to be read again. */
export function RejectsPanel({ device }: { readonly device: DeviceInfo }) {
  const w = terminalWords.rejects
  const [search, change] = useDeviceSearch()
  const show = shows.find(each => each === search.show) ?? 'rejects'
  const open = search.line === undefined ? undefined : String(search.line)
  const maySee = useCan('devices:operate')
  const isNarrow = useNarrow()
  const query = useInfiniteQuery({
    ...operationInfiniteQuery('devices.quarantine', {
      DeviceSN: device.DeviceSN,
      Limit: 100,
      ...(show === 'all' ? {} : { Kept: show === 'kept' }),
    }),
    refetchInterval: lookAgainMs,
  })
  const lines = useMemo(() => query.data?.pages.flatMap(page => page.Lines) ?? [], [query.data])
  const total = query.data?.pages[0]?.ActualRowCount
  return (
    <section aria-label={w.title}>
      <div className={styles.head}>
        <p className={styles.lead}>{maySee ? w.lead : `${w.lead} ${w.mayNot}`}</p>
        <div className={styles.actions}>
          <Segmented
            label={w.show}
            value={show}
            options={shows.map(value => ({ value, label: w.shows[value] }))}
            onChange={value => change({ show: value === 'rejects' ? undefined : value, line: undefined })}
          />
          {maySee && (
            <ReparseButton
              device={device}
              hasRejects={device.Rejects > 0 || lines.some(line => !isKept(line))}
            />
          )}
        </div>
      </div>
      {query.isPending ? (
        <SkeletonPanel rows={8} />
      ) : query.data === undefined ? (
        <ErrorBlock error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <DataTable
          key={show}
          label={w.title}
          columns={
            isNarrow
              ? rejectNarrowColumns(maySee, show === 'all')
              : rejectColumns(device.TimeZone, maySee, show === 'all')
          }
          rows={lines}
          rowKey={line => line.QuarantineID}
          rowHeight={isNarrow ? 78 : 38}
          {...(total === undefined ? {} : { total })}
          current={open}
          isOld={query.isPlaceholderData}
          isLoadingMore={query.isFetchingNextPage}
          onReachEnd={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
          empty={<NoLines show={show} />}
        />
      )}
      {open !== undefined && (
        <RejectSheet
          id={open}
          lines={lines}
          isLoading={query.isPending}
          timeZone={device.TimeZone}
          maySee={maySee}
          onChange={line => change({ line: Number(line) })}
          onClose={() => change({ line: undefined })}
        />
      )}
    </section>
  )
}

function NoLines({ show }: { readonly show: (typeof shows)[number] }) {
  const w = terminalWords.rejects
  if (show === 'kept')
    return (
      <EmptyState icon="lock" title={w.noneKept}>
        {w.noneKeptBody}
      </EmptyState>
    )
  return (
    <EmptyState icon="check" title={show === 'all' ? w.noneAll : w.none}>
      {w.noneBody}
    </EmptyState>
  )
}
