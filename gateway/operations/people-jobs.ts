import { sql } from 'kysely'
import { OperationError } from '#contract/errors.ts'
import { enqueueIn } from '../commands/enqueue.ts'
import { abilitiesOf, fitsAlgorithm, type Room, roomOn } from '../people/abilities.ts'
import { faceTypes, fingerprintType, typeName } from '../people/bio-types.ts'
import { countedPeople, countJobs, type JobRow, jobEntity, startJob } from '../people/jobs.ts'
import { manage, peopleOn } from '../people/takeover.ts'
import { stopOrders, wantOn } from '../people/want.ts'
import { readPosition, toPage } from '../store/cursor.ts'
import { findDevice, findDevices } from '../store/devices.ts'
import type { Reader, Write } from '../store/index.ts'
import type { Call, Handlers } from './handler.ts'
import { requireKnown } from './scope.ts'

/** Of people without templates here, that many are asked for at their terminal. */
const askedMax = 500

async function requirePeople(reader: Reader, codes: readonly string[]): Promise<void> {
  const found = new Set<string>()
  for (let from = 0; from < codes.length; from += 500)
    for (const row of await reader
      .selectFrom('person')
      .select('employee_code')
      .where('employee_code', 'in', codes.slice(from, from + 500))
      .execute())
      found.add(row.employee_code)
  const missing = codes.filter(code => !found.has(code))
  if (missing.length > 0)
    throw new OperationError('USER_NOT_FOUND', {
      field: 'EmployeeCode',
      detail: `There is no person ${missing.slice(0, 5).join(', ')}`,
    })
}

async function jobOf(reader: Reader, id: string): Promise<JobRow> {
  const job = await reader.selectFrom('people_job').selectAll().where('id', '=', id).executeTakeFirst()
  if (job) return job
  throw new OperationError('JOB_NOT_FOUND', { field: 'JobID', detail: `There is no job ${id.slice(0, 40)}` })
}

async function wholeJob(call: Call, id: string) {
  const { read } = call.deps.store
  const job = await jobOf(read, id)
  const counts = (await countJobs(read, [id])).get(id)
  const rows = await read
    .selectFrom('people_job_pair')
    .leftJoin('person_wanted', join =>
      join
        .onRef('person_wanted.sn', '=', 'people_job_pair.sn')
        .onRef('person_wanted.employee_code', '=', 'people_job_pair.employee_code'),
    )
    .select(['people_job_pair.sn', 'outcome', 'reason', sql<number>`count(*)`.as('count')])
    .where('job_id', '=', id)
    .groupBy(['people_job_pair.sn', 'outcome', 'reason'])
    .execute()
  const devices = await findDevices(read, [...new Set(rows.map(({ sn }) => sn))])
  const terminals = devices.map(device => {
    const mine = rows.filter(({ sn }) => sn === device.sn)
    const count = (outcome?: string) =>
      mine
        .filter(row => outcome === undefined || row.outcome === outcome)
        .reduce((sum, row) => sum + Number(row.count), 0)
    const [worst] = mine
      .filter(row => row.outcome !== 'done' && row.reason !== null)
      .toSorted((one, other) => Number(other.count) - Number(one.count))
    const waits = count('open') > 0
    return {
      DeviceSN: device.sn,
      LabelName: device.label,
      Online: device.online === 1,
      Total: count(),
      InStep: count('done'),
      Troubles: count('trouble'),
      Reason:
        worst?.reason ??
        (waits && device.online !== 1
          ? device.last_seen_at === null
            ? 'Never seen'
            : `Offline since ${new Date(device.since).toISOString()}`
          : null),
    }
  })
  return { ...jobEntity(job, counts), Terminals: terminals }
}

