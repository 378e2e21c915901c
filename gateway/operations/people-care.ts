import { sql } from 'kysely'
import { OperationError } from '#contract/errors.ts'
import { finishIfOver, readCertificate } from '../people/certificate.ts'
import { recordChange } from '../people/changes.ts'
import {
  beforeErasingMs,
  deletionEntities,
  openDeletion,
  openDeletionOf,
  type Scope,
} from '../people/deletions.ts'
import { removeBiometrics } from '../people/remove-biometrics.ts'
import { bumpVersion } from '../people/report.ts'
import { readRules, saveRules } from '../people/rules.ts'
import { makeDue, unwantOn } from '../people/want.ts'
import { suspendedSites } from '../people/wanted.ts'
import { readPosition, toPage } from '../store/cursor.ts'
import type { Write } from '../store/index.ts'
import { findPerson } from '../store/people.ts'
import { localAt, shiftDay } from '../time/zone.ts'
import type { Call, Handlers } from './handler.ts'

async function setSuspended(
  call: Call,
  code: string,
  site: string | undefined,
  isOut: boolean,
  reason?: string,
) {
  const { deps, caller } = call
  const count = await deps.store.write(async write => {
    await findPerson(write, code)
    const person = await write
      .selectFrom('person')
      .selectAll()
      .where('employee_code', '=', code)
      .executeTakeFirstOrThrow()
    const sites = new Set(suspendedSites(person))
    let next: string | null
    if (site === undefined) next = isOut ? '*' : null
    else if (isOut) next = person.suspended === '*' ? '*' : JSON.stringify([...sites.add(site)].sort())
    else if (person.suspended === '*') next = JSON.stringify(await otherSites(write, site))
    else {
      sites.delete(site)
      next = sites.size === 0 ? null : JSON.stringify([...sites].sort())
    }
    if (next === '[]') next = null
    const now = deps.clock.now()
    await write
      .updateTable('person')
      .set({ suspended: next, managed: 1, updated_at: now, version: sql`version + 1` })
      .where('employee_code', '=', code)
      .execute()
    await recordChange(write, {
      at: now,
      code,
      actor: caller.actor,
      what: isOut ? 'Suspended' : 'Resumed',
      field: null,
      was: null,
      became: [site ?? 'everywhere', reason].filter(Boolean).join(': '),
    })
    return makeDue(write, code, now)
  })
  return { status: 200 as const, body: { Terminals: count } }
}

async function otherSites(write: Write, site: string): Promise<string[]> {
  const rows = await write.selectFrom('device').select('site').distinct().orderBy('site').execute()
  return rows.map(row => row.site).filter(other => other !== site)
}

/** Every terminal that is wanted to hold somebody or has told of them. */
async function terminalsOf(write: Write, code: string): Promise<string[]> {
  const wanted = await write
    .selectFrom('person_wanted')
    .select('sn')
    .where('employee_code', '=', code)
    .execute()
  const reported = await write
    .selectFrom('person_device')
    .innerJoin('device', 'device.sn', 'person_device.sn')
    .select('person_device.sn')
    .where('employee_code', '=', code)
    .where('device.state', '=', 'adopted')
    .execute()
  return [...new Set([...wanted, ...reported].map(({ sn }) => sn))]
}

async function leave(
  call: Call,
  code: string,
  about: { scope: Scope; what: string; reason?: string | undefined; wish?: string },
) {
  const { deps, caller } = call
  await deps.intake.filed(beforeErasingMs)
  const id = await deps.store.write(async write => {
    await findPerson(write, code)
    const now = deps.clock.now()
    const open = await openDeletionOf(write, code, about.scope)
    if (open !== null) return open
    const sns = await terminalsOf(write, code)
    const rules = await readRules(write)
    const today = localAt(now, deps.config.timeZone).local.slice(0, 10)
    await write
      .updateTable('person')
      .set({
        status: 'leaving',
        managed: 1,
        updated_at: now,
        retain_until: sql`coalesce(retain_until, ${shiftDay(today, rules.RetentionDays)})`,
      })
      .where('employee_code', '=', code)
      .execute()
    for (const sn of sns) await unwantOn(deps, write, code, sn)
    const deletion = await openDeletion(
      deps,
      write,
      {
        code,
        scope: about.scope,
        actor: caller.actor,
        ...(about.wish === undefined ? {} : { wish: about.wish }),
      },
      sns,
    )
    await recordChange(write, {
      at: now,
      code,
      actor: caller.actor,
      what: about.what,
      field: null,
      was: null,
      became: about.reason ?? null,
    })
    await finishIfOver(deps, write, deletion)
    return deletion
  })
  deps.wakeDelivery()
  const [deletion] = await deletionEntities(deps.store.read, [id])
  if (!deletion) throw new OperationError('DELETION_NOT_FOUND')
  return { status: 200 as const, body: { Deletion: deletion } }
}

