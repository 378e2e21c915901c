import { sql } from 'kysely'
import type { z } from 'zod'
import type { Collision, DeviceAdministrator } from '#contract/entities/people.ts'
import { OperationError } from '#contract/errors.ts'
import { recordChange } from '../people/changes.ts'
import { openDeletion } from '../people/deletions.ts'
import { countOrphans, findOrphans, saidName } from '../people/findings.ts'
import { countedPeople, startJob } from '../people/jobs.ts'
import { unwantOn, wantOn } from '../people/want.ts'
import { readPosition, toPage } from '../store/cursor.ts'
import { findDevice, toIso } from '../store/devices.ts'
import { findPerson, userTypeOf } from '../store/people.ts'
import type { Handlers } from './handler.ts'
import { requireKnown, visibleDevices } from './scope.ts'

type Admin = z.output<typeof DeviceAdministrator>

const privilegeNames: ReadonlyMap<number, Admin['Privilege']> = new Map([
  [2, 'Enroller'],
  [6, 'Admin'],
  [10, 'Custom'],
  [14, 'SuperAdmin'],
])

export const peopleFindingHandlers = {
  async 'users.orphans'(input, call) {
    if (input.DeviceSN !== undefined) await requireKnown(call, input.DeviceSN)
    const { read } = call.deps.store
    const sns = input.DeviceSN === undefined ? visibleDevices(call) : [input.DeviceSN]
    const position = readPosition(input.OffSet)
    const [sn = '', code = ''] = position.kind === 'after' ? position.key.split('\n') : []
    const total = position.kind === 'after' ? position.total : await countOrphans(read, sns)
    const after = position.kind === 'after' ? { sn, code } : null
    const rows = await findOrphans(read, sns, after, input.Limit)
    const page = toPage(rows, input.Limit, total, row => ({ key: `${row.sn}\n${row.employee_code}`, id: 0 }))
    return {
      status: 200,
      body: {
        Orphans: page.rows.map(row => {
          const said = saidName(row.said)
          const name = `${row.first_name ?? ''} ${row.last_name ?? ''}`.trim()
          return {
            DeviceSN: row.sn,
            LabelName: row.label,
            Site: row.site,
            EmployeeCode: row.employee_code,
            Name: said.name ?? name,
            UserType: userTypeOf(said.privilege ?? row.privilege),
            Card: said.card ?? row.card,
            KnownAs: row.managed === 1 || row.elsewhere === 1 ? name : null,
            ReportedAt: new Date(row.reported_at).toISOString(),
          }
        }),
        ...page.paging,
      },
    }
  },

  async 'users.resolveOrphan'(input, call) {
    await requireKnown(call, input.DeviceSN)
    const { deps, caller } = call
    const { DeviceSN: sn, Action: action, MapTo: target } = input
    const codes = [...new Set(input.EmployeeCode)]
    if (action === 'Map' && (target === undefined || codes.length !== 1))
      throw new OperationError('INVALID_INPUT', {
        field: 'MapTo',
        detail: 'Map takes one PIN and MapTo, the person it is',
      })
    const now = deps.clock.now()
    const { actor } = caller
    const done = await deps.store.write(async write => {
      for (const code of codes) await findPerson(write, code)
      const label = (await findDevice(write, sn))?.label ?? sn
      const removal = async (code: string) => {
        await unwantOn(deps, write, code, sn)
        return openDeletion(deps, write, { code, scope: 'Terminals', actor }, [sn])
      }
      if (action === 'Remove') {
        let last: string | null = null
        for (const code of codes) last = await removal(code)
        return { deletionId: last, jobId: null }
      }
      const jobOf = (pairs: Parameters<typeof startJob>[2], title: string) =>
        startJob(write, { kind: 'Push', title, actor, at: now }, pairs)
      const [code = ''] = codes
      // Mapped to the code they have there, they are who the terminal says: that is taking them in.
      if (action === 'Map' && target !== undefined && target !== code) {
        await findPerson(write, target)
        await write.updateTable('person').set({ managed: 1 }).where('employee_code', '=', target).execute()
        // What was enrolled under the wrong PIN is that person's all the same.
        await write
          .updateTable('credential')
          .set({ employee_code: target })
          .where('employee_code', '=', code)
          .where('source', '=', sn)
          .where(({ not, exists, selectFrom }) =>
            not(
              exists(
                selectFrom('credential as own')
                  .select('own.id')
                  .where('own.employee_code', '=', target)
                  .whereRef('own.bio_type', '=', 'credential.bio_type')
                  .whereRef('own.no', '=', 'credential.no')
                  .whereRef('own.idx', '=', 'credential.idx')
                  .whereRef('own.major', '=', 'credential.major'),
              ),
            ),
          )
          .execute()
        const pairs = await wantOn(deps, write, [target], [sn])
        await recordChange(write, {
          at: now,
          code: target,
          actor,
          what: 'Mapped',
          field: null,
          was: `PIN ${code} at ${label}`,
          became: target,
        })
        const deletionId = await removal(code)
        return { deletionId, jobId: await jobOf(pairs, `${code} becomes ${target}`) }
      }
      await write
        .updateTable('person')
        .set({ managed: 1, created_at: sql`coalesce(created_at, ${now})` })
        .where('employee_code', 'in', codes)
        .execute()
      for (const code of codes)
        await recordChange(write, {
          at: now,
          code,
          actor,
          what: 'Imported',
          field: null,
          was: null,
          became: `from ${label}`,
        })
      const pairs = await wantOn(deps, write, codes, [sn])
      return {
        deletionId: null,
        jobId: await jobOf(pairs, `${countedPeople(codes.length)} imported from ${label}`),
      }
    })
    deps.wakeCommands(sn)
    deps.wakeDelivery()
    return {
      status: 200,
      body: { Resolved: codes.length, DeletionID: done.deletionId, JobID: done.jobId },
    }
  },

  async 'users.collisions'(_input, call) {
    const { read } = call.deps.store
    const collisions: z.output<typeof Collision>[] = []
    const reported = await read
      .selectFrom('person_device')
      .innerJoin('device', 'device.sn', 'person_device.sn')
      .innerJoin('person', 'person.employee_code', 'person_device.employee_code')
      .select([
        'person_device.employee_code',
        'person_device.sn',
        'said',
        'label',
        'first_name',
        'last_name',
        'managed',
      ])
      .where('said', 'is not', null)
      .orderBy('person_device.employee_code')
      .execute()
    for (const [code, rows] of Map.groupBy(reported, row => row.employee_code)) {
      const holders = rows.flatMap(row => {
        const name = saidName(row.said).name
        return name === null || name === '' ? [] : [{ row, name }]
      })
      const names = new Set(holders.map(({ name }) => comparable(name)))
      const [first] = rows
      if (first?.managed === 1) names.add(comparable(`${first.first_name} ${first.last_name}`.trim()))
      if (names.size < 2 || areBeginnings([...names])) continue
      collisions.push({
        Kind: 'Pin',
        Value: code,
        Holders: holders.map(({ row, name }) => ({
          EmployeeCode: code,
          Name: name,
          DeviceSN: row.sn,
          LabelName: row.label,
        })),
      })
    }
    const cards = await read
      .selectFrom('person')
      .select(['employee_code', 'first_name', 'last_name', 'card'])
      .where('card', 'is not', null)
      .where('card', '!=', '')
      .where('card', 'in', query =>
        query
          .selectFrom('person')
          .select('card')
          .where('card', 'is not', null)
          .groupBy('card')
          .having(sql<number>`count(*)`, '>', 1)
          .$castTo<{ card: string }>(),
      )
      .execute()
    for (const [card, holders] of Map.groupBy(cards, row => row.card ?? ''))
      collisions.push({ Kind: 'Card', Value: card, Holders: holders.map(holderOf) })
    const passwords = await read
      .selectFrom('person')
      .select(['employee_code', 'first_name', 'last_name', 'password_mark'])
      .where('password_mark', 'in', query =>
        query
          .selectFrom('person')
          .select('password_mark')
          .where('password_mark', 'is not', null)
          .where('password_mark', '!=', 'cleared')
          .groupBy('password_mark')
          .having(sql<number>`count(*)`, '>', 1)
          .$castTo<{ password_mark: string }>(),
      )
      .execute()
    for (const [, holders] of Map.groupBy(passwords, row => row.password_mark ?? ''))
      collisions.push({ Kind: 'Password', Value: '••••', Holders: holders.map(holderOf) })
    return { status: 200, body: { Collisions: collisions } }
  },

  async 'users.admins'(input, call) {
    if (input.DeviceSN !== undefined) await requireKnown(call, input.DeviceSN)
    const { read } = call.deps.store
    const sns = input.DeviceSN === undefined ? visibleDevices(call) : [input.DeviceSN]
    const inScope = sns === null ? null : sns.length > 0 ? [...sns] : ['']
    const devices = await read
      .selectFrom('device')
      .select(['sn', 'label', 'site'])
      .where('state', '=', 'adopted')
      .$if(inScope !== null, query => query.where('sn', 'in', inScope ?? []))
      .orderBy('label')
      .execute()
    const rows = await read
      .selectFrom('person')
      .leftJoin('person_wanted', 'person_wanted.employee_code', 'person.employee_code')
      .select(['person.employee_code', 'first_name', 'last_name', 'privilege', 'person_wanted.sn', 'wanted'])
      .where('privilege', '>=', 2)
      .where('managed', '=', 1)
      .where('wanted', '=', 1)
      .execute()
    const reported = await read
      .selectFrom('person_device')
      .innerJoin('person', 'person.employee_code', 'person_device.employee_code')
      .select(['person_device.employee_code', 'first_name', 'last_name', 'sn', 'said', 'reported_at'])
      .where('said', 'like', '%"privilege":%')
      .where('said', 'not like', '%"privilege":0%')
      .execute()
    const found = new Map<string, Admin>()
    const deviceOf = new Map(devices.map(device => [device.sn, device]))
    const add = (
      row: { employee_code: string; first_name: string; last_name: string },
      sn: string | null,
      privilege: number,
      wanted: boolean,
      at: number | null,
    ) => {
      const device = deviceOf.get(sn ?? '')
      const name = privilegeNames.get(privilege)
      if (!device || name === undefined) return
      const key = `${device.sn}\n${row.employee_code}`
      const before = found.get(key)
      found.set(key, {
        DeviceSN: device.sn,
        LabelName: device.label,
        Site: device.site,
        EmployeeCode: row.employee_code,
        Name: `${row.first_name} ${row.last_name}`.trim(),
        Privilege: name,
        Wanted: wanted || (before?.Wanted ?? false),
        ReportedAt: toIso(at) ?? before?.ReportedAt ?? null,
      })
    }
    for (const row of rows) add(row, row.sn, row.privilege ?? 0, true, null)
    for (const row of reported) add(row, row.sn, saidName(row.said).privilege ?? 0, false, row.reported_at)
    const administrators = [...found.values()].sort((one, other) =>
      `${one.LabelName} ${one.EmployeeCode}`.localeCompare(`${other.LabelName} ${other.EmployeeCode}`),
    )
    const guarded = new Set(administrators.map(({ DeviceSN }) => DeviceSN))
    return {
      status: 200,
      body: {
        Administrators: administrators,
        Without: devices
          .filter(({ sn }) => !guarded.has(sn))
          .map(({ sn, label }) => ({ DeviceSN: sn, LabelName: label })),
      },
    }
  },
} satisfies Partial<Handlers>

function holderOf(row: { employee_code: string; first_name: string; last_name: string }) {
  return {
    EmployeeCode: row.employee_code,
    Name: `${row.first_name} ${row.last_name}`.trim(),
    DeviceSN: null,
    LabelName: null,
  }
}

function comparable(name: string): string {
  return name.normalize('NFKD').replace(/\p{M}/gu, '').replace(/\s+/g, ' ').trim().toLowerCase()
}

/** Terminals cut names: one that another begins with is the same person. */
function areBeginnings(names: readonly string[]): boolean {
  const longest = names.toSorted((one, other) => other.length - one.length)[0] ?? ''
  return names.every(name => longest.startsWith(name))
}
