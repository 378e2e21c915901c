import type { OperationRecord } from '#contract/operation.ts'

/** Older and other names of fields (cams-gateway 1.1); the contract's own name always wins. */
const synonyms = new Map(
  Object.entries({
    serialnumber: 'DeviceSN',
    stgid: 'DeviceSN',
    servicetagid: 'DeviceSN',
    userid: 'EmployeeCode',
    starttime: 'FromDate',
    startdate: 'FromDate',
    sdate: 'FromDate',
    endtime: 'ToDate',
    enddate: 'ToDate',
    edate: 'ToDate',
  }),
)

/**
 * Raw fields under the contract's names, whatever letter case or older name they came in. Empty text from a query or
 * form counts as absent: that is how forms send a field nobody filled in. Unknown fields are dropped by the schema.
 */
export function canonicalFields(
  record: OperationRecord,
  raw: Readonly<Record<string, unknown>>,
  fromForm: boolean,
): Record<string, unknown> {
  const own = new Map(Object.keys(record.input.shape).map(name => [name.toLowerCase(), name]))
  const fields: Record<string, unknown> = {}
  const older: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(raw)) {
    if (value === undefined || (fromForm && value === '')) continue
    const exact = own.get(name.toLowerCase())
    const synonym = synonyms.get(name.toLowerCase())
    if (exact !== undefined) fields[exact] = value
    else if (synonym !== undefined && own.has(synonym.toLowerCase())) older[synonym] = value
  }
  return { ...older, ...fields }
}
