import { z } from 'zod'
import type { Permission } from '../permissions.ts'
import { text } from '../primitives.ts'

/** Pages whose filters can be saved, and the right it takes to see them there: a filter may name a person. */
export const viewPages = {
  attendance: 'attendance:read',
  people: 'people:read',
  doors: 'doors:read',
  devices: 'devices:read',
  webhooks: 'webhooks:read',
  audit: 'audit:read',
} as const satisfies Record<string, Permission>

// Object.keys forgets the names; the record above states them.
const pages = Object.keys(viewPages) as (keyof typeof viewPages)[]

const Page = z.enum(pages).describe('The page the view belongs to')
const Search = z
  .string()
  .max(2000)
  .regex(/^(\?[\x21-\x7e]*)?$/, 'must be empty or the query of an address, starting with "?"')

/** A set of filters under a name. `Search` is the query of the page's address, as it can be shared by hand. */
export const SavedView = z.object({
  Id: z.string(),
  Page,
  Name: z.string(),
  Search: z.string(),
  Shared: z.boolean().describe('Others who may see the page see it too'),
  Default: z.boolean().describe('Opened when the page is opened without filters'),
  Own: z.boolean(),
  Owner: z.string().describe('Name of the account'),
})

export const ViewsQuery = z.object({ Page })

/** Saves under a name; the same name on the same page replaces what it held. */
export const SaveView = z.object({
  Page,
  Name: text(60).min(1),
  Search,
  Shared: z.boolean().default(false),
  Default: z.boolean().default(false),
})

export const viewsMax = 50

export type ViewPage = z.output<typeof Page>
export type SavedViewBody = z.output<typeof SavedView>
export type SaveViewBody = z.input<typeof SaveView>
