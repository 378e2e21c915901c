import { sql } from 'kysely'
import { OperationError } from '#contract/errors.ts'
import type { OperationAnswer } from '#contract/types.ts'
import { readCard } from '../device/protocol/attendance/card.ts'
import { requireDevice } from '../http/caller.ts'
import { recordChange } from '../people/changes.ts'
import { startEnrolment } from '../people/enrolments.ts'
import { saidName } from '../people/findings.ts'
import { readPortrait, savePortrait } from '../people/portraits.ts'
import { bumpVersion } from '../people/report.ts'
import { readRules } from '../people/rules.ts'
import { findCommand, readPayload } from '../store/commands.ts'
import { toIso } from '../store/devices.ts'
import { findPerson } from '../store/people.ts'
import { unseal } from '../store/seal.ts'
import type { Handlers } from './handler.ts'
import { requireKnown, visibleDevices } from './scope.ts'

type Enrolment = OperationAnswer<'users.enrolment'>
type Step = Enrolment['Steps'][number]

const kindOf = { 'fingerprint.enroll': 'Fingerprint', 'card.enroll': 'Card' } as const
/** Terminals send the row of a card and the answer to the order one after the other, in either order. */
const sameAnswerMs = 30_000
/** Cards shown that long ago are no longer of interest to anybody. */
const cardsKnownMs = 30 * 86_400_000

