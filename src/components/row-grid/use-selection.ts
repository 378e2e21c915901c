import { useCallback, useMemo, useRef, useState } from 'react'

export interface Selection<Row> {
  readonly size: number
  readonly rows: readonly Row[]
  has(key: string): boolean
  hasAll(first: number, last: number): boolean
  /** `extend`: all from the one ticked last to this one. */
  readonly toggle: (index: number, extend: boolean) => void
  toggleRange(first: number, last: number): void
  clear(): void
  add(rows: readonly Row[]): void
}

/**
 * Rows that are ticked, by key, so that they stay so while the list is scrolled, filtered or fetched again. Holds at
 * most `max`; more than the server takes in one go would be a promise that cannot be kept.
 */
export function useSelection<Row>(
  rowAt: (index: number) => Row | undefined,
  rowKey: (row: Row) => string,
  max: number,
): Selection<Row> {
  const [held, setHeld] = useState<ReadonlyMap<string, Row>>(new Map())
  const anchor = useRef(-1)
  const latest = useRef({ rowAt, rowKey })
  latest.current = { rowAt, rowKey }

  const put = useCallback(
    (rows: readonly Row[], isOn: boolean) =>
      setHeld(old => {
        const next = new Map(old)
        for (const row of rows) {
          const key = latest.current.rowKey(row)
          if (!isOn) next.delete(key)
          else if (next.size < max) next.set(key, row)
        }
        return next
      }),
    [max],
  )
  const between = useCallback((first: number, last: number) => {
    const rows: Row[] = []
    for (let index = first; index <= last; index += 1) {
      const row = latest.current.rowAt(index)
      if (row !== undefined) rows.push(row)
    }
    return rows
  }, [])
  const toggle = useCallback(
    (index: number, extend: boolean) => {
      const from = extend && anchor.current >= 0 ? anchor.current : index
      anchor.current = index
      setHeld(old => {
        const row = latest.current.rowAt(index)
        if (row === undefined) return old
        const isOn = !old.has(latest.current.rowKey(row)) || from !== index
        const next = new Map(old)
        for (const each of between(Math.min(from, index), Math.max(from, index))) {
          const key = latest.current.rowKey(each)
          if (!isOn) next.delete(key)
          else if (next.size < max) next.set(key, each)
        }
        return next
      })
    },
    [between, max],
  )
  return useMemo(
    () => ({
      size: held.size,
      rows: [...held.values()],
      has: key => held.has(key),
      hasAll(first, last) {
        const rows = between(first, last)
        return rows.length > 0 && rows.every(row => held.has(latest.current.rowKey(row)))
      },
      toggle,
      toggleRange(first, last) {
        const rows = between(first, last)
        put(rows, !rows.every(row => held.has(latest.current.rowKey(row))))
      },
      clear: () => setHeld(new Map()),
      add: rows => put(rows, true),
    }),
    [held, toggle, put, between],
  )
}
