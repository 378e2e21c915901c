import type { OperationAnswer, OperationInput } from '#contract/types.ts'
import { present, readOneOf, readText } from '../../../../api/search.ts'

export type DirectoryPerson = OperationAnswer<'users.directory'>['People'][number]
export type PersonStatus = DirectoryPerson['Status']

export const statuses = ['Active', 'NotYet', 'Expired', 'Suspended', 'Leaving', 'Left'] as const
/** Lists somebody keeps coming back for, each one word in the address. */
export const shows = ['expiring', 'trouble', 'without', 'idle', 'admins'] as const
export const sorts = ['Name', 'Department', 'LastChanged'] as const

/** `/people?q=&department=&group=&status=&device=&show=&sort=&order=` */
export function readPeopleSearch(search: Record<string, unknown>) {
  return present({
    q: readText(search, 'q'),
    department: readText(search, 'department'),
    group: readText(search, 'group'),
    status: readOneOf(search, 'status', statuses),
    device: readText(search, 'device', 64),
    show: readOneOf(search, 'show', shows),
    sort: readOneOf(search, 'sort', sorts),
    order: readOneOf(search, 'order', ['desc']),
  })
}

export type PeopleSearch = ReturnType<typeof readPeopleSearch>

/** How far ahead "expires soon" looks. */
export const soonDays = 7

/** Credentials that nobody has used for so long are worth a question. */
const idleDays = 90

/** The address as the question to the server, without paging. */
export function directoryInput(search: PeopleSearch): OperationInput<'users.directory'> {
  const { q, department, group, status, device, show, sort, order } = search
  return present({
    Search: q,
    Department: department,
    Group: group,
    Status: status === undefined ? undefined : [status],
    DeviceSN: device,
    ExpiresWithinDays: show === 'expiring' ? soonDays : undefined,
    IdleDays: show === 'idle' ? idleDays : undefined,
    Trouble: show === 'trouble' ? true : undefined,
    Without: show === 'without' ? ('Credential' as const) : undefined,
    UserType: show === 'admins' ? ('Admin' as const) : undefined,
    Sort: sort,
    Order: order,
  })
}

/** As many people as one call of the contract takes. */
export const selectedMax = 1000
