/**
 * Spreadsheets run a cell that starts like this as a formula, some of them behind blanks or in full width as well
 * (OWASP, "CSV injection"); an apostrophe in front makes it text.
 */
const formulaStart = /^(?:[\t\r\n]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20])/

/** A `;` opens a new cell where the comma is the decimal sign. */
const needsQuotes = /[",;\t\r\n]|^\s|\s$/

/** One line of CSV for spreadsheets, with its end: no text is a formula, and a number is a number. */
export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(cell: string | number): string {
  const text = String(cell)
  if (typeof cell === 'number') return text
  const isFormula = formulaStart.test(text)
  if (!isFormula && !needsQuotes.test(text)) return text
  return `"${isFormula ? "'" : ''}${text.replaceAll('"', '""')}"`
}
