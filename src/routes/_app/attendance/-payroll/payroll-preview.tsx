import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { OperationAnswer } from '#contract/types.ts'
import { client } from '../../../../api/client.ts'
import { errorDetail, errorTextKey } from '../../../../api/error-text.ts'
import { operationQuery } from '../../../../api/query.ts'
import { Badge } from '../../../../components/badge/badge.tsx'
import { Button } from '../../../../components/button/button.tsx'
import { useRested } from '../../../../components/combobox/use-rested.ts'
import { SkeletonRows } from '../../../../components/page-states/skeleton.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import type { DayRange } from '../../../../format/day.ts'
import { words } from '../../../../words/index.ts'
import { payrollWords } from '../../../../words/payroll.ts'
import { CarriedList } from './carried-list.tsx'
import styles from './payroll.module.css'
import type { PayrollLayout } from './search.ts'

type Preview = OperationAnswer<'attendance.previewPayroll'>

const warningsShown = 8

/** The lines as they would be written, what speaks against them, and the file. */
export function PayrollPreview({
  draft,
  templateId,
  isDirty,
  range,
}: {
  readonly draft: PayrollLayout
  readonly templateId: string
  readonly isDirty: boolean
  readonly range: DayRange
}) {
  const w = payrollWords
  const Draft = useRested(JSON.stringify(draft), 300)
  const days = { FromDate: range.from, ToDate: range.to }
  const query = useQuery({
    ...operationQuery('attendance.previewPayroll', { ...days, Draft }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
  return (
    <Panel
      title={w.preview}
      note={query.data && w.previewNote(shownPeople(query.data, draft.HasHeader), query.data.People)}
    >
      {query.isError ? (
        <p role="alert" className={styles.fault}>
          {w.previewFault}. {words.errors[errorTextKey(query.error)].title}. {errorDetail(query.error)}
        </p>
      ) : query.data === undefined ? (
        <SkeletonRows rows={8} />
      ) : (
        <div className={styles.form} data-old={query.isPlaceholderData || undefined}>
          {query.data.People === 0 ? (
            <p className={styles.note}>{w.previewEmpty}</p>
          ) : (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
            <pre className={styles.lines} tabIndex={0}>
              {query.data.Lines.join('\n')}
            </pre>
          )}
          <Standing preview={query.data} />
          <CarriedList preview={query.data} isHeld={draft.Columns.some(({ Field }) => Field === 'Carried')} />
          <Take templateId={templateId} isDirty={isDirty} days={days} preview={query.data} />
        </div>
      )}
    </Panel>
  )
}

function shownPeople({ Lines }: Preview, hasHeader: boolean): number {
  return Math.max(0, Lines.length - (hasHeader ? 1 : 0))
}

function Standing({ preview }: { readonly preview: Preview }) {
  const w = payrollWords
  const warnings = preview.Warnings.filter(({ Kind }) => Kind !== 'not_final')
  return (
    <div>
      {preview.NotFinalDays > 0 ? (
        <p className={styles.standing} data-open>
          <Badge tone="warn" icon="warning">
            {w.notFinal(preview.NotFinalPeople, preview.NotFinalDays)}
          </Badge>{' '}
          {w.notFinalWhy}
        </p>
      ) : (
        preview.People > 0 && (
          <p className={styles.standing}>
            <Badge tone="ok" icon="check">
              {w.final}
            </Badge>
          </p>
        )
      )}
      {preview.Differences > 0 && <p className={styles.note}>{w.differences(preview.Differences)}</p>}
      {warnings.length > 0 && (
        <>
          <h3 className={styles.heading}>{w.warnings}</h3>
          <ul className={styles.warnings}>
            {warnings.slice(0, warningsShown).map(warning => (
              <li key={`${warning.Kind} ${warning.Row} ${warning.Column}`}>
                {w.warning[warning.Kind](warning.Row, warning.Column, warning.Count)}
              </li>
            ))}
            {warnings.length > warningsShown && <li>{w.more(warnings.length - warningsShown)}</li>}
          </ul>
        </>
      )}
    </div>
  )
}

/** The file, once the form is saved and it is accepted that numbers may still change. */
function Take({
  templateId,
  isDirty,
  days,
  preview,
}: {
  readonly templateId: string
  readonly isDirty: boolean
  readonly days: { readonly FromDate: string; readonly ToDate: string }
  readonly preview: Preview
}) {
  const w = payrollWords
  const [isAccepted, setAccepted] = useState(false)
  const isOpen = preview.NotFinalDays > 0
  const AllowNotFinal = isOpen && isAccepted
  const href = client.fileUrl('attendance.exportPayroll', { ...days, TemplateID: templateId, AllowNotFinal })
  const isReady = !isDirty && preview.People > 0 && (!isOpen || isAccepted)
  return (
    <div className={styles.take}>
      {isOpen && (
        <label className={styles.check}>
          <input type="checkbox" checked={isAccepted} onChange={event => setAccepted(event.target.checked)} />
          {w.accept}
        </label>
      )}
      {isReady ? (
        <a className={styles.export} href={href} download>
          {w.export}
        </a>
      ) : (
        <Button icon="download" disabled>
          {w.export}
        </Button>
      )}
      {isDirty && <p className={styles.note}>{w.exportDirty}</p>}
    </div>
  )
}
