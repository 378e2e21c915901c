/** Spreadsheets run a cell that starts like this as a formula; an apostrophe in front makes it text. */
const formulaStart = /^[=+\-@\t\r]/

/** Rows as CSV for spreadsheets: every cell is text, none is a formula. */
export function toCsv(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [header, ...rows].map(row => row.map(cell).join(','))
  // The mark in front tells spreadsheets that it is UTF-8.
  return `\uFEFF${lines.join('\r\n')}\r\n`
}

function cell(text: string): string {
  const safe = formulaStart.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
