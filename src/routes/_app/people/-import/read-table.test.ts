import { writeXlsx } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'
import { peopleWords } from '../../../../words/people.ts'
import { guessMapping } from './columns.ts'
import { readTable } from './read-table.ts'
import { readRows } from './rows.ts'
import { storedZip } from './stored-zip.ts'

const fileOf = (name: string, ...parts: BlobPart[]) => new File(parts, name)
const spreadsheetml = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packaged = 'http://schemas.openxmlformats.org/package/2006'

/**
 * A workbook as a spreadsheet writes it: texts in a table of their own, days as numbers under a format, codes as
 * numbers that a format shows with zeros, a title over the headings, an empty row, and a hidden sheet before it all.
 */
const handMade = storedZip({
  '[Content_Types].xml': `<Types xmlns="${packaged}/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${relationships}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `<workbook xmlns="${spreadsheetml}" xmlns:r="${relationships}"><sheets><sheet name="Lookup" sheetId="1" state="hidden" r:id="rId1"/><sheet name="Staff" sheetId="2" r:id="rId2"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${relationships}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${relationships}/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId3" Type="${relationships}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId4" Type="${relationships}/styles" Target="styles.xml"/></Relationships>`,
  'xl/sharedStrings.xml': `<sst xmlns="${spreadsheetml}" count="6" uniqueCount="6"><si><t>Staff No</t></si><si><t>Full name</t></si><si><t>Start</t></si><si><t>Valid until</t></si><si><r><t>Asha </t></r><r><rPr><b/></rPr><t>Rao &amp; Co</t></r></si><si><t>00042</t></si></sst>`,
  'xl/styles.xml': `<styleSheet xmlns="${spreadsheetml}"><numFmts count="2"><numFmt numFmtId="164" formatCode="000000"/><numFmt numFmtId="165" formatCode="dd\\.mm\\.yyyy"/></numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/></cellXfs></styleSheet>`,
  'xl/worksheets/sheet1.xml': `<worksheet xmlns="${spreadsheetml}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>`,
  'xl/worksheets/sheet2.xml': `<worksheet xmlns="${spreadsheetml}"><sheetData><row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="s"><v>2</v></c><c r="D2" t="s"><v>3</v></c></row><row r="3"><c r="A3" s="1"><v>123</v></c><c r="B3" t="s"><v>4</v></c><c r="C3" s="2"><v>46112</v></c><c r="D3" s="3"><v>73051.75</v></c></row><row r="4"><c r="A4" s="1"/></row><row r="5"><c r="A5" t="s"><v>5</v></c><c r="B5" t="inlineStr"><is><t>Ben</t></is></c><c r="D5"><v>46112</v></c></row></sheetData></worksheet>`,
})

describe('a workbook', () => {
  it('of a spreadsheet is read as it shows itself: zeros, days, the row numbers at its edge', async () => {
    const table = await readTable(fileOf('staff.xlsx', handMade))
    expect(table).toEqual({
      header: ['Staff No', 'Full name', 'Start', 'Valid until'],
      rows: [
        ['000123', 'Asha Rao & Co', '2026-03-31', '2100-01-01'],
        ['00042', 'Ben', '', '46112'],
      ],
      lines: [3, 5],
      numeric: [false, false, false, true],
      cutAt: null,
    })
    const rows = readRows(table, guessMapping(table.header), { dates: 'day', pad: 0 })
    expect(rows).toEqual([
      {
        row: 3,
        values: {
          EmployeeCode: '000123',
          Name: 'Asha Rao & Co',
          ValidFrom: '2026-03-31',
          ValidTo: '2100-01-01',
        },
        faults: [],
      },
      { row: 5, values: { EmployeeCode: '00042', Name: 'Ben', ValidTo: '2026-03-31' }, faults: [] },
    ])
  })

  it('of another program is read too, and what is wrong is said by its row', async () => {
    const bytes = await writeXlsx({
      sheets: [
        {
          name: 'People',
          rows: [
            ['Code', 'First name', 'Card', 'Valid until'],
            ['007', 'Zoë', 4711, new Date('2027-12-31T00:00:00Z')],
            [null, null, null, null],
            ['008', 'Ugo', '12AB', 'soon'],
          ],
        },
      ],
    })
    const table = await readTable(fileOf('people.xlsx', new Uint8Array(bytes)))
    const rows = readRows(table, guessMapping(table.header), { dates: 'day', pad: 0 })
    expect(rows[0]).toEqual({
      row: 2,
      values: { EmployeeCode: '007', FirstName: 'Zoë', Card: '4711', ValidTo: '2027-12-31' },
      faults: [],
    })
    expect([rows[1]?.row, rows[1]?.faults]).toEqual([
      4,
      [
        { field: 'Card', fault: { kind: 'card', value: '12AB' } },
        { field: 'ValidTo', fault: { kind: 'date', value: 'soon' } },
      ],
    ])
  })

  it('that is broken, old or locked is refused with what to do about it', async () => {
    const w = peopleWords.importing
    const broken = handMade.slice(0, handMade.length - 40)
    await expect(readTable(fileOf('cut.xlsx', broken))).rejects.toThrow(w.noWorkbook)
    const old = Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)
    await expect(readTable(fileOf('staff.xls', old))).rejects.toThrow(w.oldOrLocked)
    const huge = new Uint8Array(20_000_001)
    await expect(readTable(fileOf('huge.csv', huge))).rejects.toThrow(w.tooLarge)
  })
})

describe('a text file', () => {
  it.each([
    ['commas', 'Code,Name\r\n0042,"Rao, Asha"\r\n\r\n0043,Ben\r\n', 'Rao, Asha'],
    ['semicolons', 'Code;Name\n0042;"Rao; Asha"\n\n0043;Ben\n', 'Rao; Asha'],
    ['tabs', 'Code\tName\n0042\tAsha Rao\n\n0043\tBen\n', 'Asha Rao'],
  ])('with %s keeps its zeros and skips empty lines', async (_mark, text, name) => {
    const table = await readTable(fileOf('people.csv', '\ufeff', text))
    expect(table.header).toEqual(['Code', 'Name'])
    expect(table.rows).toEqual([
      ['0042', name],
      ['0043', 'Ben'],
    ])
    expect(table.lines).toEqual([2, 4])
  })

  it('of an older program is read in the western code page', async () => {
    const latin = Uint8Array.from('Code;Name\n1;Zoë\n', char => char.charCodeAt(0))
    expect((await readTable(fileOf('old.csv', latin))).rows).toEqual([['1', 'Zoë']])
  })
})
