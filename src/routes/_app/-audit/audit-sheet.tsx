import type { AuditEntryBody } from '#contract/dashboard/audit.ts'
import { CopyButton } from '../../../components/copy-button/copy-button.tsx'
import { Facts } from '../../../components/facts/facts.tsx'
import { EmptyState } from '../../../components/page-states/empty-state.tsx'
import { SkeletonRows } from '../../../components/page-states/skeleton.tsx'
import { SideSheet } from '../../../components/side-sheet/side-sheet.tsx'
import { Walk } from '../../../components/side-sheet/walk.tsx'
import { instantFull } from '../../../format/time.ts'
import { auditWords } from '../../../words/audit.ts'
import { words } from '../../../words/index.ts'
import { actionText, entryLinkId, OutcomeBadge } from './audit-columns.tsx'
import styles from './audit-sheet.module.css'

/** One entry in full; J and K walk through the list it is in. */
export function AuditSheet({
  id,
  entries,
  isLoading,
  onChange,
  onClose,
}: {
  readonly id: number
  readonly entries: readonly AuditEntryBody[]
  readonly isLoading: boolean
  readonly onChange: (id: number) => void
  readonly onClose: () => void
}) {
  const w = auditWords
  const index = entries.findIndex(entry => entry.Id === id)
  const entry = entries[index]
  const go = (step: number) => {
    const next = entry && entries[index + step]
    if (next) onChange(next.Id)
  }
  return (
    <SideSheet
      title={entry ? actionText(entry.Action) : w.entry(String(id))}
      lead={entry && w.entry(String(id))}
      returnTo={entryLinkId(id)}
      onClose={onClose}
      onStep={go}
      actions={<Walk index={index} length={entries.length} onStep={go} />}
    >
      {entry ? (
        <EntryFacts entry={entry} />
      ) : isLoading ? (
        <SkeletonRows rows={6} />
      ) : (
        <EmptyState icon="search" title={w.missing} />
      )}
    </SideSheet>
  )
}

function EntryFacts({ entry }: { readonly entry: AuditEntryBody }) {
  const w = auditWords
  const hasInput = Object.keys(entry.Input).length > 0
  return (
    <>
      <Facts
        facts={[
          { label: w.when, value: instantFull(entry.At), note: entry.At },
          { label: w.actor, value: entry.Actor || w.nobody, note: entry.Roles.join(', ') },
          { label: w.action, value: actionText(entry.Action), note: <code>{entry.Action}</code> },
          entry.Subject === null ? null : { label: w.subject, value: entry.Subject },
          { label: w.address, value: entry.Address },
          { label: w.outcome, value: <OutcomeBadge entry={entry} />, note: w.outcomeWhy[entry.Outcome] },
          entry.OutcomeAt === null ? null : { label: w.outcomeAt, value: instantFull(entry.OutcomeAt) },
          entry.Code === null ? null : { label: w.code, value: <code>{entry.Code}</code> },
          entry.CommandID === null ? null : { label: w.command, value: <code>{entry.CommandID}</code> },
          { label: w.hash, value: <code>{entry.Hash}</code> },
        ]}
      />
      {hasInput && (
        <section>
          <h3 className={styles.heading}>{w.input}</h3>
          <p className={styles.note}>{w.inputWhy}</p>
          <pre className={styles.input}>{JSON.stringify(entry.Input, null, 2)}</pre>
        </section>
      )}
      <div>
        <CopyButton size="medium" label={words.parts.copyJson} text={JSON.stringify(entry, null, 2)} />
      </div>
    </>
  )
}
