import { z } from 'zod'
import { UserType } from '#contract/entities/person.ts'
import { OperationError } from '#contract/errors.ts'
import { EmployeeCode, LocalDate, text } from '#contract/primitives.ts'
import type { OperationAnswer } from '#contract/types.ts'
import { newChangeId } from '../people/changes.ts'
import { countedPeople, startJob } from '../people/jobs.ts'
import { savePersonRecord, type Wish } from '../people/record.ts'
import { loadSubjects } from '../people/subjects.ts'
import { wantOn } from '../people/want.ts'
import type { PersonRow } from '../people/wanted.ts'
import type { Write } from '../store/index.ts'
import { userTypeOf } from '../store/people.ts'
import type { Call, Handlers } from './handler.ts'
import { requireKnown } from './scope.ts'

type Row = OperationAnswer<'users.import'>['Rows'][number]

const columns: Readonly<Record<string, z.ZodType>> = {
  EmployeeCode,
  FirstName: text(100),
  LastName: text(100),
  Name: text(200),
  Department: text(100),
  Group: text(100),
  UserType,
  ValidFrom: LocalDate.or(z.literal('')),
  ValidTo: LocalDate.or(z.literal('')),
  Card: z.string().regex(/^\d{0,20}$/, 'must be the decimal card number'),
  Password: z.string().regex(/^\d{0,8}$/, 'must be 1 to 8 digits'),
}

/** Thrown to leave a transaction in which a dry run has tried everything. */
class DryRunOver extends Error {}

export const peopleImportHandlers = {
  async 'users.import'(input, call) {
    for (const sn of input.DeviceSN ?? []) await requireKnown(call, sn)
    const { deps, caller } = call
    const changeId = newChangeId()
    const seen = new Map<string, number>()
    const rows: Row[] = []
    const good: { code: string; wish: Wish; row: Row }[] = []
    for (const [index, raw] of input.Rows.entries()) {
      const read = readRow(raw, index + 1, seen)
      rows.push(read.row)
      if (read.row.Errors.length === 0)
        good.push({ code: read.row.EmployeeCode, wish: read.wish, row: read.row })
    }
    let jobId: string | null = null
    const work = async (write: Write) => {
      for (const { code, wish, row } of good) await tryRow(call, write, changeId, code, wish, row)
      const bad = rows.filter(({ Outcome }) => Outcome === 'Bad').length
      if (input.DryRun || (bad > 0 && !input.SkipBad)) throw new DryRunOver()
      const sns = [...new Set(input.DeviceSN ?? [])]
      const codes = good.filter(({ row }) => row.Outcome !== 'Bad').map(({ code }) => code)
      if (sns.length === 0 || codes.length === 0) return
      const pairs = await wantOn(deps, write, codes, sns)
      const title = `${countedPeople(codes.length)} imported to ${sns.length} ${sns.length === 1 ? 'terminal' : 'terminals'}`
      jobId = await startJob(
        write,
        { kind: 'Import', title, actor: caller.actor, at: deps.clock.now() },
        pairs,
      )
    }
    let written = true
    // A dry run does it all and takes it back, so that it cannot say otherwise than the import does.
    await deps.store.write(work).catch((error: unknown) => {
      if (!(error instanceof DryRunOver)) throw error
      written = false
    })
    const count = (outcome: Row['Outcome']) => rows.filter(({ Outcome }) => Outcome === outcome).length
    return {
      status: 200,
      body: {
        Rows: rows,
        Creates: count('Create'),
        Updates: count('Change'),
        Same: count('Same'),
        Bad: count('Bad'),
        Written: written,
        ChangeID: written ? changeId : null,
        JobID: written ? jobId : null,
      },
    }
  },
} satisfies Partial<Handlers>

function readRow(
  raw: Readonly<Record<string, string>>,
  number: number,
  seen: Map<string, number>,
): { row: Row; wish: Wish } {
  const errors: Row['Errors'] = []
  const values: Record<string, string> = {}
  for (const [field, value] of Object.entries(raw)) {
    const schema = columns[field]
    if (schema === undefined) {
      errors.push({ Field: field, Message: 'There is no such column' })
      continue
    }
    if (value.trim() === '' && field !== 'EmployeeCode') continue
    const parsed = schema.safeParse(field === 'UserType' ? capital(value.trim()) : value.trim())
    if (parsed.success) values[field] = String(parsed.data)
    else errors.push({ Field: field, Message: parsed.error.issues[0]?.message ?? 'cannot be read' })
  }
  const code = values.EmployeeCode ?? (raw.EmployeeCode ?? '').trim()
  if (raw.EmployeeCode === undefined) errors.push({ Field: 'EmployeeCode', Message: 'is missing' })
  const before = seen.get(code)
  if (before !== undefined) errors.push({ Field: 'EmployeeCode', Message: `is in row ${before} too` })
  else seen.set(code, number)
  const { Name, EmployeeCode: _, ...wish } = values
  const [first, ...rest] = (Name ?? '').split(/\s+/)
  const named =
    Name === undefined || values.FirstName !== undefined
      ? {}
      : { FirstName: first ?? '', LastName: values.LastName ?? rest.join(' ') }
  return {
    row: {
      Row: number,
      EmployeeCode: code.slice(0, 64),
      Outcome: errors.length > 0 ? 'Bad' : 'Same',
      Changes: [],
      Errors: errors,
    },
    wish: { ...wish, ...named } as Wish,
  }
}

async function tryRow(
  { deps, caller }: Call,
  write: Write,
  changeId: string,
  code: string,
  wish: Wish,
  row: Row,
): Promise<void> {
  const before = (await loadSubjects(write, [code])).get(code)?.person
  try {
    const author = { actor: caller.actor, changeId }
    const saved = await savePersonRecord(deps, write, code, wish, author, true)
    row.Outcome = saved.isNew ? 'Create' : saved.changed.length > 0 ? 'Change' : 'Same'
    row.Changes = saved.changed.map(field => describe(field, before, wish))
  } catch (error) {
    if (!(error instanceof OperationError)) throw error
    row.Outcome = 'Bad'
    row.Errors.push({ Field: fieldOf(error.field), Message: error.detail ?? error.message })
  }
}

function describe(field: string, before: PersonRow | undefined, wish: Wish): string {
  if (field === 'Card' || field === 'Password') return `${field}: set`
  const was = before === undefined ? '' : wasOf(field, before)
  const becomes = wish[field as keyof Wish] ?? ''
  return was === '' ? `${field}: ${becomes}` : `${field}: ${was} to ${becomes || 'nothing'}`
}

function wasOf(field: string, person: PersonRow): string {
  const values: Readonly<Record<string, string | null>> = {
    FirstName: person.first_name,
    LastName: person.last_name,
    Department: person.department,
    Group: person.group_name,
    UserType: userTypeOf(person.privilege),
    ValidFrom: person.valid_from,
    ValidTo: person.valid_to,
  }
  return values[field] ?? ''
}

function fieldOf(field: string | undefined): string {
  return field === 'CardNumber' ? 'Card' : (field ?? 'EmployeeCode')
}

function capital(value: string): string {
  return value === '' ? value : `${value.charAt(0).toUpperCase()}${value.slice(1).toLowerCase()}`
}
