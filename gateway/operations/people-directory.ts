import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import { type PersonRecord, PersonStatus, type UserChange } from '#contract/entities/people.ts'
import { OperationError } from '#contract/errors.ts'
import { bioItem, fingerprintType, typeName } from '../people/bio-types.ts'
import { newChangeId, undoMs } from '../people/changes.ts'
import { departmentOn, directoryRows, findDirectory, type Today } from '../people/directory.ts'
import { countOrphans } from '../people/findings.ts'
import { savePersonRecord } from '../people/record.ts'
import { loadSubjects } from '../people/subjects.ts'
import { undoChange } from '../people/undo.ts'
import { readPosition, toPage } from '../store/cursor.ts'
import { toIso } from '../store/devices.ts'
import type { Reader } from '../store/index.ts'
import { localAt } from '../time/zone.ts'
import type { Call, Handlers } from './handler.ts'
import { requireKnown, visibleDevices } from './scope.ts'

/** A clock for lists of people: that of the first site. */
export function todayOf({ deps }: Call): Today {
  return { now: deps.clock.now(), zone: deps.config.timeZone }
}

/** The record of a person as the contract has it, or USER_NOT_FOUND. */
export async function personRecord(
  call: Call,
  reader: Reader,
  code: string,
): Promise<z.output<typeof PersonRecord>> {
  const subject = (await loadSubjects(reader, [code])).get(code)
  const [row] = subject ? await directoryRows(reader, [subject.person], todayOf(call)) : []
  if (!subject || !row)
    throw new OperationError('USER_NOT_FOUND', {
      field: 'EmployeeCode',
      detail: `There is no person ${code}`,
    })
  const { person, credentials, photo } = subject
  const consent = JSON.parse(person.consent ?? 'null') as {
    given: boolean
    on: string
    note: string
    by: string | null
  } | null
  return {
    ...row,
    Card: person.card === '' ? null : person.card,
    Consent:
      consent === null
        ? null
        : { Given: consent.given, On: consent.on, Note: consent.note, RecordedBy: consent.by },
    RetainUntil: person.retain_until,
    Credentials: [
      ...credentials.map(one => ({
        CredentialID: `${bioItem(one)}:${one.major}`,
        Type: typeName(one.bio_type),
        Index: one.bio_type === fingerprintType ? one.no : one.idx,
        Algorithm: one.major === '' ? null : one.major,
        Duress: one.duress === 1,
        Size: one.bytes,
        Source: one.source,
        At: new Date(one.at).toISOString(),
      })),
      ...(photo
        ? [
            {
              CredentialID: 'photo',
              Type: 'FacePhoto' as const,
              Index: 0,
              Algorithm: null,
              Duress: false,
              Size: photo.bytes,
              Source: '',
              At: new Date(photo.at).toISOString(),
            },
          ]
        : []),
    ],
    CreatedAt: toIso(person.created_at),
    ChangedAt: new Date(person.updated_at).toISOString(),
  }
}

