import { toCsv } from '../../format/csv.ts'
import { count } from '../../format/number.ts'
import { words } from '../../words/index.ts'
import { Button } from '../button/button.tsx'

/** Saves the rows on screen as a file. Where more exist than are loaded, the label says how many it takes. */
export function ExportButton({
  name,
  header,
  rows,
  shown,
  total,
}: {
  /** File name without its ending. */
  readonly name: string
  readonly header: readonly string[]
  /** Made only when pressed. */
  readonly rows: () => readonly (readonly string[])[]
  readonly shown: number
  readonly total: number
}) {
  const w = words.parts.export
  return (
    <Button
      icon="download"
      disabled={shown === 0}
      title={shown < total ? w.partialWhy : undefined}
      onClick={() => save(`${name}.csv`, toCsv(header, rows()))}
    >
      {shown < total ? w.partial(count(shown), count(total)) : w.all}
    </Button>
  )
}

function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // At once would be too early for some browsers.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
