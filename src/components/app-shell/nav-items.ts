import type { LinkProps } from '@tanstack/react-router'
import type { Permission } from '#contract/permissions.ts'
import { words } from '../../words/index.ts'
import type { IconName } from '../icon/icon.tsx'

export interface NavItem {
  readonly to: NonNullable<LinkProps['to']>
  readonly label: string
  readonly icon: IconName
}

/** The pages this person may see, in order; the first few are the phone's tabs. */
export function navItems(can: (permission: Permission) => boolean): NavItem[] {
  const { nav } = words
  const all: readonly (NavItem & { readonly right?: Permission })[] = [
    { to: '/', label: nav.overview, icon: 'overview' },
    { to: '/attendance', label: nav.attendance, icon: 'attendance', right: 'attendance:read' },
    { to: '/people', label: nav.people, icon: 'people', right: 'people:read' },
    { to: '/doors', label: nav.doors, icon: 'doors', right: 'doors:read' },
    { to: '/devices', label: nav.devices, icon: 'devices', right: 'devices:read' },
    { to: '/webhooks', label: nav.webhooks, icon: 'webhooks', right: 'webhooks:read' },
    { to: '/audit', label: nav.audit, icon: 'audit', right: 'audit:read' },
    { to: '/settings', label: nav.settings, icon: 'settings' },
  ]
  return all.filter(item => item.right === undefined || can(item.right))
}