export const peopleDirectoryHandlers = {
  async 'users.directory'(input, call) {
    if (input.DeviceSN !== undefined) await requireKnown(call, input.DeviceSN)
    const { rows, paging } = await findDirectory(
      call.deps.store.read,
      {
        sns: input.DeviceSN === undefined ? visibleDevices(call) : [input.DeviceSN],
        search: input.Search,
        department: input.Department,
        group: input.Group,
        statuses: input.Status?.map(status => PersonStatus.parse(status)),
        userType: input.UserType,
        expiresWithinDays: input.ExpiresWithinDays,
        idleDays: input.IdleDays,
        trouble: input.Trouble,
        without: input.Without,
        sort: input.Sort,
        order: input.Order,
      },
      { offSet: input.OffSet, limit: input.Limit },
      todayOf(call),
    )
    return { status: 200, body: { People: rows, ...paging } }
  },

  async 'users.facets'(_input, call) {
    const { read } = call.deps.store
    const { now, zone } = todayOf(call)
    const by = async (name: RawBuilder<string>) =>
      (
        await read
          .selectFrom('person')
          .select([name.as('name'), sql<number>`count(*)`.as('count')])
          .groupBy(sql`1`)
          .orderBy(sql`1`)
          .execute()
      ).map(row => ({ Name: row.name, Count: Number(row.count) }))
    const page = { offSet: undefined, limit: 1 }
    const total = async (more: object) =>
      (await findDirectory(read, { sns: null, sort: 'Code', order: 'asc', ...more }, page, todayOf(call)))
        .paging.ActualRowCount
    const names = ['Active', 'NotYet', 'Expired', 'Suspended', 'Leaving', 'Left'] as const
    const statuses = []
    for (const Name of names) statuses.push({ Name, Count: await total({ statuses: [Name] }) })
    const open = await read
      .selectFrom('deletion')
      .select(sql<number>`count(*)`.as('count'))
      .where('state', '=', 'Open')
      .executeTakeFirst()
    return {
      status: 200,
      body: {
        Total: statuses.reduce((sum, { Count }) => sum + Count, 0),
        Departments: await by(departmentOn(localAt(now, zone).local.slice(0, 10))),
        Groups: await by(sql<string>`group_name`),
        Statuses: statuses,
        ExpiresWithin7Days: await total({ expiresWithinDays: 7 }),
        Troubles: await total({ trouble: true }),
        OpenDeletions: Number(open?.count ?? 0),
        Orphans: await countOrphans(read, visibleDevices(call)),
        Collisions: await sharedCards(read),
      },
    }
  },

  async 'users.record'(input, call) {
    return {
      status: 200,
      body: { Person: await personRecord(call, call.deps.store.read, input.EmployeeCode) },
    }
  },

  async 'users.save'(input, call) {
    const { deps, caller } = call
    const code = input.EmployeeCode
    const now = deps.clock.now()
    const saved = await deps.store.write(async write => {
      if (input.Create) {
        const known = await write
          .selectFrom('person')
          .select(['managed', 'status'])
          .where('employee_code', '=', code)
          .executeTakeFirst()
        if (known)
          throw new OperationError('USER_EXISTS', {
            field: 'EmployeeCode',
            detail: `Somebody has the code ${code} already`,
          })
      }
      return savePersonRecord(deps, write, code, input, { actor: caller.actor }, input.Create)
    })
    const {
      Card: _,
      Consent,
      RetainUntil,
      Credentials,
      CreatedAt,
      ChangedAt,
      ...row
    } = await personRecord(call, deps.store.read, code)
    return {
      status: 200,
      body: {
        ChangeID: saved.changeId,
        UndoUntil: new Date(now + undoMs).toISOString(),
        Changed: saved.changed.length > 0 || saved.isNew ? 1 : 0,
        Person: row,
      },
    }
  },

  async 'users.bulk'(input, call) {
    const { deps, caller } = call
    const now = deps.clock.now()
    const changeId = newChangeId()
    const { EmployeeCode, OperationID: _, ...wish } = input
    const changed = await deps.store.write(async write => {
      let count = 0
      for (const code of new Set(EmployeeCode)) {
        const author = { actor: caller.actor, changeId }
        const saved = await savePersonRecord(deps, write, code, wish, author, false)
        count += saved.changed.length > 0 ? 1 : 0
      }
      return count
    })
    return {
      status: 200,
      body: { ChangeID: changeId, UndoUntil: new Date(now + undoMs).toISOString(), Changed: changed },
    }
  },

  async 'users.undo'(input, call) {
    const { deps, caller } = call
    const { restored, skipped } = await deps.store.write(write =>
      undoChange(deps, write, input.ChangeID, caller.actor),
    )
    return { status: 200, body: { Restored: restored, Skipped: skipped } }
  },

  async 'users.changes'(input, call) {
    const { read } = call.deps.store
    const position = readPosition(input.OffSet)
    const base = read
      .selectFrom('person_change')
      .$if(input.EmployeeCode !== undefined, query =>
        query.where('employee_code', '=', input.EmployeeCode ?? ''),
      )
    const total =
      position.kind === 'after'
        ? position.total
        : Number((await base.select(sql<number>`count(*)`.as('total')).executeTakeFirst())?.total ?? 0)
    const rows = await base
      .selectAll()
      .$if(position.kind === 'after', query =>
        query.where('id', input.Order === 'asc' ? '>' : '<', (position as { id: number }).id),
      )
      .orderBy('id', input.Order)
      .$if(position.kind === 'row', query => query.offset((position as { row: number }).row))
      .limit(input.Limit + 1)
      .execute()
    const page = toPage(rows, input.Limit, total, row => ({ key: '', id: row.id }))
    return { status: 200, body: { Changes: page.rows.map(changeEntity), ...page.paging } }
  },
} satisfies Partial<Handlers>

/** The contract's change from a row. */
export function changeEntity(row: {
  change_id: string
  at: number
  employee_code: string
  actor: string | null
  what: string
  field: string | null
  was: string | null
  became: string | null
}): z.output<typeof UserChange> {
  return {
    ChangeID: row.change_id,
    At: new Date(row.at).toISOString(),
    EmployeeCode: row.employee_code,
    Actor: row.actor,
    What: row.what,
    Field: row.field,
    From: row.was,
    To: row.became,
  }
}

async function sharedCards(reader: Reader): Promise<number> {
  const rows = await reader
    .selectFrom('person')
    .select('card')
    .where('card', 'is not', null)
    .where('card', '!=', '')
    .groupBy('card')
    .having(sql<number>`count(*)`, '>', 1)
    .execute()
  return rows.length
}