export const peopleEnrolHandlers = {
  async 'users.enrol'(input, call) {
    await requireKnown(call, input.DeviceSN)
    const { command, reachable } = await startEnrolment(call.deps, {
      code: input.EmployeeCode,
      sn: input.DeviceSN,
      kind: input.Kind,
      finger: input.Finger,
      overwrite: input.Overwrite,
      duress: input.Duress,
      actor: call.caller.actor,
    })
    return { status: reachable ? 200 : 409, body: { CommandID: String(command.id) } }
  },

  async 'users.enrolment'(input, call) {
    const { read } = call.deps.store
    const command = await findCommand(read, input.CommandID)
    if (!command?.kind.endsWith('.enroll'))
      throw new OperationError('COMMAND_NOT_FOUND', {
        field: 'CommandID',
        detail: `There is no enrolment ${input.CommandID}`,
      })
    requireDevice(call.caller, command.sn)
    const payload = readPayload(command)
    const code = String(payload.EmployeeCode)
    const kind = payload.Kind === 'Palm' ? 'Palm' : (kindOf[command.kind as keyof typeof kindOf] ?? 'Face')
    const since = command.sent_at ?? command.created_at
    const template =
      kind === 'Card'
        ? undefined
        : await read
            .selectFrom('credential')
            .select(['at', 'major'])
            .where('employee_code', '=', code)
            .where('source', '=', command.sn)
            .where('at', '>=', since)
            .where('bio_type', '=', Number(payload.Type ?? 1))
            .$if(kind === 'Fingerprint', query => query.where('no', '=', Number(payload.Finger ?? 6)))
            .orderBy('at', 'desc')
            .limit(1)
            .executeTakeFirst()
    const card =
      kind !== 'Card'
        ? undefined
        : await read
            .selectFrom('person_device')
            .innerJoin('person', 'person.employee_code', 'person_device.employee_code')
            .select(['reported_at', 'said', 'card'])
            .where('person_device.employee_code', '=', code)
            .where('sn', '=', command.sn)
            // A row from before the answer is of another question.
            .where('reported_at', '>=', Math.max(since, (command.completed_at ?? since) - sameAnswerMs))
            .executeTakeFirst()
    const tapped = card === undefined || command.state !== 'done' ? null : saidName(card.said).card
    const isTaken = tapped !== null && tapped !== card?.card
    const received = template?.at ?? (tapped !== null && !isTaken ? (card?.reported_at ?? null) : null)
    const waiting = await read
      .selectFrom('person_wanted')
      .select(sql<number>`count(*)`.as('count'))
      .where('employee_code', '=', code)
      .where('wanted', '=', 1)
      .where('sn', '!=', command.sn)
      .where('state', 'not in', ['InStep', 'Withheld'])
      .executeTakeFirst()
    const isCancelled = command.state === 'cancelled'
    const isFailed = isTaken || ['failed', 'expired', 'unconfirmed'].includes(command.state)
    const isDone = command.state === 'done' || received !== null
    const spread = Number(waiting?.count ?? 0) === 0
    const step = (
      Step: Step['Step'],
      at: number | null,
      isNow: boolean,
      words: string | null = null,
    ): Step => ({
      Step,
      State: at !== null ? 'Done' : (isFailed || isCancelled) && isNow ? 'Failed' : isNow ? 'Now' : 'Later',
      At: toIso(at),
      Words: words,
    })
    const answered = isDone ? (command.completed_at ?? received) : null
    return {
      status: 200,
      body: {
        CommandID: input.CommandID,
        EmployeeCode: code,
        DeviceSN: command.sn,
        Kind: kind,
        Index: Number(payload.Finger ?? 0),
        State: isCancelled
          ? 'Cancelled'
          : received !== null
            ? 'Received'
            : isFailed
              ? 'Failed'
              : command.state === 'done'
                ? 'Enrolled'
                : command.state === 'sent'
                  ? 'AtTerminal'
                  : 'Waiting',
        Steps: [
          step('Ordered', command.created_at, true),
          step('Fetched', command.sent_at, command.sent_at === null, isCancelled ? command.error : null),
          step(
            'Answered',
            answered,
            command.sent_at !== null && answered === null,
            isCancelled ? null : command.error,
          ),
          step('TemplateReceived', received, answered !== null && received === null),
          step(
            'Spread',
            received !== null && spread ? received : null,
            received !== null && !spread,
            spread
              ? null
              : `${waiting?.count} ${Number(waiting?.count) === 1 ? 'terminal' : 'terminals'} to follow`,
          ),
        ],
        Error: isTaken ? 'The card belongs to somebody else' : isFailed ? command.error : null,
        Algorithm: template?.major || null,
        TryUntil: command.state === 'queued' ? toIso(command.expires_at) : null,
      },
    }
  },

  async 'users.unknownCards'(input, call) {
    const { deps } = call
    const sns = visibleDevices(call)
    const rows = await deps.store.read
      .selectFrom('door_event')
      .innerJoin('device', 'device.sn', 'door_event.sn')
      .select(['door_event.sn', 'label', 'raw', 'instant'])
      .where('employee_code', 'is', null)
      .where('raw', 'like', '%cardno=%')
      .where('instant', '>', deps.clock.now() - cardsKnownMs)
      .$if(sns !== null, query => query.where('door_event.sn', 'in', sns?.length ? [...sns] : ['']))
      .orderBy('door_event.id', 'desc')
      .limit(5000)
      .execute()
    const taken = new Set(
      (await deps.store.read.selectFrom('person').select('card').where('card', 'is not', null).execute()).map(
        row => row.card,
      ),
    )
    const found = new Map<string, { sn: string; label: string; times: number; at: number }>()
    for (const { sn, label, raw, instant } of rows) {
      const card = readCard(/\bcardno=([^\t]*)/i.exec(raw ?? '')?.[1])
      if (card === null || taken.has(card)) continue
      const before = found.get(card)
      if (before) before.times += 1
      else found.set(card, { sn, label, times: 1, at: instant })
    }
    return {
      status: 200,
      body: {
        Cards: [...found].slice(0, input.Limit).map(([card, { sn, label, times, at }]) => ({
          CardNumber: card,
          DeviceSN: sn,
          LabelName: label,
          Times: times,
          LastAt: new Date(at).toISOString(),
        })),
      },
    }
  },

  async 'users.photo'(input, call) {
    const { read } = call.deps.store
    await findPerson(read, input.EmployeeCode)
    const photo = await read
      .selectFrom('person_photo')
      .selectAll()
      .where('employee_code', '=', input.EmployeeCode)
      .executeTakeFirst()
    if (!photo)
      throw new OperationError('PHOTO_NOT_FOUND', {
        detail: `No photo of ${input.EmployeeCode} is kept`,
      })
    return {
      status: 200,
      body: {
        Photo: {
          Type: photo.type === 'png' ? 'png' : 'jpg',
          Size: photo.bytes,
          Data: unseal(call.deps.config.sealKey, photo.content).toString('base64'),
        },
        At: new Date(photo.at).toISOString(),
      },
    }
  },

  async 'users.setPhoto'(input, call) {
    const { deps, caller } = call
    const code = input.EmployeeCode
    await findPerson(deps.store.read, code)
    const portrait = input.Photo === undefined ? null : readPortrait(input.Photo.Data)
    await deps.store.write(async write => {
      if (portrait !== null && !(await readRules(write)).KeepPhotos)
        throw new OperationError('PHOTOS_NOT_KEPT', {
          field: 'Photo',
          detail: 'Photos are not kept here; use EnrollFace to make a face of one',
        })
      const now = deps.clock.now()
      if (portrait === null)
        await write.deleteFrom('person_photo').where('employee_code', '=', code).execute()
      else await savePortrait(deps, write, code, portrait, { keep: true, asFace: false })
      await recordChange(write, {
        at: now,
        code,
        actor: caller.actor,
        what: portrait === null ? 'Photo removed' : 'Photo set',
        field: null,
        was: null,
        became: null,
      })
      await bumpVersion(write, code, now)
    })
    return { status: 200, body: { EmployeeCode: code, HasPhoto: portrait !== null } }
  },
} satisfies Partial<Handlers>
