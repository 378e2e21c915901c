import { z } from 'zod'
import { defineOperations } from '../../operation.ts'
import { common, Instant } from '../../primitives.ts'

export const ownSite = defineOperations('site', {
  info: {
    name: 'GetGatewayInfo',
    aliases: [],
    known: false,
    origin: 'own',
    method: 'GET',
    summary: 'What this gateway is and holds',
    permission: 'devices:read',
    input: z.object({ ...common }),
    answers: {
      200: z.object({
        Version: z.string(),
        Store: z.enum(['sqlite', 'postgres']),
        Adopt: z.enum(['ask', 'auto']),
        Time: Instant,
        Sites: z.array(z.object({ Site: z.string(), TimeZone: z.string(), Devices: z.int() })),
        SimulatedDevices: z.int(),
      }),
    },
    errors: [],
    changes: [],
  },
  removeSimulated: {
    name: 'RemoveSimulatedSite',
    aliases: [],
    known: false,
    origin: 'own',
    method: 'POST',
    summary: 'Remove the simulated terminals and everything they sent; real ones stay',
    permission: 'site:manage',
    input: z.object({ ...common }),
    answers: { 200: z.object({ RemovedDevices: z.int(), RemovedPunches: z.int() }) },
    errors: [],
    changes: ['attendance', 'users', 'doors', 'devices', 'webhooks', 'site'],
    audit: { subject: 'OperationID' },
  },
})
