import type { LinkProps } from '@tanstack/react-router'
import type { Permission } from '#contract/permissions.ts'
import { words } from '../../words/index.ts'
import type { IconName } from '../icon/icon.tsx'

export interface NavItem {
  readonly to: NonNullable<LinkProps['to']>
  readonly label: string
  readonly icon: IconName
  /** Pressed after `g`. */
  readonly letter: string
}

/** The pages this person may see, in order; the first few are the phone's tabs. */
export function navItems(can: (permission: Permission) => boolean): NavItem[] {
  const { nav } = words
  const all: readonly (NavItem & { readonly right?: Permission })[] = [
    { to: '/', letter: 'o', label: nav.overview, icon: 'overview' },
    { to: '/attendance', letter: 'a', label: nav.attendance, icon: 'attendance', right: 'attendance:read' },
    { to: '/people', letter: 'p', label: nav.people, icon: 'people', right: 'people:read' },
    { to: '/doors', letter: 'd', label: nav.doors, icon: 'doors', right: 'doors:read' },
    { to: '/devices', letter: 'v', label: nav.devices, icon: 'devices', right: 'devices:read' },
    { to: '/webhooks', letter: 'w', label: nav.webhooks, icon: 'webhooks', right: 'webhooks:read' },
    { to: '/audit', letter: 'u', label: nav.audit, icon: 'audit', right: 'audit:read' },
    { to: '/settings', letter: 's', label: nav.settings, icon: 'settings' },
  ]
  return all.filter(item => item.right === undefined || can(item.right))
}
