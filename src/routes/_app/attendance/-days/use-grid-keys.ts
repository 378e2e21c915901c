import type { KeyboardEvent } from 'react'

/** Where the keyboard is: column -1 is the person. */
export interface GridPlace {
  readonly row: number
  readonly column: number
}

/** Keys of an ARIA grid, with Enter to open and E to explain. */
export function useGridKeys({
  active,
  rows,
  columns,
  pageRows,
  onMove,
  onOpen,
  onExplain,
}: {
  readonly active: GridPlace
  readonly rows: number
  readonly columns: number
  readonly pageRows: number
  readonly onMove: (place: GridPlace) => void
  readonly onOpen: () => void
  readonly onExplain: () => void
}): (event: KeyboardEvent) => void {
  return event => {
    if (event.altKey || event.metaKey) return
    const isPlain = !event.ctrlKey && !event.shiftKey
    if (isPlain && (event.key === 'Enter' || event.key === ' ')) onOpen()
    else if (isPlain && event.key === 'e') onExplain()
    else {
      const next = placeAfter(event.key, event.ctrlKey, active, { rows, columns, pageRows })
      if (next === null) return
      onMove(next)
    }
    event.preventDefault()
  }
}

/** Where a key leads to; null for a key that does not move. */
function placeAfter(
  key: string,
  isFar: boolean,
  { row, column }: GridPlace,
  size: { readonly rows: number; readonly columns: number; readonly pageRows: number },
): GridPlace | null {
  const to = (nextRow: number, nextColumn: number): GridPlace => ({
    row: Math.min(Math.max(nextRow, 0), Math.max(0, size.rows - 1)),
    column: Math.min(Math.max(nextColumn, -1), size.columns - 1),
  })
  // In a page written from right to left the columns run the other way.
  const ahead = document.documentElement.dir === 'rtl' ? -1 : 1
  switch (key) {
    case 'ArrowUp':
      return to(isFar ? 0 : row - 1, column)
    case 'ArrowDown':
      return to(isFar ? size.rows - 1 : row + 1, column)
    case 'ArrowLeft':
      return to(row, column - ahead)
    case 'ArrowRight':
      return to(row, column + ahead)
    case 'PageUp':
      return to(row - size.pageRows, column)
    case 'PageDown':
      return to(row + size.pageRows, column)
    case 'Home':
      return isFar ? to(0, -1) : to(row, -1)
    case 'End':
      return isFar ? to(size.rows - 1, size.columns - 1) : to(row, size.columns - 1)
    default:
      return null
  }
}
