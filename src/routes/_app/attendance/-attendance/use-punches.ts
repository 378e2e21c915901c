import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useMemo, useState } from 'react'
import { toServerTime } from '../../../../api/clock.ts'
import { useLink } from '../../../../api/link.ts'
import { type LivePunch, livePunchesQuery } from '../../../../api/live-news.ts'
import type { Punch } from '../../../../components/punches/punch-marks.tsx'
import { type PunchesInput, punchesQuery, standing } from './search.ts'

const none: ReadonlySet<string> = new Set()

/** The list in pages, what has happened since it was loaded, and the way to load it anew. */
export function usePunches(input: PunchesInput) {
  const queryClient = useQueryClient()
  const options = punchesQuery(input)
  const query = useInfiniteQuery({ ...options, ...standing })
  const { data: live } = useQuery(livePunchesQuery)
  const link = useLink()
  const key = JSON.stringify(input)
  const [shown, setShown] = useState({ key, seen: none, times: 0 })
  const seen = shown.key === key ? shown.seen : none

  const rows = useMemo<Punch[]>(() => query.data?.pages.flatMap(page => page.Attendance) ?? [], [query.data])
  const loaded = useMemo(() => new Set(rows.map(row => row.OperationID)), [rows])
  const fresh = live.filter(
    punch => fits(punch, input) && !loaded.has(punch.OperationID) && !seen.has(punch.OperationID),
  ).length
  // Between the answer and the live link opening, or while it was down, nobody told us anything.
  const hasGap =
    query.dataUpdatedAt > 0 && link.state === 'live' && link.since > toServerTime(query.dataUpdatedAt)

  const reload = async (fromTop: boolean) => {
    const heard = new Set(live.map(punch => punch.OperationID))
    await queryClient
      .fetchInfiniteQuery({ ...options, ...standing, staleTime: 0, pages: 1 })
      .catch(() => undefined)
    setShown(old => ({ key, seen: heard, times: old.times + (fromTop ? 1 : 0) }))
  }
  const closeGap = useEffectEvent(() => void reload(false))
  const isShort = (query.data?.pages.length ?? 0) < 2
  useEffect(() => {
    // Whoever has not read far loses nothing by it; others are asked.
    if (hasGap && isShort) closeGap()
  }, [hasGap, isShort])
  return {
    query,
    rows,
    total: query.data?.pages[0]?.ActualRowCount,
    fresh: query.data && !query.isPlaceholderData ? fresh : 0,
    hasGap: hasGap && !isShort,
    /** Loads anew and starts at the top. */
    reload: () => void reload(true),
    /** Changes with each fresh start, so that the table starts at its top. */
    edition: `${key}${shown.times}`,
  }
}

/** As the gateway narrows a list to clocks that are off. */
const clockOffSeconds = 60

function fits(punch: LivePunch, input: PunchesInput): boolean {
  const day = punch.AttendanceLog.slice(0, 10)
  if (day < input.FromDate || day > input.ToDate) return false
  if (input.Type !== undefined && !input.Type.includes(punch.Type)) return false
  if (input.ClockOff && Math.abs(punch.ClockSkewSeconds ?? 0) <= clockOffSeconds) return false
  if (input.DeviceSN !== undefined && punch.DeviceSN !== input.DeviceSN) return false
  return input.EmployeeCode === undefined || punch.EmployeeCode === input.EmployeeCode
}
