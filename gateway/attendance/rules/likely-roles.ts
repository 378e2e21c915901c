import type { Role } from './results.ts'
import type { PunchDirection } from './types.ts'

type State = 'outside' | 'inside' | 'on_break'
type KeyRole = Exclude<Role, 'between'>

/** A punch as far as its role depends on it. */
export interface Clue {
  readonly key: PunchDirection
  /** The key was set by a correction and is not in question. */
  readonly certain: boolean
  /** Positive: nearer to a planned start than to a planned end, by so many milliseconds. */
  readonly leaning: number
  /**
   * A reader without keys where keys are pressed elsewhere: it may only have been passed. `inside`: between keys;
   * `edge`: before the first or after the last of them.
   */
  readonly passing: 'no' | 'inside' | 'edge'
}

export interface LikelyRoles {
  /** In order of the clues. `margin`: how much dearer the best reading with another role for this punch would be. */
  readonly roles: readonly { readonly role: Role; readonly margin: number }[]
  /** Every key as pressed, nothing missing. */
  readonly flawless: boolean
}

const states: readonly State[] = ['outside', 'inside', 'on_break']
/** The price of one missing punch: a little more than that of one wrong key, which is the commoner mistake. */
const missing = 1.2
const against = 0.3
/** Dearer than anything that may be missing at the end. */
const edge = 1.5
/** Of several that could be the arrival, the one nearest to the start; per millisecond. */
const nearer = 1e-9

/** What a role turns one state into, and what is missing for that. */
const moves: readonly { from: State; role: Role; to: State; cost: number }[] = [
  { from: 'outside', role: 'between', to: 'outside', cost: 0 },
  { from: 'inside', role: 'between', to: 'inside', cost: 0 },
  { from: 'on_break', role: 'between', to: 'on_break', cost: 0 },
  { from: 'outside', role: 'in', to: 'inside', cost: 0 },
  { from: 'inside', role: 'in', to: 'inside', cost: missing },
  { from: 'on_break', role: 'in', to: 'inside', cost: missing },
  { from: 'inside', role: 'out', to: 'outside', cost: 0 },
  { from: 'on_break', role: 'out', to: 'outside', cost: 0.4 },
  { from: 'outside', role: 'out', to: 'outside', cost: missing },
  { from: 'inside', role: 'break_start', to: 'on_break', cost: 0 },
  { from: 'outside', role: 'break_start', to: 'on_break', cost: missing },
  { from: 'on_break', role: 'break_start', to: 'on_break', cost: missing },
  { from: 'on_break', role: 'break_end', to: 'inside', cost: 0 },
  { from: 'inside', role: 'break_end', to: 'inside', cost: missing },
  { from: 'outside', role: 'break_end', to: 'inside', cost: 0.6 },
]

type Prices = Readonly<Record<KeyRole, number>>
const inKey: Prices = { in: 0, out: 1, break_start: 1.3, break_end: 0.2 }
const outKey: Prices = { in: 1, out: 0, break_start: 0.2, break_end: 1.3 }
/** What reading a key as a role costs. */
const prices: Readonly<Record<PunchDirection, Prices>> = {
  CheckIn: inKey,
  OverTimeIn: inKey,
  CheckOut: outKey,
  OverTimeOut: outKey,
  BreakOut: { in: 1.3, out: 0.3, break_start: 0, break_end: 1 },
  BreakIn: { in: 0.3, out: 1.3, break_start: 1, break_end: 0 },
  None: { in: 0.2, out: 0.2, break_start: 0.9, break_end: 0.9 },
}

/**
 * The cheapest reading of a row of punches as entries, exits and breaks: each role that is not the key's costs, and so
 * does each punch that would be missing. Prices from both ends give, for each punch, how clear its role is.
 */
export function mostLikelyRoles(clues: readonly Clue[], mayBeOpen: boolean): LikelyRoles {
  const ahead = forwards(clues)
  const behind = backwards(clues, mayBeOpen)
  const roles: { role: Role; margin: number }[] = []
  let state: State = 'outside'
  let total = 0
  for (const [at, clue] of clues.entries()) {
    let chosen: { role: Role; to: State; cost: number; rest: number } | null = null
    for (const { from, role, to, cost } of moves) {
      if (from !== state) continue
      const own = cost + priceOf(clue, role)
      const rest = own + (behind[at + 1]?.[to] ?? 0)
      if (chosen === null || rest < chosen.rest - 1e-9) chosen = { role, to, cost: own, rest }
    }
    if (chosen === null) break
    const other = cheapestOther(ahead[at], clue, behind[at + 1], chosen.role)
    roles.push({ role: chosen.role, margin: Math.max(0, other - (total + chosen.rest)) })
    total += chosen.cost
    state = chosen.to
  }
  return { roles, flawless: total < 1e-9 && (mayBeOpen || state === 'outside') }
}

type Costs = Readonly<Record<State, number>>

function cheapestOther(ahead: Costs | undefined, clue: Clue, behind: Costs | undefined, role: Role): number {
  return Math.min(
    ...moves
      .filter(move => move.role !== role)
      .map(
        move => (ahead?.[move.from] ?? 0) + move.cost + priceOf(clue, move.role) + (behind?.[move.to] ?? 0),
      ),
  )
}

/** Cheapest way to stand in each state before each clue, and after the last. */
function forwards(clues: readonly Clue[]): Costs[] {
  const start: Costs = { outside: 0, inside: Number.POSITIVE_INFINITY, on_break: Number.POSITIVE_INFINITY }
  const costs = [start]
  for (const clue of clues) {
    const before = costs.at(-1) ?? start
    costs.push(
      costsOf(state =>
        moves
          .filter(({ to }) => to === state)
          .map(move => before[move.from] + move.cost + priceOf(clue, move.role)),
      ),
    )
  }
  return costs
}

/** Cheapest way to go on from each state at each clue, and what it costs to end in it. */
function backwards(clues: readonly Clue[], mayBeOpen: boolean): Costs[] {
  let after: Costs = { outside: 0, inside: mayBeOpen ? 0 : 0.8, on_break: mayBeOpen ? 0.1 : 1 }
  const costs = [after]
  for (const clue of [...clues].reverse()) {
    const next = after
    after = costsOf(state =>
      moves
        .filter(({ from }) => from === state)
        .map(move => next[move.to] + move.cost + priceOf(clue, move.role)),
    )
    costs.push(after)
  }
  return costs.reverse()
}

function costsOf(choices: (state: State) => number[]): Costs {
  const [outside, inside, on_break] = states.map(state => Math.min(...choices(state)))
  return {
    outside: outside ?? Number.POSITIVE_INFINITY,
    inside: inside ?? Number.POSITIVE_INFINITY,
    on_break: on_break ?? Number.POSITIVE_INFINITY,
  }
}

function priceOf(clue: Clue, role: Role): number {
  if (role === 'between') return clue.passing === 'no' ? Number.POSITIVE_INFINITY : 0
  const price = prices[clue.key][role]
  if (clue.certain) return price * 100
  const isAgainst = (role === 'in' && clue.leaning < 0) || (role === 'out' && clue.leaning > 0)
  const isWith = (role === 'in' && clue.leaning > 0) || (role === 'out' && clue.leaning < 0)
  // At the edge it stands for a key only near a planned start or end: a door passed at nine is not the exit of the day.
  const alone = clue.passing !== 'edge' ? 0 : isWith ? -nearer * Math.abs(clue.leaning) : edge
  return price + alone + (isAgainst ? against : 0)
}
