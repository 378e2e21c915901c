import { OperationError } from '#contract/errors.ts'
import { requireSite } from '../http/caller.ts'
import {
  findPlans,
  type PlanEntity,
  placeDoors,
  planImage,
  removePlan,
  savePlan,
} from '../store/floor-plans.ts'
import { visiblePlan, visibleRef } from './door-scope.ts'
import type { Call, Handlers } from './handler.ts'

/** First bytes of the two kinds of images a plan can be; nothing else is kept, whatever it calls itself. */
const signatures: ReadonlyArray<readonly [type: string, first: readonly number[]]> = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
]

export const doorPlanHandlers = {
  async 'doors.plans'(_input, call) {
    const plans = await findPlans(call.deps.store.read)
    return { status: 200, body: { Plans: plans.flatMap(plan => visiblePlan(call, plan) ?? []) } }
  },

  async 'doors.planImage'(input, call) {
    await requirePlan(call, input.PlanID)
    const image = await planImage(call.deps.store.read, input.PlanID)
    if (!image) throw notFound()
    return { status: 200, body: { Type: image.type, Data: Buffer.from(image.bytes).toString('base64') } }
  },

  async 'doors.savePlan'(input, call) {
    requireSite(call.caller, input.Site || null)
    if (input.PlanID !== undefined) await requireOwnPlan(call, input.PlanID)
    const bytes = input.Image === undefined ? undefined : Buffer.from(input.Image, 'base64')
    const type = bytes === undefined ? undefined : typeOf(bytes)
    const id = await call.deps.store.write(write =>
      savePlan(write, {
        id: input.PlanID,
        name: input.Name,
        site: input.Site || null,
        image: bytes && type ? { type, bytes } : undefined,
        at: call.deps.clock.now(),
      }),
    )
    return { status: 200, body: await requirePlan(call, id) }
  },

  async 'doors.placeDoors'(input, call) {
    await requirePlan(call, input.PlanID)
    const places = new Map(
      input.Places.filter(({ Door }) => visibleRef(call, Door)).map(place => [place.Door, place]),
    )
    await call.deps.store.write(async write => {
      // Doors beyond the caller's stay where they are.
      const before = (await findPlans(write)).find(({ PlanID }) => PlanID === input.PlanID)
      const foreign = (before?.Places ?? []).filter(({ Door }) => !visibleRef(call, Door))
      await placeDoors(write, Number(input.PlanID), [...places.values(), ...foreign])
    })
    return { status: 200, body: await requirePlan(call, input.PlanID) }
  },

  async 'doors.removePlan'(input, call) {
    await requireOwnPlan(call, input.PlanID)
    await call.deps.store.write(write => removePlan(write, Number(input.PlanID)))
    return { status: 200, body: { PlanID: input.PlanID } }
  },
} satisfies Partial<Handlers>

function typeOf(bytes: Buffer): string {
  const found = signatures.find(([, first]) => first.every((byte, at) => bytes[at] === byte))
  if (found) return found[0]
  throw new OperationError('INVALID_INPUT', { field: 'Image', detail: 'Image is neither a PNG nor a JPEG' })
}

async function requirePlan(call: Call, id: string | undefined): Promise<PlanEntity> {
  const plan = (await findPlans(call.deps.store.read)).find(({ PlanID }) => PlanID === id)
  const visible = plan && visiblePlan(call, plan)
  if (visible) return visible
  throw notFound()
}

/** One the caller may rename or remove: a plan of every site is not theirs alone. */
async function requireOwnPlan(call: Call, id: string): Promise<void> {
  requireSite(call.caller, (await requirePlan(call, id)).Site, 'PlanID')
}

function notFound(): OperationError {
  return new OperationError('FLOOR_PLAN_NOT_FOUND', { field: 'PlanID' })
}
