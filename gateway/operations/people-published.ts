import type { z } from 'zod'
import type { Template } from '#contract/entities/person.ts'
import { OperationError } from '#contract/errors.ts'
import { abilitiesOf } from '../people/abilities.ts'
import {
  bioItem,
  fingerprintType,
  itemName,
  nearInfraredFace,
  typeName,
  visibleFace,
} from '../people/bio-types.ts'
import { recordChange } from '../people/changes.ts'
import { openDeletion } from '../people/deletions.ts'
import { requireAgreed, startEnrolment } from '../people/enrolments.ts'
import { marker } from '../people/marks.ts'
import { type Outcome, orderNow } from '../people/orders.ts'
import { readPortrait, savePortrait } from '../people/portraits.ts'
import { clearedPassword, savePersonRecord, type Wish } from '../people/record.ts'
import { bumpVersion, saveCredential } from '../people/report.ts'
import { readRules } from '../people/rules.ts'
import { loadSubjects } from '../people/subjects.ts'
import { unwantOn, wantOn } from '../people/want.ts'
import { findDevice, toIso } from '../store/devices.ts'
import type { Write } from '../store/index.ts'
import { findPerson } from '../store/people.ts'
import { seal, unseal } from '../store/seal.ts'
import type { Call, Handlers } from './handler.ts'
import { requireKnown } from './scope.ts'

/** 200 when all were handed on, 409 while one is away: its order waits (cams-gateway 1.1). */
function answer({ results, away }: Outcome) {
  const refused = results.filter(({ Status }) => Status === 'refused')
  if (results.length > 0 && refused.length === results.length)
    throw new OperationError('NOT_SUPPORTED_BY_DEVICE', {
      field: 'DeviceSN',
      detail: refused.map(({ DeviceSN, Error: error }) => `${DeviceSN}: ${error ?? 'refused'}`).join('; '),
    })
  return { status: away ? (409 as const) : (200 as const), body: { Results: results } }
}

/** One transaction over the store, with whom it concerns woken after it. */
async function change(
  call: Call,
  sns: readonly string[],
  work: (write: Write) => Promise<Outcome>,
): Promise<ReturnType<typeof answer>> {
  for (const sn of sns) await requireKnown(call, sn)
  const outcome = await call.deps.store.write(work)
  for (const sn of sns) call.deps.wakeCommands(sn)
  call.deps.wakeDelivery()
  return answer(outcome)
}

function saveOn(
  call: Call,
  { EmployeeCode: code, DeviceSN }: { EmployeeCode: string; DeviceSN: readonly string[] },
  wish: Wish,
  create: boolean,
) {
  const sns = [...new Set(DeviceSN)]
  const { deps, caller } = call
  return change(call, sns, async write => {
    await savePersonRecord(deps, write, code, wish, { actor: caller.actor }, create)
    await wantOn(deps, write, [code], sns)
    return orderNow(deps, write, code, sns, caller.actor)
  })
}

async function addTemplate(
  call: Call,
  write: Write,
  code: string,
  template: z.output<typeof Template>,
  about: { type: number; major: string },
): Promise<void> {
  const { deps, caller } = call
  const content = template.Data.replace(/\s+/g, '')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(content))
    throw new OperationError('INVALID_INPUT', { field: 'Template', detail: 'Template.Data is not base64' })
  const now = deps.clock.now()
  const mark = (await marker(deps, write))('template', content)
  const isFinger = about.type === fingerprintType
  if (isFinger && template.Index > 9)
    throw new OperationError('INVALID_INPUT', {
      field: 'Template',
      detail: 'Template.Index of a finger is 0 to 9',
    })
  const key = {
    employee_code: code,
    bio_type: about.type,
    no: isFinger ? template.Index : 0,
    idx: isFinger ? 0 : template.Index,
  }
  const known = await write
    .selectFrom('credential')
    .select('mark')
    .where('employee_code', '=', code)
    .where('bio_type', '=', key.bio_type)
    .where('no', '=', key.no)
    .where('idx', '=', key.idx)
    .where('major', '=', about.major)
    .executeTakeFirst()
  if (known?.mark === mark) return
  await saveCredential(write, {
    ...key,
    major: about.major,
    minor: '',
    format: 0,
    duress: 0,
    source: '',
    bytes: content.length,
    mark,
    content: seal(deps.config.sealKey, Buffer.from(content)),
    at: now,
  })
  await recordChange(write, {
    at: now,
    code,
    actor: caller.actor,
    what: 'Enrolled',
    field: itemName(bioItem(key)),
    was: null,
    became: 'template sent',
  })
  await write.updateTable('person').set({ managed: 1 }).where('employee_code', '=', code).execute()
  await bumpVersion(write, code, now)
}

