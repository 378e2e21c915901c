import type { OperationAnswer } from '#contract/types.ts'
import { minuteOfDay } from '../../../../format/time.ts'
import { setupWords as w } from '../../../../words/attendance-setup.ts'
import { dayMinutes, lengthText } from './minutes.ts'
import styles from './shift-band.module.css'

export type Shift = OperationAnswer<'attendance.shifts'>['Shifts'][number]
export type ShiftShape = Pick<Shift, 'Kind' | 'Periods' | 'Breaks' | 'RequiredMinutes' | 'Core' | 'Rules'>

interface Part {
  readonly kind: 'window' | 'grace' | 'work' | 'pause' | 'core'
  readonly from: number
  readonly to: number
}

/** When a shift is, in words: "22:00 – 06:00 +1, 8 h owed". */
export function shiftText(shift: ShiftShape): string {
  const periods = shift.Periods.map(
    ({ StartMinute, EndMinute }) => `${minuteOfDay(StartMinute)} – ${withDay(EndMinute)}`,
  )
  const owed = owedMinutes(shift)
  return [periods.join(', '), owed > 0 ? w.shifts.owed(lengthText(owed)) : ''].filter(Boolean).join(' · ')
}

/** A clock with a mark where it is a later day. */
function withDay(minute: number): string {
  const days = Math.floor(minute / dayMinutes)
  return days === 0 ? minuteOfDay(minute) : `${minuteOfDay(minute)} +${days}`
}

/** Work that a shift owes, in minutes, as the gateway reckons it. */
export function owedMinutes({ RequiredMinutes, Periods, Breaks }: ShiftShape): number {
  if (RequiredMinutes !== null) return RequiredMinutes
  const length = Periods.reduce((sum, period) => sum + Math.max(0, period.EndMinute - period.StartMinute), 0)
  const fixed = Breaks.reduce(
    (sum, rule) =>
      rule.Kind === 'fixed' && !rule.Paid
        ? sum + Periods.reduce((part, period) => part + overlap(period, rule), 0)
        : sum,
    0,
  )
  const others = Breaks.reduce((sum, rule) => {
    if (rule.Kind === 'fixed' || rule.Paid) return sum
    if (rule.Kind === 'punched') return sum + rule.AllowedMinutes
    return sum + Math.min(rule.LengthMinutes, Math.max(0, length - rule.AfterMinutes))
  }, 0)
  return Math.max(0, length - Math.max(fixed, others))
}

type Stretch = { readonly StartMinute: number; readonly EndMinute: number }

function overlap(a: Stretch, b: Stretch): number {
  return Math.max(0, Math.min(a.EndMinute, b.EndMinute) - Math.max(a.StartMinute, b.StartMinute))
}

/** A shift drawn over a day and a half, or over as much as it needs: grace, breaks, core and the reach of its punches. */
export function ShiftBand({
  name,
  shift,
  rules,
}: {
  readonly name: string
  readonly shift: ShiftShape
  readonly rules: { readonly LateGraceMinutes: number; readonly EarlyLeaveGraceMinutes: number }
}) {
  const start = shift.Periods[0]?.StartMinute ?? 0
  const end = shift.Periods.at(-1)?.EndMinute ?? 0
  const span = end > 1.5 * dayMinutes ? 3 * dayMinutes : end > dayMinutes ? 1.5 * dayMinutes : dayMinutes
  const late = shift.Rules.LateGraceMinutes ?? rules.LateGraceMinutes
  const early = shift.Rules.EarlyLeaveGraceMinutes ?? rules.EarlyLeaveGraceMinutes
  const parts: Part[] = [
    ...shift.Periods.map(({ StartMinute, EndMinute }) => ({
      kind: 'work' as const,
      from: StartMinute,
      to: EndMinute,
    })),
    ...(shift.Core
      ? [{ kind: 'core' as const, from: shift.Core.StartMinute, to: shift.Core.EndMinute }]
      : []),
    ...shift.Breaks.flatMap(rule =>
      rule.Kind === 'fixed' ? [{ kind: 'pause' as const, from: rule.StartMinute, to: rule.EndMinute }] : [],
    ),
    ...(shift.Kind === 'fixed'
      ? [
          { kind: 'grace' as const, from: start, to: start + late },
          { kind: 'grace' as const, from: end - early, to: end },
        ]
      : []),
  ]
  const place = (minute: number) => `${Math.min(100, Math.max(0, (minute / span) * 100))}%`
  const every = span > 1.5 * dayMinutes ? 720 : 360
  const marks = Array.from({ length: Math.floor(span / every) + 1 }, (_, at) => at * every)
  return (
    <div className={styles.band} role="img" aria-label={w.shifts.preview(name, shiftText(shift))}>
      <div className={styles.line}>
        {marks.map(minute => (
          <i
            key={minute}
            className={styles.mark}
            data-midnight={minute % dayMinutes === 0 || undefined}
            style={{ insetInlineStart: place(minute) }}
          />
        ))}
        {parts
          .filter(part => part.to > part.from)
          .map(part => (
            <i
              key={`${part.kind} ${part.from}`}
              className={styles.part}
              data-kind={part.kind}
              style={{ insetInlineStart: place(part.from), inlineSize: place(part.to - part.from) }}
            />
          ))}
      </div>
      <div className={styles.clocks}>
        {marks.map(minute => (
          <span
            key={minute}
            style={{ insetInlineStart: place(minute) }}
            data-last={minute === span || undefined}
          >
            {minuteOfDay(minute)}
          </span>
        ))}
      </div>
    </div>
  )
}

/** What the colours of a band mean. */
export function BandLegend({ shift }: { readonly shift: ShiftShape }) {
  const kinds = [
    'work',
    ...(shift.Breaks.some(rule => rule.Kind === 'fixed') ? ['pause' as const] : []),
    ...(shift.Core ? ['core' as const] : []),
    ...(shift.Kind === 'fixed' ? ['grace' as const] : []),
  ] as const
  return (
    <ul className={styles.legend}>
      {kinds.map(kind => (
        <li key={kind}>
          <i className={styles.swatch} data-kind={kind} />
          {w.shifts.band[kind]}
        </li>
      ))}
    </ul>
  )
}
