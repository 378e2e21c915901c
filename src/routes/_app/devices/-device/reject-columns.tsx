import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Age } from '../../../../components/age/age.tsx'
import { Badge } from '../../../../components/badge/badge.tsx'
import type { Column } from '../../../../components/data-table/data-table.tsx'
import { instantFull } from '../../../../format/time.ts'
import { terminalWords } from '../../../../words/terminal.ts'
import styles from './reject-columns.module.css'
import { isKept, placeText, type QuarantinedLine, reasonText, shownRaw } from './rejected-line.ts'

/** The list's columns on a wide screen. */
export function rejectColumns(
  timeZone: string,
  maySee: boolean,
  isMixed: boolean,
): Column<QuarantinedLine>[] {
  const w = terminalWords.rejects
  const kind = {
    id: 'kind',
    header: w.kind,
    width: '130px',
    cell: (line: QuarantinedLine) => <KindBadge line={line} />,
  }
  return [
    {
      id: 'when',
      header: w.when,
      width: '248px',
      cell: line => (
        <When line={line}>
          <time dateTime={line.ReceivedAt}>{instantFull(line.ReceivedAt, timeZone)}</time>
        </When>
      ),
    },
    ...(isMixed ? [kind] : []),
    { id: 'table', header: w.table, width: '112px', cell: line => line.Table },
    {
      id: 'line',
      header: w.line,
      width: '118px',
      cell: line => <span className={styles.muted}>{placeText(line)}</span>,
    },
    {
      id: 'reason',
      header: w.reason,
      width: 'minmax(240px, 1.4fr)',
      cell: line => <span title={reasonText(line)}>{reasonText(line)}</span>,
    },
    {
      id: 'raw',
      header: w.raw,
      width: 'minmax(180px, 1.4fr)',
      cell: line => <Raw line={line} maySee={maySee} />,
    },
  ]
}

/** One column of three lines, for the phone. */
export function rejectNarrowColumns(maySee: boolean, isMixed: boolean): Column<QuarantinedLine>[] {
  return [
    {
      id: 'line',
      header: terminalWords.rejects.title,
      width: 'minmax(0, 1fr)',
      cell: line => (
        <div className={styles.summary}>
          <span className={styles.line}>
            <span className={styles.clip}>{reasonText(line)}</span>
            {isMixed && <KindBadge line={line} />}
          </span>
          <span className={styles.line}>
            <When line={line}>
              <Age at={line.ReceivedAt} />
            </When>
            <span className={styles.muted}>{[line.Table, placeText(line)].join(' · ')}</span>
          </span>
          <span className={styles.clip}>
            <Raw line={line} maySee={maySee} />
          </span>
        </div>
      ),
    },
  ]
}

/** A fault, or something kept on purpose. */
export function KindBadge({ line }: { readonly line: QuarantinedLine }) {
  const { kinds } = terminalWords.rejects
  return isKept(line) ? (
    <Badge icon="lock">{kinds.kept}</Badge>
  ) : (
    <Badge tone="warn" icon="warning">
      {kinds.reject}
    </Badge>
  )
}

/** Id of the link that opens a line, so that the focus finds back to it. */
export function lineLinkId(id: string): string {
  return `line-${id}`
}

function When({ line, children }: { readonly line: QuarantinedLine; readonly children: ReactNode }) {
  return (
    <Link
      from="/devices/$deviceSN"
      to="."
      search={old => ({ ...old, line: Number(line.QuarantineID) })}
      replace
      resetScroll={false}
      id={lineLinkId(line.QuarantineID)}
      className={styles.link}
    >
      {children}
    </Link>
  )
}

function Raw({ line, maySee }: { readonly line: QuarantinedLine; readonly maySee: boolean }) {
  const raw = shownRaw(line, maySee)
  return 'text' in raw ? (
    <code className={styles.raw}>{raw.text}</code>
  ) : (
    <span className={styles.hidden} title={raw.hidden}>
      {terminalWords.rejects.hidden}
    </span>
  )
}
