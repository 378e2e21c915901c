import { once } from 'node:events'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { PassThrough, type Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import PDFDocument from 'pdfkit'
import type { Column } from './columns.ts'
import { toText } from './write-text.ts'

const fonts = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf')
const regular = join(fonts, 'DejaVuSansCondensed.ttf')
const bold = join(fonts, 'DejaVuSansCondensed-Bold.ttf')

const margin = 34
const rowHeight = 13
const size = 7.5

interface PdfSheet<Row> {
  /** At the head of the first page. */
  readonly name: string
  readonly columns: readonly Column<Row>[]
  readonly notes?: readonly string[]
}

/**
 * A4 across, written page by page while rows come: a page that is full is out of memory before the next one begins, and
 * nothing is read while nobody takes what is written. Every page repeats the heads of its columns and has its number.
 */
export function writePdf<Row>(pages: AsyncIterable<readonly Row[]>, sheet: PdfSheet<Row>): Readable {
  const document = new PDFDocument({
    size: 'A4',
    layout: 'landscape',
    margin,
    compress: true,
    info: { Title: sheet.name, Creator: 'Gatehouse' },
  })
  document.registerFont('regular', regular)
  document.registerFont('bold', bold)
  const out = new PassThrough()
  document.pipe(out)
  void fill(document, out, pages, sheet).catch(error => out.destroy(error))
  return out
}

type Document = InstanceType<typeof PDFDocument>

async function fill<Row>(
  document: Document,
  out: PassThrough,
  pages: AsyncIterable<readonly Row[]>,
  sheet: PdfSheet<Row>,
): Promise<void> {
  const places = placesOf(sheet.columns, document.page.width - 2 * margin)
  const bottom = document.page.height - margin - 14
  let pageNumber = 1
  let y = head(document, sheet, places)
  const turn = () => {
    foot(document, pageNumber)
    document.addPage()
    pageNumber += 1
    y = columnHeads(document, sheet.columns, places, margin)
  }
  for await (const rows of pages) {
    for (const row of rows) {
      if (y + rowHeight > bottom) turn()
      line(document, sheet.columns, places, row, y)
      y += rowHeight
    }
    await drained(out)
  }
  foot(document, pageNumber)
  document.end()
}

interface Place {
  readonly x: number
  readonly width: number
}

function placesOf(columns: readonly { readonly width: number }[], room: number): Place[] {
  const total = columns.reduce((sum, { width }) => sum + width, 0)
  let x = margin
  return columns.map(column => {
    const place = { x, width: (column.width / total) * room }
    x += place.width
    return place
  })
}

function head<Row>(document: Document, sheet: PdfSheet<Row>, places: readonly Place[]): number {
  document.font('bold').fontSize(13).text(shown(sheet.name), margin, margin, { lineBreak: false })
  let y = margin + 20
  document.font('regular').fontSize(size)
  for (const note of sheet.notes ?? []) {
    document.text(shown(note), margin, y, { lineBreak: false })
    y += 11
  }
  return columnHeads(document, sheet.columns, places, y + 5)
}

function columnHeads(
  document: Document,
  columns: readonly { readonly header: string }[],
  places: readonly Place[],
  y: number,
): number {
  document.font('bold').fontSize(size)
  for (const [at, { header }] of columns.entries()) cell(document, header, places[at], y)
  document
    .moveTo(margin, y + 11)
    .lineTo(document.page.width - margin, y + 11)
    .lineWidth(0.6)
    .strokeColor('#000')
    .stroke()
  document.font('regular').fontSize(size)
  return y + 14
}

function line<Row>(
  document: Document,
  columns: readonly Column<Row>[],
  places: readonly Place[],
  row: Row,
  y: number,
): void {
  for (const [at, column] of columns.entries())
    cell(document, String(toText(column.cell(row))), places[at], y)
  document
    .moveTo(margin, y + 10.5)
    .lineTo(document.page.width - margin, y + 10.5)
    .lineWidth(0.2)
    .strokeColor('#bbb')
    .stroke()
}

function cell(document: Document, text: string, place: Place | undefined, y: number): void {
  if (!place || text === '') return
  document.text(fitted(document, shown(text), place.width - 3), place.x, y, { lineBreak: false })
}

/** Cut with an ellipsis where it is too long for its column. */
function fitted(document: Document, text: string, width: number): string {
  if (document.widthOfString(text) <= width) return text
  let kept = text.slice(0, Math.ceil((width / document.widthOfString(text)) * text.length))
  while (kept !== '' && document.widthOfString(`${kept}…`) > width) kept = kept.slice(0, -1)
  return `${kept}…`
}

/** Control characters have no picture. A script the font has not is shown as its boxes; the code beside it is not. */
function shown(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, ' ')
}

function foot(document: Document, pageNumber: number): void {
  document
    .font('regular')
    .fontSize(7)
    .text(String(pageNumber), document.page.width - margin - 40, document.page.height - margin - 8, {
      width: 40,
      align: 'right',
      lineBreak: false,
      height: 10,
    })
  document.fontSize(size)
}

/** Until whoever takes it has taken enough; and in any case one turn for everybody else. */
async function drained(out: PassThrough): Promise<void> {
  await setImmediate()
  if (out.destroyed) throw new Error('Nobody takes the file any more')
  if (out.writableNeedDrain) await Promise.race([once(out, 'drain'), once(out, 'close')])
}
