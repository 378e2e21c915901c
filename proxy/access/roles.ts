import { type Permission, permissions } from '#contract/permissions.ts'

export const roles = ['hr', 'security', 'it', 'viewer', 'admin'] as const

export type Role = (typeof roles)[number]

/** Role to rights: the only place a role is mentioned (interface.md "Roles"). A person may hold several. */
export const rolePermissions: Readonly<Record<Role, readonly Permission[]>> = {
  hr: [
    'attendance:read',
    'attendance:identify',
    'attendance:export',
    'attendance:photo',
    'attendance:correct',
    'attendance:approve',
    'attendance:close',
    'attendance:plan',
    'people:read',
    'people:write',
    'people:credentials',
  ],
  security: [
    'doors:read',
    'doors:operate',
    'doors:schedule',
    'doors:emergency',
    'doors:alarms',
    'devices:read',
    'attendance:identify',
  ],
  it: [
    'devices:read',
    'devices:operate',
    'devices:adopt',
    'webhooks:read',
    'webhooks:write',
    'webhooks:replay',
    'site:manage',
  ],
  viewer: ['attendance:read', 'doors:read', 'devices:read', 'webhooks:read'],
  admin: permissions.filter(permission => permission !== 'webhooks:local'),
}

/** The union of what the given roles allow. */
export function permissionsOf(held: readonly Role[]): Set<Permission> {
  return new Set(held.flatMap(role => rolePermissions[role]))
}

/** Narrows text from the account store. */
export function isRole(value: string): value is Role {
  return (roles as readonly string[]).includes(value)
}
