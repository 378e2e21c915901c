/** A terminal that went away some time between two moments (epoch milliseconds). */
export interface Loss {
  readonly sn: string
  readonly label: string
  /** Its last sign. */
  readonly from: number
  /** When the next was due. */
  readonly to: number
  readonly cause: AwayCause
  readonly site: string
  readonly address: string | null
  readonly model: string | null
  readonly firmware: string | null
}

export type AwayCause = 'NoPoll' | 'WrongKey' | 'Refused' | 'Restart'

/** Terminals that went away together. `id` null: not kept yet. */
export interface LossGroup {
  id: number | null
  cause: AwayCause
  from: number
  to: number
  readonly members: Loss[]
}

/** What all of them have in common, most telling first; all null: nothing but the moment. */
export interface Shared {
  readonly site: string | null
  readonly prefix: string | null
  readonly firmware: string | null
}

export interface Grouped {
  readonly changed: ReadonlySet<LossGroup>
  /** Groups whose members went over to another one. */
  readonly emptied: readonly { readonly group: LossGroup; readonly into: LossGroup }[]
}

/** Losses this close count as the same moment. */
const sameMomentMs = 10_000
/** So many at once without a common place are one trouble all the same. */
const manyAtOnce = 5

/**
 * Puts each loss to those it belongs to: twelve terminals behind one switch are one trouble, not twelve. They belong
 * together when they went away for the same reason within the same ten seconds and share their site or their network;
 * five or more at once belong together wherever they are. Changes the groups it is given.
 */
export function groupLosses(groups: LossGroup[], losses: readonly Loss[]): Grouped {
  const changed = new Set<LossGroup>()
  const emptied: { group: LossGroup; into: LossGroup }[] = []
  for (const loss of [...losses].sort((a, b) => a.from - b.from || a.sn.localeCompare(b.sn))) {
    const atOnce = groups.filter(group => group.cause === loss.cause && isSameMoment(group, loss))
    const together = atOnce.filter(group => group.members.some(member => isNear(member, loss)))
    const count = atOnce.reduce((sum, { members }) => sum + members.length, 1)
    const joined = count >= manyAtOnce ? atOnce : together
    const [target, ...others] = joined
    if (target === undefined) {
      const group = { id: null, cause: loss.cause, from: loss.from, to: loss.to, members: [loss] }
      groups.push(group)
      changed.add(group)
      continue
    }
    for (const other of others) {
      target.members.push(...other.members)
      narrow(target, other)
      groups.splice(groups.indexOf(other), 1)
      changed.delete(other)
      emptied.push({ group: other, into: target })
    }
    target.members.push(loss)
    narrow(target, loss)
    changed.add(target)
  }
  return { changed, emptied }
}

/** What the members of a group share. */
export function sharedBy(members: readonly Loss[]): Shared {
  const one = (values: readonly (string | null)[]) => {
    const [first] = values
    return first !== undefined && first !== null && first !== '' && values.every(value => value === first)
      ? first
      : null
  }
  return {
    site: one(members.map(({ site }) => site)),
    prefix: one(members.map(({ address }) => prefixOf(address))),
    firmware: one(members.map(({ firmware }) => firmware)),
  }
}

/** The network of an address: its first three numbers (IPv4) or four groups (IPv6); null for this computer's own. */
export function prefixOf(address: string | null): string | null {
  if (address === null || address.startsWith('127.') || address === '::1') return null
  if (/^\d+\.\d+\.\d+\.\d+$/.test(address)) return `${address.slice(0, address.lastIndexOf('.'))}.0/24`
  const groups = address.split(':')
  return groups.length < 5 ? null : `${groups.slice(0, 4).join(':')}::/64`
}

function isSameMoment(group: LossGroup, loss: Loss): boolean {
  return loss.from <= group.to + sameMomentMs && loss.to >= group.from - sameMomentMs
}

function isNear(one: Loss, other: Loss): boolean {
  if (one.site !== '' && one.site === other.site) return true
  const prefix = prefixOf(one.address)
  return prefix !== null && prefix === prefixOf(other.address)
}

/** The narrowest time says best when it was; it may not wander with every newcomer. */
function narrow(group: LossGroup, by: { readonly from: number; readonly to: number }): void {
  if (by.to - by.from >= group.to - group.from) return
  group.from = by.from
  group.to = by.to
}