/** A template that comes without its version is of the algorithm of the terminals it is meant for. */
async function algorithmFor(write: Write, sns: readonly string[], type: number): Promise<string> {
  for (const sn of sns) {
    const device = await findDevice(write, sn)
    const version = device ? abilitiesOf(device).algorithm(type) : null
    if (version !== null) return version
  }
  return ''
}

/** Near-infrared or visible light: what the terminals asked for have, the newer kind where both are. */
async function faceTypeFor(write: Write, sns: readonly string[]): Promise<number> {
  for (const sn of sns) {
    const device = await findDevice(write, sn)
    if (!device) continue
    const abilities = abilitiesOf(device)
    if (abilities.supports(visibleFace)) return visibleFace
    if (abilities.supports(nearInfraredFace)) return nearInfraredFace
  }
  return visibleFace
}

export const publishedPeopleHandlers = {
  'users.add': (input, call) => saveOn(call, input, input, true),
  'users.update': (input, call) => saveOn(call, input, input, false),
  'users.assignCard': (input, call) => saveOn(call, input, { Card: input.CardNumber }, false),
  'users.setPassword': (input, call) => saveOn(call, input, { Password: input.Password }, false),

  async 'users.remove'(input, call) {
    const { deps, caller } = call
    const code = input.EmployeeCode
    const sns = [...new Set(input.DeviceSN)]
    return change(call, sns, async write => {
      await findPerson(write, code)
      for (const sn of sns) await unwantOn(deps, write, code, sn)
      await openDeletion(deps, write, { code, scope: 'Terminals', actor: caller.actor }, sns)
      await recordChange(write, {
        at: deps.clock.now(),
        code,
        actor: caller.actor,
        what: 'Removed',
        field: null,
        was: null,
        became: `from ${sns.join(', ')}`,
      })
      return orderNow(deps, write, code, sns, caller.actor)
    })
  },

  async 'users.get'(input, call) {
    if (input.DeviceSN !== undefined) await requireKnown(call, input.DeviceSN)
    const { store, config } = call.deps
    const code = input.EmployeeCode
    const entity = await findPerson(store.read, code)
    const subject = (await loadSubjects(store.read, [code])).get(code)
    const held = call.caller.permissions
    const maySee = input.IncludeCredentials && (held === 'all' || held.has('people:biometrics'))
    const contents = new Map(
      maySee
        ? (
            await store.read
              .selectFrom('credential')
              .select(['id', 'content'])
              .where('employee_code', '=', code)
              .execute()
          ).map(row => [row.id, unseal(config.sealKey, row.content).toString('utf8')])
        : [],
    )
    const { person, credentials } = subject ?? { person: undefined, credentials: [] }
    const mark = person?.password_mark ?? null
    return {
      status: 200,
      body: {
        User: {
          ...entity,
          ValidFrom: person?.valid_from ?? null,
          ValidTo: person?.valid_to ?? null,
          HasPassword: mark !== null && mark !== clearedPassword,
          Templates: input.IncludeCredentials
            ? credentials.map(credential => ({
                Type: publishedType(credential.bio_type),
                Index: credential.bio_type === fingerprintType ? credential.no : credential.idx,
                Size: credential.bytes,
                Algorithm: credential.major === '' ? null : credential.major,
                Data: contents.get(credential.id) ?? null,
              }))
            : [],
        },
      },
    }
  },

  async 'users.devices'(input, call) {
    const { read } = call.deps.store
    await findPerson(read, input.EmployeeCode)
    const wanted = await read
      .selectFrom('person_wanted')
      .select(['sn', 'state'])
      .where('employee_code', '=', input.EmployeeCode)
      .execute()
    const reported = await read
      .selectFrom('person_device')
      .select(['sn', 'reported_at'])
      .where('employee_code', '=', input.EmployeeCode)
      .execute()
    const sns = new Set([...wanted, ...reported].map(({ sn }) => sn))
    const allowed = call.caller.devices
    const devices =
      sns.size === 0
        ? []
        : await read
            .selectFrom('device')
            .select(['sn', 'label'])
            .where('sn', 'in', [...sns])
            .orderBy('label')
            .execute()
    const stateOf = new Map(wanted.map(({ sn, state }) => [sn, state]))
    const seenOf = new Map(reported.map(({ sn, reported_at }) => [sn, reported_at]))
    return {
      status: 200,
      body: {
        Devices: devices
          .filter(({ sn }) => allowed === 'all' || allowed.has(sn))
          .map(({ sn, label }) => ({
            DeviceSN: sn,
            LabelName: label,
            SyncState: syncState(stateOf.get(sn)),
            SeenAt: toIso(seenOf.get(sn) ?? null),
          })),
      },
    }
  },

  async 'users.enrollFingerprint'(input, call) {
    const code = input.EmployeeCode
    const sns = [...new Set(input.DeviceSN)]
    const template = input.Template
    if (template === undefined) return enrolAt(call, code, sns, { kind: 'Fingerprint', finger: input.Finger })
    return change(call, sns, async write => {
      await requireAgreed(write, code)
      const major = await algorithmFor(write, sns, fingerprintType)
      await addTemplate(call, write, code, template, { type: fingerprintType, major })
      await wantOn(call.deps, write, [code], sns)
      return orderNow(call.deps, write, code, sns, call.caller.actor)
    })
  },

  async 'users.enrollFace'(input, call) {
    const code = input.EmployeeCode
    const sns = [...new Set(input.DeviceSN)]
    const { Template: template, Photo: photo } = input
    if (template === undefined && photo === undefined) return enrolAt(call, code, sns, { kind: 'Face' })
    const portrait = photo === undefined ? null : readPortrait(photo.Data)
    return change(call, sns, async write => {
      await requireAgreed(write, code)
      const { deps, caller } = call
      if (template !== undefined) {
        const type = await faceTypeFor(write, sns)
        await addTemplate(call, write, code, template, { type, major: await algorithmFor(write, sns, type) })
      }
      if (portrait !== null) {
        const keep = await keepsPortrait(write, code, input.Keep ?? true)
        await savePortrait(deps, write, code, portrait, { keep, asFace: true })
        await write.updateTable('person').set({ managed: 1 }).where('employee_code', '=', code).execute()
        await bumpVersion(write, code, deps.clock.now())
      }
      await wantOn(deps, write, [code], sns)
      const outcome = await orderNow(deps, write, code, sns, caller.actor)
      return portrait === null ? outcome : withoutPhotos(write, outcome)
    })
  },

  async 'users.resend'(input, call) {
    await requireKnown(call, input.DeviceSN)
    const { deps, caller } = call
    const { EmployeeCode: code, DeviceSN: sn } = input
    const outcome = await deps.store.write(async write => {
      await findPerson(write, code)
      // Forgotten what it holds, all of it is sent once more.
      await write.deleteFrom('person_item').where('employee_code', '=', code).where('sn', '=', sn).execute()
      await wantOn(deps, write, [code], [sn])
      return orderNow(deps, write, code, [sn], caller.actor)
    })
    deps.wakeCommands(sn)
    deps.wakeDelivery()
    const { body, status } = answer(outcome)
    return { status, body: { CommandID: body.Results[0]?.CommandID ?? '' } }
  },
} satisfies Partial<Handlers>

