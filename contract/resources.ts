/**
 * Names of things that go stale. An operation or event lists what it touches; the browser marks every query of
 * that group old. The names are the first part of an operation id, so a query key starts with one of them.
 */
export const resources = ['attendance', 'users', 'doors', 'devices', 'webhooks', 'site', 'audit'] as const

export type Resource = (typeof resources)[number]
