import { CorrectionState } from '#contract/entities/correction.ts'
import { OperationError } from '#contract/errors.ts'
import { changeControl, readControl } from '../attendance/control.ts'
import { addCorrection, decideCorrection, withdrawCorrection } from '../attendance/corrections/correct.ts'
import { draftCorrection } from '../attendance/corrections/draft-correction.ts'
import { actorOf } from '../http/caller.ts'
import { correctionEntity, findCorrections, readRepairName } from '../store/correction-list.ts'
import { toIso } from '../store/devices.ts'
import type { Reader } from '../store/index.ts'
import type { Call, Handlers } from './handler.ts'
import { requirePerson } from './scope.ts'

/** One correction as answer, after the commit that made it. */
async function answer(call: Call, id: number) {
  const Correction = await correctionEntity(call.deps.store.read, id, actorOf(call.caller))
  if (!Correction) throw new Error(`correction ${id} is gone right after it was written`)
  return { status: 200 as const, body: { Correction } }
}

async function control(call: Call, reader: Reader) {
  const { twoPersons, offAskedBy, offAskedAt } = await readControl(reader, call.deps.clock.now())
  return {
    status: 200 as const,
    body: {
      TwoPersons: twoPersons,
      OffAskedBy: offAskedBy,
      OffAskedAt: toIso(offAskedAt),
      You: actorOf(call.caller),
    },
  }
}

export const correctionHandlers = {
  async 'attendance.corrections'(input, call) {
    const fromDay = input.FromDate?.slice(0, 10)
    const toDay = input.ToDate?.slice(0, 10)
    if (fromDay !== undefined && toDay !== undefined && fromDay > toDay)
      throw new OperationError('INVALID_DATE', {
        field: 'ToDate',
        detail: `ToDate ${toDay} lies before FromDate ${fromDay}`,
      })
    const { rows, paging } = await findCorrections(
      call.deps.store.read,
      {
        fromDay,
        toDay,
        employeeCode: input.EmployeeCode,
        states: input.State?.map(state => CorrectionState.parse(state)),
        repairId: input.RepairID === undefined ? undefined : (readRepairName(input.RepairID) ?? 0),
      },
      { offSet: input.OffSet, limit: input.Limit, order: input.Order },
      actorOf(call.caller),
    )
    return { status: 200, body: { Corrections: rows, ...paging } }
  },

  async 'attendance.addCorrection'(input, call) {
    const { store, clock, config } = call.deps
    await requirePerson(call, input.EmployeeCode)
    const id = await store.write(async write => {
      const draft = await draftCorrection(write, input, config.timeZone)
      const now = clock.now()
      const { twoPersons } = await readControl(write, now)
      const { EmployeeCode: employeeCode, Kind: kind, Reason: reason } = input
      return addCorrection(
        write,
        { employeeCode, kind, draft, needsApproval: twoPersons },
        { actor: actorOf(call.caller), now, reason },
      )
    })
    return answer(call, id)
  },

  async 'attendance.withdrawCorrection'({ CorrectionID, Reason: reason }, call) {
    const { store, clock } = call.deps
    const id = await store.write(async write => {
      const now = clock.now()
      const { twoPersons } = await readControl(write, now)
      return withdrawCorrection(write, CorrectionID, twoPersons, { actor: actorOf(call.caller), now, reason })
    })
    return answer(call, id)
  },

  async 'attendance.decideCorrection'({ CorrectionID, Decision, Reason: reason }, call) {
    if (Decision === 'refuse' && reason === '')
      throw new OperationError('INVALID_INPUT', { field: 'Reason', detail: 'Reason is missing: say why not' })
    const { store, clock } = call.deps
    const by = { actor: actorOf(call.caller), now: clock.now(), reason }
    return answer(call, await store.write(write => decideCorrection(write, CorrectionID, Decision, by)))
  },

  'attendance.control': (_input, call) => control(call, call.deps.store.read),

  async 'attendance.saveControl'({ TwoPersons: twoPersons }, call) {
    const { store, clock } = call.deps
    await store.write(write =>
      changeControl(write, { twoPersons, actor: actorOf(call.caller), now: clock.now() }),
    )
    return control(call, store.read)
  },
} satisfies Partial<Handlers>