/** A photo is kept where photos are and it is wished; a portrait that was kept is replaced, never let go. */
async function keepsPortrait(write: Write, code: string, isWished: boolean): Promise<boolean> {
  if (!(await readRules(write)).KeepPhotos) return false
  if (isWished) return true
  const kept = await write
    .selectFrom('person_photo')
    .select('at')
    .where('employee_code', '=', code)
    .where('keep', '=', 1)
    .executeTakeFirst()
  return kept !== undefined
}

/** Says of terminals that take no photos that they do not; the template others make of it follows by itself. */
async function withoutPhotos(write: Write, outcome: Outcome): Promise<Outcome> {
  const results = []
  for (const result of outcome.results) {
    const device = await findDevice(write, result.DeviceSN)
    if (device && abilitiesOf(device).takesPhoto) results.push(result)
    else
      results.push({
        ...result,
        Status: 'refused' as const,
        Error: 'It takes no photos. A template another terminal makes of it follows by itself, where it fits',
      })
  }
  return { ...outcome, results }
}

async function enrolAt(
  call: Call,
  code: string,
  sns: readonly string[],
  what: { kind: 'Fingerprint' | 'Face'; finger?: number | undefined },
) {
  for (const sn of sns) await requireKnown(call, sn)
  const [sn, ...more] = sns
  if (sn === undefined || more.length > 0)
    throw new OperationError('INVALID_INPUT', {
      field: 'DeviceSN',
      detail: 'A person stands before one terminal: name one, or send a template',
    })
  const { command, reachable } = await startEnrolment(call.deps, {
    code,
    sn,
    kind: what.kind,
    finger: what.finger,
    actor: call.caller.actor,
  })
  const result = {
    DeviceSN: sn,
    Status: reachable ? ('queued' as const) : ('refused' as const),
    CommandID: String(command.id),
    Error: reachable ? null : command.error,
  }
  return { status: reachable ? (200 as const) : (409 as const), body: { Results: [result] } }
}

function syncState(state: string | undefined): 'Reported' | 'Pending' | 'Failed' {
  if (state === 'Pending' || state === 'Removing') return 'Pending'
  return state === 'Failed' || state === 'Blocked' ? 'Failed' : 'Reported'
}

function publishedType(type: number): z.output<typeof Template>['Type'] {
  const name = typeName(type)
  return name === 'Voice' || name === 'General' || name === 'FacePhoto' ? 'Fingerprint' : name
}
