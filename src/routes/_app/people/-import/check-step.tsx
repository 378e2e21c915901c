import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { errorDetail, errorTextKey } from '../../../../api/error-text.ts'
import { makeStale } from '../../../../api/query.ts'
import { Button } from '../../../../components/button/button.tsx'
import { DataTable } from '../../../../components/data-table/data-table.tsx'
import { useNarrow } from '../../../../components/data-table/use-narrow.ts'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { ErrorBlock } from '../../../../components/page-states/error-state.tsx'
import { SkeletonPanel } from '../../../../components/page-states/skeleton-panel.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { Segmented } from '../../../../components/segmented/segmented.tsx'
import { toCsv } from '../../../../format/csv.ts'
import { count } from '../../../../format/number.ts'
import { words } from '../../../../words/index.ts'
import { peopleWords } from '../../../../words/people.ts'
import { checkColumns, faultText, narrowCheckColumns } from './check-columns.tsx'
import type { Imported } from './done-step.tsx'
import styles from './import.module.css'
import type { ImportRow } from './rows.ts'
import { type Judged, sendRows } from './send-rows.ts'

const shows = ['all', 'bad', 'change'] as const

/** What each row would do, as the server says; only the button below writes. */
export function CheckStep({
  rows,
  terminals,
  onBack,
  onDone,
}: {
  readonly rows: readonly ImportRow[]
  readonly terminals: readonly string[]
  readonly onBack: () => void
  readonly onDone: (imported: Imported) => void
}) {
  const w = peopleWords.importing
  const [progress, setProgress] = useState(0)
  const check = useDryRun(rows, terminals, setProgress)
  if (check.isError) return <ErrorBlock error={check.error} onRetry={() => check.mutate()} />
  if (check.data === undefined)
    return (
      <>
        <p role="status" className={styles.note}>
          {w.checking(count(progress), count(rows.length))}
        </p>
        <SkeletonPanel rows={8} />
      </>
    )
  return <Verdict judged={check.data} rows={rows} terminals={terminals} onBack={onBack} onDone={onDone} />
}

/** Asks once per list of rows; what this browser has found wrong already is not sent. */
function useDryRun(
  rows: readonly ImportRow[],
  terminals: readonly string[],
  onProgress: (done: number) => void,
) {
  const check = useMutation({
    mutationFn: async (): Promise<Judged[]> => {
      const good = rows.filter(({ faults }) => faults.length === 0)
      const { judged, error } = await sendRows(good, { dryRun: true, terminals }, onProgress)
      if (error !== null) throw error
      const seen: Judged[] = rows
        .filter(({ faults }) => faults.length > 0)
        .map(({ row, values, faults }) => ({
          row,
          code: values.EmployeeCode ?? '',
          outcome: 'Bad',
          changes: [],
          errors: faults.map(({ field, fault }) => ({ Field: field, Message: faultText(fault) })),
        }))
      return [...judged, ...seen].sort((a, b) => a.row - b.row)
    },
  })
  const { mutate } = check
  useEffect(() => mutate(), [mutate])
  return check
}

function Verdict({
  judged,
  rows,
  terminals,
  onBack,
  onDone,
}: {
  readonly judged: readonly Judged[]
  readonly rows: readonly ImportRow[]
  readonly terminals: readonly string[]
  readonly onBack: () => void
  readonly onDone: (imported: Imported) => void
}) {
  const w = peopleWords.importing
  const queryClient = useQueryClient()
  const isNarrow = useNarrow()
  const [show, setShow] = useState<(typeof shows)[number]>('all')
  const [skips, setSkips] = useState(false)
  const [progress, setProgress] = useState(0)
  const amount = (outcome: Judged['outcome']) => judged.filter(each => each.outcome === outcome).length
  const bad = new Set(judged.filter(each => each.outcome === 'Bad').map(each => each.row))
  // With terminals to go to, a row that changes nothing here still does something there.
  const takes = new Set(
    judged
      .filter(each => each.outcome !== 'Bad' && (each.outcome !== 'Same' || terminals.length > 0))
      .map(each => each.row),
  )
  const write = useMutation({
    mutationFn: () =>
      sendRows(
        rows.filter(({ row }) => takes.has(row)),
        { dryRun: false, terminals },
        setProgress,
      ),
    onSuccess: sent => {
      if (sent.error === null || sent.judged.length > 0) onDone(sent)
    },
    onSettled: () => makeStale(queryClient, ['users']),
  })
  const error = write.error ?? (write.data?.judged.length === 0 ? write.data.error : null)
  const failed = error ? words.errors[errorTextKey(error)] : null
  const shown = judged.filter(each =>
    show === 'bad'
      ? each.outcome === 'Bad'
      : show === 'change'
        ? each.outcome === 'Create' || each.outcome === 'Change'
        : true,
  )
  return (
    <div className={styles.stack}>
      <Panel
        title={w.steps.check}
        actions={
          <Segmented
            label={w.show}
            value={show}
            options={shows.map(value => ({ value, label: w.shows[value] }))}
            onChange={setShow}
          />
        }
      >
        <dl className={styles.counts}>
          {(['Create', 'Change', 'Same', 'Bad'] as const).map(outcome => (
            <div key={outcome}>
              <dt>{w.summary[outcome]}</dt>
              <dd className={outcome === 'Bad' && bad.size > 0 ? styles.bad : undefined}>
                {count(amount(outcome))}
              </dd>
            </div>
          ))}
        </dl>
      </Panel>
      <DataTable
        label={w.steps.check}
        columns={isNarrow ? narrowCheckColumns() : checkColumns()}
        rows={shown}
        rowKey={each => String(each.row)}
        rowHeight={isNarrow ? 84 : 44}
        height="420px"
        empty={<EmptyState compact icon="check" title={words.parts.filters.nothing} />}
      />
      <div className={styles.line}>
        {bad.size > 0 && (
          <>
            <label className={styles.line}>
              <input type="checkbox" checked={skips} onChange={event => setSkips(event.target.checked)} />
              {w.skipBad(bad.size)}
            </label>
            <Button icon="download" onClick={() => saveBad(judged)}>
              {w.downloadBad}
            </Button>
          </>
        )}
      </div>
      {failed && (
        <p className={styles.failed} role="alert">
          {`${failed.title}. ${errorDetail(error) ?? failed.advice}`}
        </p>
      )}
      <div className={styles.line}>
        <Button
          look="primary"
          busy={write.isPending}
          disabled={takes.size === 0 || (bad.size > 0 && !skips)}
          onClick={() => write.mutate()}
        >
          {write.isPending ? w.accepting(count(progress), count(takes.size)) : w.accept(takes.size)}
        </Button>
        <Button look="quiet" disabled={write.isPending} onClick={onBack}>
          {w.back}
        </Button>
        {takes.size === 0 && <span className={styles.note}>{w.nothing}</span>}
      </div>
    </div>
  )
}

function saveBad(judged: readonly Judged[]): void {
  const w = peopleWords.importing
  const text = toCsv(
    [w.row, w.code, w.details],
    judged
      .filter(each => each.outcome === 'Bad')
      .map(each => [
        String(each.row),
        each.code,
        each.errors.map(({ Field, Message }) => `${Field}: ${Message}`).join('; '),
      ]),
  )
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = 'wrong-rows.csv'
  link.click()
  // At once would be too early for some browsers.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
