import { hoursLong, hoursShort } from '../../../../format/minutes.ts'
import { stampMinute } from '../../../../format/stamp.ts'
import { daysWords } from '../../../../words/attendance-days.ts'
import type { DayCell } from './search.ts'

/** How a day is drawn. Whatever a colour says, a shape, a letter or a frame says as well. */
interface CellLook {
  /** Hours worked, or the letter of a day without. */
  readonly text: string
  /** Frame and filling: how far it can be relied on. */
  readonly sure: 'certain' | 'provisional' | 'unknown' | 'none'
  readonly tone: 'plain' | 'good' | 'bad' | 'off'
  readonly late: boolean
  readonly early: boolean
  readonly missing: boolean
  readonly overtime: boolean
  readonly open: boolean
  readonly closed: boolean
  readonly differs: boolean
}

/** The look of a day without anything known of it. */
export const blankLook: CellLook = {
  text: '',
  sure: 'none',
  tone: 'plain',
  late: false,
  early: false,
  missing: false,
  overtime: false,
  open: false,
  closed: false,
  differs: false,
}

const offStatuses: ReadonlySet<DayCell['Status']> = new Set(['leave', 'holiday', 'day_off', 'excused'])

/** The look of a day, from what it says and nothing else. */
export function cellLook(cell: DayCell | undefined): CellLook {
  if (!cell) return blankLook
  const flags = new Set(cell.Flags)
  const worked = cell.Worked ?? 0
  const isOpen = flags.has('still_in')
  // Nobody knows how long it was: nought hours would be a claim.
  const unknown = isOpen ? '…' : '–'
  const hours = worked > 0 ? hoursShort(worked) : cell.Punches ? unknown : ''
  const isClosed = cell.Certainty === 'closed'
  const isOff = offStatuses.has(cell.Status) && hours === ''
  return {
    text: hours || daysWords.grid.letters[cell.Status],
    sure:
      cell.Status === 'not_known_yet'
        ? 'unknown'
        : cell.Certainty === 'provisional' || cell.Certainty === 'reopened'
          ? 'provisional'
          : 'certain',
    tone: cell.Status === 'absent' ? 'bad' : isOff ? 'off' : hours === '' ? 'plain' : 'good',
    late: (cell.Late ?? 0) > 0,
    early: (cell.EarlyLeave ?? 0) > 0,
    missing: flags.has('missing_in') || flags.has('missing_out'),
    overtime: (cell.Overtime ?? 0) > 0,
    open: isOpen,
    closed: isClosed,
    differs: cell.Difference === true || cell.Certainty === 'reopened',
  }
}

/** The same in words, for screen readers and as a tip. */
export function cellLabel(day: string, cell: DayCell | undefined): string {
  const w = daysWords
  if (!cell) return `${day}: ${w.grid.noData}`
  const parts = [
    w.statuses[cell.Status],
    cell.Holiday ?? '',
    cell.Shift ?? '',
    // As it stands in the cell and in this order: whoever says what they see must be understood.
    cell.Worked ? `${w.grid.worked} ${hoursShort(cell.Worked)}` : '',
    ...timesLabel(cell),
    cell.Late ? `${w.grid.late} ${hoursLong(cell.Late)}` : '',
    ...(cell.Flags ?? []).filter(flag => flag !== 'late' && flag !== 'absent').map(flag => w.flags[flag]),
    w.grid.certainty[cell.Certainty],
    cell.WaitingFor
      ? w.grid.waitingFor(cell.WaitingFor.join(', '))
      : cell.Reason
        ? w.grid.reason[cell.Reason]
        : '',
    cell.Difference ? w.grid.difference : '',
    cell.Corrections ? w.grid.corrected(cell.Corrections) : '',
  ]
  return `${day}: ${parts.filter(Boolean).join(', ')}`
}

/** Both times as they stand in a wide cell; a single one says which of the two it is. */
function timesLabel({ In, Out }: DayCell): string[] {
  const w = daysWords.grid
  if (In && Out) return [`${stampMinute(In)}–${stampMinute(Out)}`]
  return [In ? w.inLabel(stampMinute(In)) : '', Out ? w.outLabel(stampMinute(Out)) : '']
}
