import { z } from 'zod'
import { DoorRef } from '../../entities/door.ts'
import { defineOperations } from '../../operation.ts'
import { common, text } from '../../primitives.ts'

const id = z.union([z.string(), z.int().transform(String)]).pipe(z.string().trim().min(1).max(20))
const own = { aliases: [], known: false, origin: 'own' } as const
const Place = z.object({
  Door: DoorRef,
  X: z.number().min(0).max(1).describe('Share of the width of the image, from its left edge'),
  Y: z.number().min(0).max(1).describe('Share of its height, from the top'),
})
const Plan = z.object({
  PlanID: z.string(),
  Name: z.string(),
  Site: z.string().nullable(),
  Places: z.array(Place),
})

export const ownDoorPlans = defineOperations('doors', {
  plans: {
    ...own,
    name: 'ListFloorPlans',
    method: 'GET',
    summary: 'Floor plans and where the doors are on them, without the images',
    permission: 'doors:read',
    input: z.object({ ...common }),
    answers: { 200: z.object({ Plans: z.array(Plan) }) },
    errors: [],
    changes: [],
  },
  planImage: {
    ...own,
    name: 'GetFloorPlanImage',
    method: 'GET',
    summary: 'The image of a floor plan',
    permission: 'doors:read',
    input: z.object({ ...common, PlanID: id }),
    answers: { 200: z.object({ Type: z.string(), Data: z.string().describe('base64') }) },
    errors: ['FLOOR_PLAN_NOT_FOUND'],
    changes: [],
  },
  savePlan: {
    ...own,
    name: 'SaveFloorPlan',
    method: 'POST',
    summary: 'Add a floor plan, rename it, or give it another image',
    permission: 'doors:schedule',
    input: z.object({
      ...common,
      PlanID: id.optional(),
      Name: text(64).min(1),
      Site: text(64).optional(),
      Image: z.base64().max(230_000).optional().describe('PNG or JPEG, base64, up to 170 kB'),
    }),
    answers: { 200: Plan },
    errors: ['FLOOR_PLAN_NOT_FOUND'],
    changes: ['doors'],
    audit: { subject: 'Name', hide: ['Image'] },
  },
  placeDoors: {
    ...own,
    name: 'PlaceDoors',
    method: 'POST',
    summary: 'Say where doors are on a floor plan; doors that are not named are taken off it',
    permission: 'doors:schedule',
    input: z.object({ ...common, PlanID: id, Places: z.array(Place).max(500) }),
    answers: { 200: Plan },
    errors: ['FLOOR_PLAN_NOT_FOUND'],
    changes: ['doors'],
    audit: { subject: 'PlanID' },
  },
  removePlan: {
    ...own,
    name: 'RemoveFloorPlan',
    method: 'POST',
    summary: 'Remove a floor plan; the doors stay',
    permission: 'doors:schedule',
    input: z.object({ ...common, PlanID: id }),
    answers: { 200: z.object({ PlanID: z.string() }) },
    errors: ['FLOOR_PLAN_NOT_FOUND'],
    changes: ['doors'],
    audit: { subject: 'PlanID' },
  },
})
