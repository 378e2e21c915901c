import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { operationQuery } from '../../../../api/query.ts'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { SkeletonRows } from '../../../../components/page-states/skeleton.tsx'
import { type Punch, PunchTime, personLabel } from '../../../../components/punches/punch-marks.tsx'
import { SideSheet } from '../../../../components/side-sheet/side-sheet.tsx'
import { Walk } from '../../../../components/side-sheet/walk.tsx'
import { attendanceWords } from '../../../../words/attendance.ts'
import { punchLinkId } from './punch-facts.ts'
import { PunchProof } from './punch-proof.tsx'
import type { usePunches } from './use-punches.ts'

/** One punch with its proof, over the list it is in; J and K walk through that list. */
export function PunchSheet({
  id,
  at,
  list: { query, rows },
  onChange,
  onClose,
}: {
  readonly id: string
  readonly at: string | undefined
  readonly list: ReturnType<typeof usePunches>
  readonly onChange: (punch: Punch) => void
  readonly onClose: () => void
}) {
  const w = attendanceWords.sheet
  const index = rows.findIndex(row => row.OperationID === id)
  const { punch, isSearching } = usePunch(id, at, rows[index], query.isPending)
  const { hasNextPage, isFetching, fetchNextPage } = query
  const isNearEnd = index >= 0 && index >= rows.length - 3
  useEffect(() => {
    if (isNearEnd && hasNextPage && !isFetching) void fetchNextPage()
  }, [isNearEnd, hasNextPage, isFetching, fetchNextPage])

  const go = (step: number) => {
    const next = index < 0 ? undefined : rows[index + step]
    if (next) onChange(next)
  }
  return (
    <SideSheet
      title={punch ? personLabel(punch) : isSearching ? w.searching : w.missing}
      lead={punch && <PunchTime punch={punch} />}
      returnTo={punchLinkId(id)}
      onClose={onClose}
      onStep={go}
      actions={<Walk index={index} length={rows.length} onStep={go} />}
    >
      {punch ? (
        <PunchProof punch={punch} />
      ) : isSearching ? (
        <SkeletonRows rows={8} />
      ) : (
        <EmptyState icon="search" title={w.missing}>
          {w.missingBody}
        </EmptyState>
      )}
    </SideSheet>
  )
}

/** The punch out of the list; else, since a link may point beyond what is loaded, asked for by its second. */
function usePunch(id: string, at: string | undefined, listed: Punch | undefined, isListPending: boolean) {
  const second = { FromDate: at ?? '', ToDate: at ?? '', Limit: 1000 }
  const isAsked = listed === undefined && at !== undefined
  const { data, isPending } = useQuery({ ...operationQuery('attendance.byDate', second), enabled: isAsked })
  const found = listed ?? data?.Attendance.find(punch => punch.OperationID === id)
  return { punch: found, isSearching: found === undefined && (isAsked ? isPending : isListPending) }
}
