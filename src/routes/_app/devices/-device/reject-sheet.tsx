import { CopyButton } from '../../../../components/copy-button/copy-button.tsx'
import { Facts } from '../../../../components/facts/facts.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { SkeletonRows } from '../../../../components/page-states/skeleton.tsx'
import { SideSheet } from '../../../../components/side-sheet/side-sheet.tsx'
import { Walk } from '../../../../components/side-sheet/walk.tsx'
import { instantFull } from '../../../../format/time.ts'
import { terminalWords } from '../../../../words/terminal.ts'
import { KindBadge, lineLinkId } from './reject-columns.tsx'
import styles from './reject-sheet.module.css'
import { placeText, type QuarantinedLine, reasonText, shownRaw } from './rejected-line.ts'

/** One line in full, over the list it is in; J and K walk through that list. */
export function RejectSheet({
  id,
  lines,
  isLoading,
  timeZone,
  maySee,
  onChange,
  onClose,
}: {
  readonly id: string
  readonly lines: readonly QuarantinedLine[]
  readonly isLoading: boolean
  readonly timeZone: string
  readonly maySee: boolean
  readonly onChange: (id: string) => void
  readonly onClose: () => void
}) {
  const w = terminalWords.rejects
  const index = lines.findIndex(line => line.QuarantineID === id)
  const line = lines[index]
  const go = (step: number) => {
    const next = index < 0 ? undefined : lines[index + step]
    if (next) onChange(next.QuarantineID)
  }
  return (
    <SideSheet
      title={line ? reasonText(line) : w.title}
      lead={line && [line.Table, placeText(line)].join(' · ')}
      returnTo={lineLinkId(id)}
      onClose={onClose}
      onStep={go}
      actions={<Walk index={index} length={lines.length} onStep={go} />}
    >
      {line ? (
        <LineFacts line={line} timeZone={timeZone} maySee={maySee} />
      ) : isLoading ? (
        <SkeletonRows rows={6} />
      ) : (
        <EmptyState icon="search" title={w.missing}>
          {w.missingBody}
        </EmptyState>
      )}
    </SideSheet>
  )
}

function LineFacts({
  line,
  timeZone,
  maySee,
}: {
  readonly line: QuarantinedLine
  readonly timeZone: string
  readonly maySee: boolean
}) {
  const w = terminalWords.rejects
  const raw = shownRaw(line, maySee)
  return (
    <>
      <Facts
        facts={[
          { label: w.kind, value: <KindBadge line={line} /> },
          { label: w.reason, value: reasonText(line), note: <code>{line.Reason}</code> },
          { label: w.when, value: instantFull(line.ReceivedAt, timeZone) },
          { label: w.table, value: line.Table },
          { label: w.place, value: placeText(line) },
          { label: w.size, value: w.bytes(line.Bytes) },
        ]}
      />
      <section>
        <h3 className={styles.heading}>{w.raw}</h3>
        {'text' in raw ? (
          <>
            <p className={styles.note}>{w.rawWhy}</p>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
            <pre className={styles.raw} tabIndex={0}>
              {raw.text}
            </pre>
            <CopyButton label={w.copy} text={raw.text} />
          </>
        ) : (
          <p className={styles.note}>{raw.hidden}</p>
        )}
      </section>
    </>
  )
}
