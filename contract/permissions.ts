/**
 * Names of rights. A right is a fact about an operation; which role or token holds it is decided elsewhere
 * (proxy/access/roles.ts for people, the token table for programs).
 */
export const permissions = [
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
  'people:biometrics',
  'doors:read',
  'doors:operate',
  'doors:schedule',
  'doors:emergency',
  'doors:alarms',
  'devices:read',
  'devices:operate',
  'devices:adopt',
  'webhooks:read',
  'webhooks:write',
  'webhooks:replay',
  'webhooks:local',
  'site:manage',
  'audit:read',
  'accounts:manage',
] as const

export type Permission = (typeof permissions)[number]

/** Narrows text from a token row or a session to a right this build knows. */
export function isPermission(value: string): value is Permission {
  return (permissions as readonly string[]).includes(value)
}
