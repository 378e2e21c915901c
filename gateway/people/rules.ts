import { z } from 'zod'
import type { Reader, Write } from '../store/index.ts'

const setting = 'people-rules'

const Rules = z.object({
  PasswordDigitsMin: z.int().default(4),
  PasswordsUnique: z.boolean().default(true),
  KeepPhotos: z.boolean().default(false),
  ConsentNeeded: z.boolean().default(false),
  RetentionDays: z.int().default(90),
})

export type PeopleRules = z.output<typeof Rules>

/** Rules for keypad codes, photos, consent and retention; the careful ones until somebody says otherwise. */
export async function readRules(reader: Reader): Promise<PeopleRules> {
  const row = await reader
    .selectFrom('setting')
    .select('value')
    .where('name', '=', setting)
    .executeTakeFirst()
  return Rules.parse(row ? JSON.parse(row.value) : {})
}

/** Changes some of them; answers all. */
export async function saveRules(write: Write, change: Partial<PeopleRules>): Promise<PeopleRules> {
  const rules = Rules.parse({ ...(await readRules(write)), ...change })
  const value = JSON.stringify(rules)
  await write
    .insertInto('setting')
    .values({ name: setting, value })
    .onConflict(conflict => conflict.column('name').doUpdateSet({ value }))
    .execute()
  return rules
}
