type Numbers = Readonly<Record<string, number>>

/** What a sentence may say of its step: the numbers by name, and formats for minutes, moments and lengths. */
export interface StepTools {
  readonly n: Numbers
  readonly minutes: (value: number | undefined) => string
  readonly clock: (instantMs: number | undefined) => string
  readonly seconds: (value: number | undefined) => string
  readonly percent: (value: number | undefined) => string
}

/** A sentence for every code of a step (gateway/attendance/rules/explain.ts). */
export const explain = {
  title: 'How this came about',
  copy: 'Copy as text',
  rule: 'Rules',
  punches: 'Punches',
  deliveries: 'Sent to receivers',
  noDeliveries: 'Nothing of these punches is kept as sent.',
  deliveryStates: { pending: 'waiting', delivered: 'received', parked: 'parked' },
  delivery: (url: string, state: string, attempts: number) => `${url}: ${state}, attempts: ${attempts}`,
  result: 'Result',
  waiting: {
    offline: (terminal: string, since: string) => `${terminal} offline since ${since}`,
    not_stated: (terminal: string) => `${terminal} has not said that it told everything`,
    behind: (terminal: string, since: string) => `${terminal} has told everything only up to ${since}`,
  },
  never: 'ever',
  closedAt: (time: string) => `Closed ${time}`,
  usedLine: (time: string, terminal: string, role: string) => `${time} at ${terminal}: counts as ${role}`,
  unusedLine: (time: string, terminal: string, why: string) => `${time} at ${terminal}: ${why}`,
  arrived: (time: string) => `arrived ${time}`,
  unknownStep: (code: string) => code,
  steps: {
    assigned: ({ n, clock }: StepTools) =>
      `The punches belong to this shift, ${clock(n.plannedFromMs)} to ${clock(n.plannedToMs)}: its window is ${clock(n.windowFromMs)} to ${clock(n.windowToMs)}.`,
    unplanned: () => 'No plan speaks of this stay: in, out and hours are counted as seen.',
    double_collapsed: ({ n, seconds }: StepTools) =>
      `A second punch ${seconds(n.secondsAfter)} later is the same one again. Both are kept, one counts.`,
    direction_guessed: ({ n, percent }: StepTools) =>
      `In or out was judged by the order of the punches, ${percent(n.confidence)} sure.`,
    hand_over: ({ n, clock }: StepTools) =>
      `One punch at ${clock(n.atMs)} ends the one shift and begins the next.`,
    worked_through: ({ n, clock }: StepTools) =>
      `Worked through at ${clock(n.atMs)}, where one shift meets the next, without a punch.`,
    late: ({ n, minutes }: StepTools) =>
      `${minutes(n.minutes)} after the start. Grace: ${minutes(n.graceMinutes)}. ${
        n.excused === 1
          ? 'Excused.'
          : (n.minutes ?? 0) > (n.graceMinutes ?? 0)
            ? 'Late, from the first minute.'
            : 'Within the grace, so on time.'
      }${n.uncertain === 1 ? ' The clock error of the terminal could turn this.' : ''}`,
    early_leave: ({ n, minutes }: StepTools) =>
      `${minutes(n.minutes)} before the end. Grace: ${minutes(n.graceMinutes)}. ${
        n.excused === 1
          ? 'Excused.'
          : (n.minutes ?? 0) > (n.graceMinutes ?? 0)
            ? 'Left early, from the first minute.'
            : 'Within the grace, so not early.'
      }${n.uncertain === 1 ? ' The clock error of the terminal could turn this.' : ''}`,
    break_fixed: ({ n, minutes }: StepTools) => `The break everybody takes: ${minutes(n.minutes)}.`,
    break_automatic: ({ n, minutes }: StepTools) =>
      `After ${minutes(n.afterMinutes)} of work a break is taken off: ${minutes(n.minutes)}, with ${minutes(n.alreadyTakenMinutes)} already paused.`,
    break_punched: ({ n, minutes }: StepTools) =>
      `Break as punched: ${minutes(n.minutes)}, of ${minutes(n.allowedMinutes)} allowed.`,
    early_in_not_counted: ({ n, minutes }: StepTools) =>
      `${minutes(n.minutes)} before the shift are shown and not counted.`,
    overtime: ({ n, minutes }: StepTools) =>
      `Overtime: ${minutes(n.minutes)}. It counts from ${minutes(n.fromMinutes)} on.`,
    overtime_capped: ({ n, minutes }: StepTools) =>
      `${minutes(n.cutMinutes)} more are above the cap and not counted.`,
    rounded: ({ n, clock, minutes }: StepTools) =>
      `${clock(n.fromMs)} counts as ${clock(n.toMs)}, rounded by ${minutes(n.minutes)}. The punch stays as it is.`,
    worked: ({ n, minutes }: StepTools) =>
      `Worked ${minutes(n.workedMinutes)}, break ${minutes(n.breakMinutes)}, overtime ${minutes(n.overtimeMinutes)}${
        (n.expectedMinutes ?? 0) > 0 ? `, expected ${minutes(n.expectedMinutes)}` : ''
      }.`,
    calendar: ({ n }: StepTools) =>
      n.share === 1 ? 'A holiday or leave takes the whole day.' : 'A holiday or leave takes half of the day.',
    clock_error: ({ n, seconds }: StepTools) =>
      `The clock of the terminal was ${seconds(Math.abs((n.clockErrorMs ?? 0) / 1000))} ${
        (n.clockErrorMs ?? 0) > 0 ? 'ahead' : 'behind'
      } when this punch arrived. The punch is not changed by it.`,
    corrected: () => 'A correction speaks of this punch. The original is kept.',
    'punch_excluded.implausible_time': () => 'A punch takes no part: its time cannot be.',
    'punch_excluded.ignored': () => 'A punch takes no part: a correction set it aside.',
    'punch_excluded.estimate_withdrawn': () =>
      'An estimated punch takes no part: the real one has arrived since.',
    absence: ({ n }: StepTools) =>
      n.known === 1
        ? 'Nobody was seen, and every terminal the person can use has told everything: absent.'
        : 'Nobody was seen, but not every terminal has told everything: not known yet.',
    threshold: ({ n, minutes }: StepTools) =>
      `${minutes(n.workedMinutes)} of work. Below ${minutes(n.absentBelowMinutes)} it is an absence, below ${minutes(n.halfDayBelowMinutes)} half a day.`,
  },
}
