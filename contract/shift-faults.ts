/** Minutes of a day by the wall clock. */
export const dayMinutes = 1440
/** The longest a shift may reach, from its first start to its last end. */
export const shiftMinutesMax = 2 * dayMinutes

interface ShiftShape {
  readonly Kind: 'fixed' | 'flexible'
  readonly Periods: readonly { readonly StartMinute: number; readonly EndMinute: number }[]
  readonly Breaks: readonly (
    | { readonly Kind: 'fixed'; readonly StartMinute: number; readonly EndMinute: number }
    | { readonly Kind: 'automatic' | 'punched' }
  )[]
  readonly RequiredMinutes: number | null
  readonly Core: { readonly StartMinute: number; readonly EndMinute: number } | null
}

/** What can be wrong with a shift. */
const messages = {
  begins_later: 'must begin on the date of the shift',
  ends_before: 'must end after it begins',
  overlaps: 'must begin after the period before it ends',
  too_long: 'must not reach over more than 48 hours',
  outside: 'must lie within the shift',
  for_flexible: 'is for flexible shifts only',
  must_owe: 'must say what a flexible shift owes',
  owes_too_much: 'must fit into the shift',
} as const

export type ShiftFaultCode = keyof typeof messages

interface ShiftFault {
  /** Field of the shift, and the place in its list. */
  readonly path: (string | number)[]
  readonly code: ShiftFaultCode
  readonly message: string
}

/** Why a shift cannot be worked, each with the field it belongs to. Without a schema, so that forms in the browser can ask too. */
export function shiftFaults(shift: ShiftShape): ShiftFault[] {
  const faults: ShiftFault[] = []
  const fault = (path: (string | number)[], code: ShiftFaultCode) =>
    faults.push({ path, code, message: messages[code] })
  const from = shift.Periods[0]?.StartMinute ?? 0
  const to = shift.Periods.at(-1)?.EndMinute ?? 0
  if (from >= dayMinutes) fault(['Periods', 0], 'begins_later')
  shift.Periods.forEach((period, at) => {
    const before = shift.Periods[at - 1]
    if (period.EndMinute <= period.StartMinute) fault(['Periods', at], 'ends_before')
    if (before && period.StartMinute < before.EndMinute) fault(['Periods', at], 'overlaps')
  })
  if (to - from > shiftMinutesMax) fault(['Periods'], 'too_long')
  const inside = ({ StartMinute, EndMinute }: { StartMinute: number; EndMinute: number }) =>
    StartMinute >= from && EndMinute <= to
  shift.Breaks.forEach((rule, at) => {
    if (rule.Kind !== 'fixed') return
    if (rule.EndMinute <= rule.StartMinute) fault(['Breaks', at], 'ends_before')
    else if (!inside(rule)) fault(['Breaks', at], 'outside')
  })
  if (shift.Core !== null) {
    if (shift.Kind === 'fixed') fault(['Core'], 'for_flexible')
    else if (shift.Core.EndMinute <= shift.Core.StartMinute) fault(['Core'], 'ends_before')
    else if (!inside(shift.Core)) fault(['Core'], 'outside')
  }
  if (shift.Kind === 'flexible' && shift.RequiredMinutes === null) fault(['RequiredMinutes'], 'must_owe')
  if (shift.RequiredMinutes !== null && shift.RequiredMinutes > to - from)
    fault(['RequiredMinutes'], 'owes_too_much')
  return faults
}
