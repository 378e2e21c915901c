import { z } from 'zod'

/** Who stands behind the opaque actor of an order, as far as this installation knows. */
export const Actor = z.object({ Actor: z.string(), Name: z.string(), Roles: z.array(z.string()) })

export type ActorBody = z.output<typeof Actor>
