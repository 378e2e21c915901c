import { Link } from '@tanstack/react-router'
import type { AuditEntryBody } from '#contract/dashboard/audit.ts'
import { Badge, type Tone } from '../../../components/badge/badge.tsx'
import type { Column } from '../../../components/data-table/data-table.tsx'
import { span } from '../../../format/span.ts'
import { instantFull } from '../../../format/time.ts'
import { attendanceWords } from '../../../words/attendance.ts'
import { auditWords } from '../../../words/audit.ts'
import styles from './audit-columns.module.css'

const outcomeTones: Record<AuditEntryBody['Outcome'], Tone> = {
  intended: 'unknown',
  done: 'ok',
  accepted: 'accent',
  refused: 'warn',
  failed: 'danger',
  expired: 'warn',
  unconfirmed: 'unknown',
}

/** The list's columns on a wide screen. */
export function auditColumns(): Column<AuditEntryBody>[] {
  const w = auditWords
  return [
    { id: 'when', header: w.when, width: '216px', cell: entry => <When entry={entry} /> },
    { id: 'actor', header: w.actor, width: 'minmax(120px, 1fr)', cell: entry => <Actor entry={entry} /> },
    {
      id: 'action',
      header: w.action,
      width: 'minmax(190px, 1.6fr)',
      cell: entry => actionText(entry.Action),
    },
    {
      id: 'subject',
      header: w.subject,
      width: 'minmax(150px, 1.6fr)',
      cell: entry => <span className={styles.muted}>{entry.Subject}</span>,
    },
    {
      id: 'address',
      header: w.address,
      width: '130px',
      cell: entry => <span className={styles.muted}>{entry.Address}</span>,
    },
    {
      id: 'outcome',
      header: w.outcome,
      width: 'minmax(210px, 1.5fr)',
      cell: entry => <Outcome entry={entry} />,
    },
  ]
}

/** One column of two lines, for the phone. */
export function auditNarrowColumns(): Column<AuditEntryBody>[] {
  return [
    {
      id: 'entry',
      header: auditWords.title,
      width: 'minmax(0, 1fr)',
      cell: entry => (
        <div className={styles.summary}>
          <span className={styles.line}>
            <span className={styles.clip}>
              <Actor entry={entry} /> <span className={styles.muted}>{actionText(entry.Action)}</span>
            </span>
            <OutcomeBadge entry={entry} />
          </span>
          <span className={styles.line}>
            <When entry={entry} />
            <span className={styles.clip} data-quiet>
              {entry.Subject}
            </span>
          </span>
        </div>
      ),
    },
  ]
}

/** The same rows for a spreadsheet. */
export const auditCsv = {
  header(): string[] {
    const w = auditWords
    return [
      w.id,
      w.when,
      w.actor,
      w.roles,
      w.action,
      w.subject,
      w.address,
      w.outcome,
      w.outcomeAt,
      w.code,
      w.hash,
    ]
  },
  row(entry: AuditEntryBody): string[] {
    return [
      String(entry.Id),
      entry.At,
      entry.Actor,
      entry.Roles.join(' '),
      entry.Action,
      entry.Subject ?? '',
      entry.Address,
      auditWords.outcomes[entry.Outcome],
      entry.OutcomeAt ?? '',
      entry.Code ?? '',
      entry.Hash,
    ]
  },
}

/** What was done, in words; an action of a newer build by its id. */
export function actionText(action: string): string {
  return auditWords.actions[action] ?? action
}

/** How it ended, as a word with its tone. */
export function OutcomeBadge({ entry }: { readonly entry: AuditEntryBody }) {
  return (
    <Badge tone={outcomeTones[entry.Outcome]} title={auditWords.outcomeWhy[entry.Outcome]}>
      {auditWords.outcomes[entry.Outcome]}
    </Badge>
  )
}

/** Id of the link that opens an entry, so that the focus finds back to it. */
export function entryLinkId(id: number): string {
  return `entry-${id}`
}

function When({ entry }: { readonly entry: AuditEntryBody }) {
  return (
    <Link
      from="/audit"
      to="."
      search={old => ({ ...old, entry: entry.Id })}
      resetScroll={false}
      id={entryLinkId(entry.Id)}
      className={styles.link}
    >
      <time dateTime={entry.At}>{instantFull(entry.At)}</time>
    </Link>
  )
}

function Actor({ entry }: { readonly entry: AuditEntryBody }) {
  if (entry.Actor === '') return <span className={styles.muted}>{auditWords.nobody}</span>
  return <span className={styles.name}>{entry.Actor}</span>
}

/** Most end at once; a later end says how much later. */
function Outcome({ entry }: { readonly entry: AuditEntryBody }) {
  const after = entry.OutcomeAt === null ? 0 : (Date.parse(entry.OutcomeAt) - Date.parse(entry.At)) / 1000
  return (
    <>
      <OutcomeBadge entry={entry} />
      {after >= 1 && (
        <span className={styles.after} title={instantFull(entry.OutcomeAt ?? '')}>
          {attendanceWords.after(span(after))}
        </span>
      )}
      {entry.Code && <span className={styles.after}>{entry.Code}</span>}
    </>
  )
}
