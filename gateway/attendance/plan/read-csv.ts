export interface CsvRow {
  /** Line of the text on which it begins; the first is 1. */
  readonly line: number
  readonly cells: readonly string[]
}

/**
 * Rows of a CSV text as spreadsheets write it: comma, semicolon or tab, whichever the first line has most of; quotes
 * double inside quotes; any line end; a byte order mark is skipped. Never throws: text without sense is a row without
 * sense. Blank lines are left out.
 */
export function readCsv(text: string): CsvRow[] {
  const plain = text.replace(/^\uFEFF/, '')
  const separator = separatorOf(plain)
  const rows: CsvRow[] = []
  let cells: string[] = []
  let cell = ''
  let quoted = false
  let line = 1
  let began = 1
  const endRow = () => {
    cells.push(cell)
    if (cells.some(each => each.trim() !== '')) rows.push({ line: began, cells })
    cells = []
    cell = ''
  }
  for (let at = 0; at < plain.length; at += 1) {
    const char = plain.charAt(at)
    const isBreak = char === '\n' || (char === '\r' && plain.charAt(at + 1) !== '\n')
    if (isBreak) line += 1
    if (quoted) {
      if (char !== '"') cell += char
      else if (plain.charAt(at + 1) === '"') {
        cell += '"'
        at += 1
      } else quoted = false
    } else if (char === '"' && cell.trim() === '') {
      quoted = true
      cell = ''
    } else if (char === separator) {
      cells.push(cell)
      cell = ''
    } else if (isBreak) {
      endRow()
      began = line
    } else if (char !== '\r') cell += char
  }
  endRow()
  return rows
}

function separatorOf(text: string): string {
  const [first = ''] = text.split(/[\r\n]/, 1)
  const counted = [',', ';', '\t'].map(mark => ({ mark, times: first.split(mark).length }))
  return counted.sort((a, b) => b.times - a.times)[0]?.mark ?? ','
}
