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

/** Why a shift cannot be worked, in words, each with the field it belongs to. Empty: it can. Without a schema, so that forms in the browser can ask too. */
export function shiftFaults(shift: ShiftShape): { path: (string | number)[]; message: string }[] {
  const faults: { path: (string | number)[]; message: string }[] = []
  const fault = (path: (string | number)[], message: string) => faults.push({ path, message })
  const from = shift.Periods[0]?.StartMinute ?? 0
  const to = shift.Periods.at(-1)?.EndMinute ?? 0
  if (from >= dayMinutes) fault(['Periods', 0], 'must begin on the date of the shift')
  shift.Periods.forEach((period, at) => {
    const before = shift.Periods[at - 1]
    if (period.EndMinute <= period.StartMinute) fault(['Periods', at], 'must end after it begins')
    if (before && period.StartMinute < before.EndMinute)
      fault(['Periods', at], 'must begin after the period before it ends')
  })
  if (to - from > shiftMinutesMax) fault(['Periods'], 'must not reach over more than 48 hours')
  const inside = ({ StartMinute, EndMinute }: { StartMinute: number; EndMinute: number }) =>
    StartMinute >= from && EndMinute <= to
  shift.Breaks.forEach((rule, at) => {
    if (rule.Kind !== 'fixed') return
    if (rule.EndMinute <= rule.StartMinute) fault(['Breaks', at], 'must end after it begins')
    else if (!inside(rule)) fault(['Breaks', at], 'must lie within the shift')
  })
  if (shift.Core !== null) {
    if (shift.Kind === 'fixed') fault(['Core'], 'is for flexible shifts only')
    else if (shift.Core.EndMinute <= shift.Core.StartMinute) fault(['Core'], 'must end after it begins')
    else if (!inside(shift.Core)) fault(['Core'], 'must lie within the frame')
  }
  if (shift.Kind === 'flexible' && shift.RequiredMinutes === null)
    fault(['RequiredMinutes'], 'must say what a flexible shift owes')
  if (shift.RequiredMinutes !== null && shift.RequiredMinutes > to - from)
    fault(['RequiredMinutes'], 'must fit into the shift')
  return faults
}