export const peopleJobHandlers = {
  async 'users.push'(input, call) {
    const { deps, caller } = call
    const sns = [...new Set(input.DeviceSN)]
    const codes = [...new Set(input.EmployeeCode)]
    for (const sn of sns) await requireKnown(call, sn)
    await requirePeople(deps.store.read, codes)
    const jobId = await deps.store.write(async write => {
      await manage(write, codes)
      const pairs = await wantOn(deps, write, codes, sns)
      await makeAllDue(write, codes, sns, deps.clock.now())
      const title = `${countedPeople(codes.length)} to ${sns.length} ${sns.length === 1 ? 'terminal' : 'terminals'}`
      return startJob(write, { kind: 'Push', title, actor: caller.actor, at: deps.clock.now() }, pairs)
    })
    return { status: 200, body: { JobID: jobId, Total: codes.length * sns.length } }
  },

  async 'users.copy'(input, call) {
    const { deps, caller } = call
    const source = input.SourceDeviceSN
    const sns = [...new Set(input.TargetDeviceSN)].filter(sn => sn !== source)
    for (const sn of [source, ...sns]) await requireKnown(call, sn)
    const everybody = await peopleOn(deps.store.read, source)
    const wished = input.EmployeeCode === undefined ? null : new Set(input.EmployeeCode)
    const codes = wished === null ? everybody : everybody.filter(code => wished.has(code))
    const { jobId, away } = await deps.store.write(async write => {
      const device = await findDevice(write, source)
      const now = deps.clock.now()
      await manage(write, codes)
      const pairs = codes.length === 0 || sns.length === 0 ? [] : await wantOn(deps, write, codes, sns)
      await makeAllDue(write, codes, sns, now)
      if (input.IncludeTemplates) await askForTemplates(call, write, source, codes)
      const title = `${countedPeople(codes.length)} from ${device?.label ?? source} to ${sns.length} ${sns.length === 1 ? 'terminal' : 'terminals'}`
      const about = { kind: 'Copy', title, actor: caller.actor, at: now } as const
      const jobId = await startJob(write, about, pairs)
      const here = await write
        .selectFrom('device_contact')
        .select('sn')
        .where('sn', 'in', sns.length > 0 ? sns : [source])
        .where('online', '=', 1)
        .limit(1)
        .executeTakeFirst()
      // With one of them here the job is on its way; it says itself which of the others it waits for.
      return { jobId, away: here === undefined }
    })
    deps.wakeCommands(source)
    deps.wakeDelivery()
    return { status: away ? 409 : 200, body: { JobID: jobId } }
  },

  async 'users.jobs'(input, call) {
    const { read } = call.deps.store
    const position = readPosition(input.OffSet)
    const base = read
      .selectFrom('people_job')
      .$if(input.Running !== undefined, query => query.where('state', input.Running ? '=' : '!=', 'Running'))
    const total =
      position.kind === 'after'
        ? position.total
        : Number((await base.select(sql<number>`count(*)`.as('total')).executeTakeFirst())?.total ?? 0)
    const rows = await base
      .selectAll()
      .$if(position.kind === 'after', query => {
        const { key, id } = position as Extract<typeof position, { kind: 'after' }>
        return query.where(sql<boolean>`(started_at, id) < (${id}, ${key})`)
      })
      .orderBy('started_at', 'desc')
      .orderBy('id', 'desc')
      .$if(position.kind === 'row', query => query.offset((position as { row: number }).row))
      .limit(input.Limit + 1)
      .execute()
    const page = toPage(rows, input.Limit, total, row => ({ key: row.id, id: row.started_at }))
    const counts = await countJobs(
      read,
      page.rows.map(({ id }) => id),
    )
    return {
      status: 200,
      body: { Jobs: page.rows.map(job => jobEntity(job, counts.get(job.id))), ...page.paging },
    }
  },

  async 'users.job'(input, call) {
    return { status: 200, body: { Job: await wholeJob(call, input.JobID) } }
  },

  async 'users.cancelJob'(input, call) {
    const { deps } = call
    await deps.store.write(async write => {
      const job = await jobOf(write, input.JobID)
      if (job.state !== 'Running') return
      const open = await write
        .selectFrom('people_job_pair')
        .leftJoin('person_wanted', join =>
          join
            .onRef('person_wanted.sn', '=', 'people_job_pair.sn')
            .onRef('person_wanted.employee_code', '=', 'people_job_pair.employee_code'),
        )
        .select(['people_job_pair.sn', 'people_job_pair.employee_code', 'fresh', 'synced_version'])
        .where('job_id', '=', job.id)
        .where('outcome', '=', 'open')
        .execute()
      for (const pair of open) {
        if (pair.fresh === 0 || pair.synced_version !== null) continue
        const held = await write
          .selectFrom('person_item')
          .select('item')
          .where('sn', '=', pair.sn)
          .where('employee_code', '=', pair.employee_code)
          .limit(1)
          .executeTakeFirst()
        // What a terminal has begun to hold stays wanted: half of somebody would be worse.
        if (held) continue
        await stopOrders(deps, write, pair.employee_code, pair.sn)
        await write
          .deleteFrom('person_wanted')
          .where('sn', '=', pair.sn)
          .where('employee_code', '=', pair.employee_code)
          .execute()
      }
      await write
        .updateTable('people_job_pair')
        .set({ outcome: 'cancelled' })
        .where('job_id', '=', job.id)
        .where('outcome', '=', 'open')
        .execute()
      await write
        .updateTable('people_job')
        .set({ state: 'Cancelled', ended_at: deps.clock.now() })
        .where('id', '=', job.id)
        .execute()
    })
    deps.wakeDelivery()
    return { status: 200, body: { Job: await wholeJob(call, input.JobID) } }
  },

  async 'users.forecast'(input, call) {
    const { read } = call.deps.store
    const sns = [...new Set(input.TargetDeviceSN)]
    for (const sn of [...sns, ...(input.SourceDeviceSN === undefined ? [] : [input.SourceDeviceSN])])
      await requireKnown(call, sn)
    const codes =
      input.EmployeeCode !== undefined
        ? [...new Set(input.EmployeeCode)]
        : input.SourceDeviceSN === undefined
          ? []
          : await peopleOn(read, input.SourceDeviceSN)
    const targets = []
    for (const device of await findDevices(read, sns)) targets.push(await forecastFor(read, device, codes))
    return { status: 200, body: { People: codes.length, Targets: targets } }
  },
} satisfies Partial<Handlers>

