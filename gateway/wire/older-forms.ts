import type { FastifyInstance } from 'fastify'
import type { OlderApi } from './older-call.ts'
import { registerWebApi1 } from './web-api-1.ts'
import { registerWebApi2 } from './web-api-2.ts'
import { registerWebApi3 } from './web-api-3.ts'

/** `/external/…` for clients of the three older generations. Bodies come as text, as registerV3 has set up. */
export function registerOlderForms(app: FastifyInstance, api: OlderApi): void {
  registerWebApi3(app, api)
  registerWebApi2(app, api)
  registerWebApi1(app, api)
}
