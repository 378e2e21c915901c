import type { z } from 'zod'
import { CallbackFormat } from '#contract/entities/subscription.ts'
import type { CallbackForm } from './form.ts'
import { v3 } from './v3.ts'
import { webApi1 } from './web-api-1.ts'
import { webApi2 } from './web-api-2.ts'
import { webApi3 } from './web-api-3.ts'

/** Every form by the name a subscription chooses it by. */
export const forms: Readonly<Record<z.output<typeof CallbackFormat>, CallbackForm>> = {
  v3,
  'web-api-3': webApi3,
  'web-api-2': webApi2,
  'web-api-1': webApi1,
}

/** The form a row names. One this build does not know is told in ours: nothing may keep a punch from being recorded. */
export function formOf(format: string): CallbackForm {
  const known = CallbackFormat.safeParse(format)
  return known.success ? forms[known.data] : v3
}
