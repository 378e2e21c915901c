import { useQuery } from '@tanstack/react-query'
import { type NavigateOptions, useNavigate } from '@tanstack/react-router'
import { operationQuery } from '../../api/query.ts'
import { useCan } from '../../api/session.ts'
import type { NavItem } from '../../components/app-shell/nav-items.ts'
import type { IconName } from '../../components/icon/icon.tsx'
import { chooseScheme } from '../../scheme.ts'
import { words } from '../../words/index.ts'

export type EntryGroup = keyof typeof words.palette.groups

export interface Entry {
  readonly id: string
  readonly group: EntryGroup
  readonly label: string
  readonly hint: string
  readonly icon: IconName
  readonly run: () => void
}

const peopleMax = 6
const searchMin = 2

/** Everything this person may go to or do, and the people a search finds. `text` is what was typed, calmed down. */
export function useEntries(
  items: readonly NavItem[],
  text: string,
): { entries: Entry[]; isSearching: boolean } {
  const navigate = useNavigate()
  const seesPeople = useCan('people:read') && text.trim().length >= searchMin
  const doors = useQuery({ ...operationQuery('doors.status', {}), enabled: useCan('doors:read') })
  const devices = useQuery({ ...operationQuery('devices.list', {}), enabled: useCan('devices:read') })
  const people = useQuery({
    ...operationQuery('users.list', { Search: text.trim(), Limit: peopleMax }),
    enabled: seesPeople,
  })
  const go = (target: NavigateOptions) => () => void navigate(target)
  const w = words.palette
  const entries: Entry[] = [
    ...items.map(item => ({
      id: `page:${item.to}`,
      group: 'pages' as const,
      label: item.label,
      hint: `g ${item.letter}`,
      icon: item.icon,
      run: go({ to: item.to }),
    })),
    ...(doors.data?.Doors ?? []).map(door => ({
      id: `door:${door.DeviceSN}/${door.DoorNo}`,
      group: 'doors' as const,
      label: door.LabelName,
      hint: `${door.Site} · ${words.doors.state[door.State]}`,
      icon: 'doors' as const,
      run: go({ to: '/doors', search: { site: door.Site, door: door.DeviceSN } }),
    })),
    ...(devices.data?.Devices ?? []).map(device => ({
      id: `device:${device.DeviceSN}`,
      group: 'devices' as const,
      label: device.LabelName,
      hint: `${device.Site} · ${device.DeviceSN}`,
      icon: 'devices' as const,
      run: go({ to: '/devices/$deviceSN', params: { deviceSN: device.DeviceSN } }),
    })),
    ...(seesPeople ? (people.data?.Users ?? []) : []).map(person => ({
      id: `person:${person.EmployeeCode}`,
      group: 'people' as const,
      label: `${person.FirstName} ${person.LastName}`.trim() || words.punches.person(person.EmployeeCode),
      hint: person.EmployeeCode,
      icon: 'people' as const,
      run: go({ to: '/people', search: { q: person.EmployeeCode } }),
    })),
    ...(['light', 'dark', 'auto'] as const).map(scheme => ({
      id: `scheme:${scheme}`,
      group: 'actions' as const,
      label: w.schemes[scheme],
      hint: '',
      icon: ({ light: 'sun', dark: 'moon', auto: 'system' } as const)[scheme],
      run: () => chooseScheme(scheme),
    })),
  ]
  return { entries, isSearching: people.isFetching }
}

/** What fits the words typed: all of them, anywhere. Groups stay together, the one with the best fit on top. */
export function matching(entries: readonly Entry[], text: string): Entry[] {
  const wanted = text.trim().toLowerCase().split(/\s+/)
  const fits = (entry: Entry) => {
    // The server has found the people, perhaps by something not shown here.
    if (entry.group === 'people') return true
    const all = `${entry.label} ${entry.hint}`.toLowerCase()
    return wanted.every(word => all.includes(word))
  }
  const begins = (entry: Entry) => entry.label.toLowerCase().startsWith(wanted[0] ?? '')
  const found = entries.filter(fits)
  const best = [...found.filter(begins), ...found.filter(entry => !begins(entry))]
  const groups = new Set(best.map(entry => entry.group))
  return [...groups].flatMap(group => best.filter(entry => entry.group === group))
}
