import { csvLine } from '#contract/csv.ts'

/** Rows as CSV for spreadsheets: every cell is text, none is a formula. */
export function toCsv(header: readonly string[], rows: readonly (readonly string[])[]): string {
  // The mark in front tells spreadsheets that it is UTF-8.
  return `\uFEFF${[header, ...rows].map(csvLine).join('')}`
}
