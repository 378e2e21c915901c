import { attendance } from './attendance.ts'
import { devices } from './devices.ts'
import { doors } from './doors.ts'
import { own } from './own.ts'
import { users } from './users.ts'
import { webhooks } from './webhooks.ts'

/** The published 34, by group (cams-gateway 1.2 rows 1 to 34). */
export const publishedOperations = { ...attendance, ...users, ...doors, ...devices, ...webhooks }

/** The only list. Routes, rights, OpenAPI, audit and tests are loops over it. */
export const operations = { ...publishedOperations, ...own }
