import { z } from 'zod'
import { Device } from '../entities/device.ts'
import { Subscription } from '../entities/subscription.ts'
import { defineOperations } from '../operation.ts'
import { common, DeviceSN, Instant, TimeZone, text } from '../primitives.ts'

/** Operations of our own beside the published 34 (ADR 0012). A hosted gateway answers 404 to them. */
export const own = {
  ...defineOperations('devices', {
    adopt: {
      name: 'AdoptDevice',
      aliases: [],
      known: false,
      origin: 'own',
      method: 'POST',
      summary: 'Trust a terminal: name it, place it, and take in what it has sent so far',
      permission: 'devices:adopt',
      input: z.object({
        ...common,
        DeviceSN,
        LabelName: text(100).optional(),
        TimeZone: TimeZone.optional(),
        Site: text(100).optional(),
        HasDoor: z.stringbool().or(z.boolean()).optional(),
        Simulated: z.stringbool().or(z.boolean()).default(false),
      }),
      answers: {
        200: z.object({
          Device,
          TakenIn: z.int().describe('Uploads that had been kept and are now recorded'),
        }),
      },
      errors: [],
      changes: ['devices', 'doors', 'attendance', 'users'],
      audit: { subject: 'DeviceSN' },
    },
  }),
  ...defineOperations('webhooks', {
    list: {
      name: 'ListWebhooks',
      aliases: ['ListSubscriptions'],
      known: false,
      origin: 'own',
      method: 'GET',
      summary: 'Who receives events, and how that goes',
      permission: 'webhooks:read',
      input: z.object({ ...common }),
      answers: { 200: z.object({ Subscriptions: z.array(Subscription) }) },
      errors: [],
      changes: [],
    },
  }),
  ...defineOperations('site', {
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
  }),
}
