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
  /** null: more than shown, nobody knows how many. */
  readonly total: number | null
}) {
  const w = words.parts.export
  const isPartial = total === null || shown < total
  const label = total === null ? w.shown(count(shown)) : w.partial(count(shown), count(total))
  return (
    <Button
      icon="download"
      disabled={shown === 0}
      title={isPartial ? w.partialWhy : undefined}
      onClick={() => save(`${name}.csv`, toCsv(header, rows()))}
    >
      {isPartial ? label : w.all}
    </Button>
  )
}

/** Saves the whole list as a file the server writes: a browser need not hold what it only stores. */
export function ExportFiles<const F extends FileFormat = 'csv' | 'xlsx'>({
  formats,
  hrefOf,
}: {
  /** CSV and XLSX unless said otherwise. */
  readonly formats?: readonly F[]
  readonly hrefOf: (format: F) => string
}) {
  const w = words.parts.export
  // Without a list the type is what the default says.
  const offered = formats ?? (['csv', 'xlsx'] as unknown as readonly F[])
  return offered.map(format => (
    <Button
      key={format}
      icon="download"
      aria-label={w.fileOf(w.file[format])}
      title={w.fileWhy}
      onClick={() => fetchAs(hrefOf(format), '')}
    >
      {w.file[format]}
    </Button>
  ))
}

type FileFormat = 'csv' | 'xlsx' | 'pdf'

function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
  fetchAs(url, name)
  // At once would be too early for some browsers.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

/** Without a name the file keeps the one it comes with. */
function fetchAs(url: string, name: string): void {
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
}