export const peopleCareHandlers = {
  'users.suspend': (input, call) => setSuspended(call, input.EmployeeCode, input.Site, true, input.Reason),
  'users.resume': (input, call) => setSuspended(call, input.EmployeeCode, input.Site, false),
  'users.offboard': (input, call) =>
    leave(call, input.EmployeeCode, { scope: 'Leaver', what: 'Left', reason: input.Reason }),

  async 'users.erase'(input, call) {
    if (input.Confirm !== input.EmployeeCode)
      throw new OperationError('INVALID_INPUT', { field: 'Confirm', detail: 'Confirm is not the same code' })
    return leave(call, input.EmployeeCode, {
      scope: 'Erasure',
      what: 'To be erased',
      wish: `punches:${input.Punches}`,
    })
  },

  async 'users.deletions'(input, call) {
    const { read } = call.deps.store
    const position = readPosition(input.OffSet)
    const base = read
      .selectFrom('deletion')
      .$if(input.EmployeeCode !== undefined, query =>
        query.where('employee_code', '=', input.EmployeeCode ?? ''),
      )
      .$if(input.Open !== undefined, query => query.where('state', '=', input.Open ? 'Open' : 'Done'))
    const total =
      position.kind === 'after'
        ? position.total
        : Number((await base.select(sql<number>`count(*)`.as('total')).executeTakeFirst())?.total ?? 0)
    const rows = await base
      .select(['id', 'asked_at'])
      .$if(position.kind === 'after', query => {
        const { key, id } = position as Extract<typeof position, { kind: 'after' }>
        return query.where(sql<boolean>`(asked_at, id) < (${id}, ${key})`)
      })
      .orderBy('asked_at', 'desc')
      .orderBy('id', 'desc')
      .$if(position.kind === 'row', query => query.offset((position as { row: number }).row))
      .limit(input.Limit + 1)
      .execute()
    const page = toPage(rows, input.Limit, total, row => ({ key: row.id, id: row.asked_at }))
    const ids = page.rows.map(({ id }) => id)
    return { status: 200, body: { Deletions: await deletionEntities(read, ids), ...page.paging } }
  },

  async 'users.certificate'(input, call) {
    const { read } = call.deps.store
    const [deletion] = await deletionEntities(read, [input.DeletionID])
    if (!deletion)
      throw new OperationError('DELETION_NOT_FOUND', {
        field: 'DeletionID',
        detail: `There is no removal ${input.DeletionID}`,
      })
    const certificate = await readCertificate(read, deletion)
    if (certificate === null) {
      const open = deletion.Terminals.filter(({ State }) => State === 'Open').map(
        ({ LabelName }) => LabelName,
      )
      throw new OperationError('DELETION_OPEN', { detail: `Still to confirm: ${open.join(', ')}` })
    }
    return { status: 200, body: { Deletion: deletion, Certificate: certificate } }
  },

  async 'users.consent'(input, call) {
    const { deps, caller } = call
    const code = input.EmployeeCode
    const deletionId = await deps.store.write(async write => {
      await findPerson(write, code)
      const now = deps.clock.now()
      const consent = JSON.stringify({
        given: input.Given,
        on: input.On,
        note: input.Note,
        by: caller.actor,
      })
      await write
        .updateTable('person')
        .set({
          consent,
          updated_at: now,
          ...(input.RetainUntil === undefined
            ? {}
            : { retain_until: input.RetainUntil.slice(0, 10) || null }),
        })
        .where('employee_code', '=', code)
        .execute()
      await recordChange(write, {
        at: now,
        code,
        actor: caller.actor,
        what: input.Given ? 'Consent given' : 'Consent taken back',
        field: null,
        was: null,
        became: [input.On, input.Note].filter(Boolean).join(': '),
      })
      return input.Given ? null : removeBiometrics(deps, write, code, caller.actor)
    })
    deps.wakeDelivery()
    return { status: 200, body: { EmployeeCode: code, DeletionID: deletionId } }
  },

  async 'users.rules'(_input, call) {
    return { status: 200, body: await readRules(call.deps.store.read) }
  },

  async 'users.setRules'(input, call) {
    const { OperationID: _, ...wish } = input
    const change = Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined))
    const { deps } = call
    const rules = await deps.store.write(async write => {
      const saved = await saveRules(write, change)
      if (wish.KeepPhotos === false) {
        const gone = await write.selectFrom('person_photo').select('employee_code').execute()
        await write.deleteFrom('person_photo').execute()
        for (const { employee_code } of gone) await bumpVersion(write, employee_code, deps.clock.now())
      }
      return saved
    })
    return { status: 200, body: rules }
  },
} satisfies Partial<Handlers>
