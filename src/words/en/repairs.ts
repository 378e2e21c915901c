import { counter } from '../plural.ts'

const counted = counter('en')

/** What is said of repairs where an outage is shown. */
export const repairs = {
  action: 'Repair the punches it cost',
  title: 'Repair',
  none: 'No punch was estimated for it.',
  repaired: 'Repaired',
  times: (amount: number) => counted(amount, { one: 'Punches were estimated', other: 'Estimated # times' }),
  estimated: (amount: number) => counted(amount, { one: '# punch estimated', other: '# punches estimated' }),
  withdrawn: (amount: number) =>
    amount === 0
      ? 'none withdrawn yet'
      : counted(amount, {
          one: '# withdrawn since the real one came',
          other: '# withdrawn since the real ones came',
        }),
  pending: (amount: number) =>
    counted(amount, { one: '# waits for a second person', other: '# wait for a second person' }),
  by: (who: string, when: string) => `${who}, ${when}`,
}