/** Terminals that hold somebody already look again, so that a push ends with proof and not with a guess. */
async function makeAllDue(
  write: Write,
  codes: readonly string[],
  sns: readonly string[],
  at: number,
): Promise<void> {
  for (const sn of sns)
    for (let from = 0; from < codes.length; from += 500)
      await write
        .updateTable('person_wanted')
        .set({ due_at: at })
        .where('sn', '=', sn)
        .where('employee_code', 'in', codes.slice(from, from + 500))
        .where('wanted', '=', 1)
        .execute()
}

/** Of whom no template is kept here, the source is asked; what it sends follows to the targets by itself. */
async function askForTemplates(
  call: Call,
  write: Write,
  sn: string,
  codes: readonly string[],
): Promise<void> {
  const device = await findDevice(write, sn)
  if (!device || codes.length === 0) return
  const kept = new Set(
    (await write.selectFrom('credential').select('employee_code').distinct().execute()).map(
      row => row.employee_code,
    ),
  )
  const abilities = abilitiesOf(device)
  const types = [fingerprintType, ...faceTypes].filter(type => abilities.supports(type) === true)
  for (const code of codes.filter(one => !kept.has(one)).slice(0, askedMax))
    for (const type of types)
      await enqueueIn(call.deps, write, {
        sn,
        kind: 'template.query',
        payload: { EmployeeCode: code, Type: type },
        actor: call.caller.actor,
        key: null,
      })
}

async function forecastFor(
  reader: Reader,
  device: Awaited<ReturnType<typeof findDevices>>[number],
  codes: readonly string[],
) {
  const there = new Set(await peopleOn(reader, device.sn))
  const abilities = abilitiesOf(device)
  const coming = codes.filter(code => !there.has(code))
  const credentials = []
  for (let from = 0; from < coming.length; from += 500)
    credentials.push(
      ...(await reader
        .selectFrom('credential')
        .select(['employee_code', 'bio_type', 'major', 'idx'])
        .where('employee_code', 'in', coming.slice(from, from + 500))
        .execute()),
    )
  let cards = 0
  for (let from = 0; from < coming.length; from += 500)
    cards += (
      await reader
        .selectFrom('person')
        .select('employee_code')
        .where('employee_code', 'in', coming.slice(from, from + 500))
        .where('card', 'is not', null)
        .where('card', '!=', '')
        .execute()
    ).length
  const usable = credentials.filter(
    ({ bio_type, major }) =>
      abilities.supports(bio_type) !== false && fitsAlgorithm(major, abilities.algorithm(bio_type)),
  )
  const faces = new Set(
    usable.filter(({ bio_type }) => faceTypes.includes(bio_type)).map(row => row.employee_code),
  )
  const room = roomOn(device)
  const more = {
    Users: coming.length,
    Fingerprints: usable.filter(({ bio_type }) => bio_type === fingerprintType).length,
    Faces: faces.size,
    Cards: cards,
  }
  const counts = (['Users', 'Fingerprints', 'Faces', 'Cards'] as const).map(What => {
    const { now, max }: Room = room[What]
    return { What, Now: now, After: now === null ? null : now + more[What], Max: max }
  })
  const overfull = counts.filter(({ After, Max }) => After !== null && Max !== null && After > Max)
  return {
    DeviceSN: device.sn,
    LabelName: device.label,
    Online: device.online === 1,
    Fits: overfull.length === 0,
    Counts: counts,
    Warnings: [
      ...overfull.map(
        ({ What, After, Max }) => `${What}: ${After} would be more than the ${Max} it can hold`,
      ),
      ...unusable(credentials, usable, abilities),
      ...(device.online === 1 ? [] : ['It is offline; the push waits for it']),
    ],
  }
}

type Row = { bio_type: number; major: string }

function unusable(
  all: readonly Row[],
  usable: readonly Row[],
  { algorithm, supports }: ReturnType<typeof abilitiesOf>,
): string[] {
  const fine = new Set(usable)
  const counts = new Map<string, number>()
  for (const row of all) {
    if (fine.has(row)) continue
    const name = typeName(row.bio_type).toLowerCase()
    const why =
      supports(row.bio_type) === false
        ? `${name} templates cannot be used: the terminal takes none of this kind`
        : `${name} templates of algorithm ${row.major} cannot be read by algorithm ${algorithm(row.bio_type)}`
    counts.set(why, (counts.get(why) ?? 0) + 1)
  }
  return [...counts].map(([why, count]) => `${count} ${why}`)
}
