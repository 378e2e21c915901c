import { useEffect } from 'react'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { SkeletonRows } from '../../../../components/page-states/skeleton.tsx'
import { PunchTime, personLabel } from '../../../../components/punches/punch-marks.tsx'
import { SideSheet } from '../../../../components/side-sheet/side-sheet.tsx'
import { Walk } from '../../../../components/side-sheet/walk.tsx'
import { words } from '../../../../words/index.ts'
import { punchLinkId } from './punch-facts.ts'
import { PunchProof } from './punch-proof.tsx'
import type { usePunches } from './use-punches.ts'

/** A link may point deep into a long list; after this many pages the search gives up and says so. */
const searchedPagesMax = 30

/** One punch with its proof, over the list it is in; J and K walk through that list. */
export function PunchSheet({
  id,
  list: { query, rows },
  onChange,
  onClose,
}: {
  readonly id: string
  readonly list: ReturnType<typeof usePunches>
  readonly onChange: (id: string) => void
  readonly onClose: () => void
}) {
  const w = words.attendance.sheet
  const index = rows.findIndex(row => row.OperationID === id)
  const punch = rows[index]
  const { hasNextPage, isFetching, fetchNextPage } = query
  const pages = query.data?.pages.length ?? 0
  const isMissing = punch === undefined && !query.isPending && (!hasNextPage || pages >= searchedPagesMax)
  const isNearEnd = punch !== undefined && index >= rows.length - 3
  useEffect(() => {
    if ((punch === undefined && !isMissing) || isNearEnd) {
      if (hasNextPage && !isFetching) void fetchNextPage()
    }
  }, [punch, isMissing, isNearEnd, hasNextPage, isFetching, fetchNextPage])

  const go = (step: number) => {
    const next = punch && rows[index + step]
    if (next) onChange(next.OperationID)
  }
  return (
    <SideSheet
      title={punch ? personLabel(punch) : isMissing ? w.missing : w.searching}
      lead={punch && <PunchTime punch={punch} />}
      returnTo={punchLinkId(id)}
      onClose={onClose}
      onStep={go}
      actions={<Walk index={index} length={rows.length} onStep={go} />}
    >
      {punch ? (
        <PunchProof punch={punch} />
      ) : isMissing ? (
        <EmptyState icon="search" title={w.missing}>
          {w.missingBody}
        </EmptyState>
      ) : (
        <SkeletonRows rows={8} />
      )}
    </SideSheet>
  )
}
