import { counter } from '../plural.ts'

const counted = counter('en')

/** Orders to many terminals at once. */
export const bulk = {
  label: 'Orders to the selected terminals',
  ping: 'Ping',
  syncTime: 'Set clocks',
  restart: 'Restart',
  clear: 'Clear orders',
  action: (what: string, amount: number) =>
    `${what}: ${counted(amount, { one: '# terminal', other: '# terminals' })}`,
  progress: (done: string, all: string) => `${done} of ${all} told`,
  busy: (people: number, terminals: number) =>
    `${counted(people, { one: '# person', other: '# people' })} punched in the last minute at ${counted(terminals, { one: '# of these terminals', other: '# of these terminals' })}; a restart makes them wait`,
  busyAt: (names: string, more: number) => (more > 0 ? `${names} and ${more} more` : names),
  answered: (done: string, all: string) => `${done} of ${all} answered`,
  outcome: (done: number, open: number, failed: number) =>
    [
      counted(done, { one: '# done', other: '# done' }),
      ...(open > 0 ? [counted(open, { one: '# waits', other: '# wait' })] : []),
      ...(failed > 0 ? [counted(failed, { one: '# not done', other: '# not done' })] : []),
    ].join(', '),
  cleared: (orders: number) => counted(orders, { one: '# order cancelled', other: '# orders cancelled' }),
  results: 'Result for each terminal',
  states: { Ordered: 'Ordered', Queued: 'Waits until it is back', Refused: 'Refused' },
  tagLabel: 'Tag to put on or take off',
  addTag: 'Add tag',
  removeTag: 'Remove tag',
  tagged: (changed: number) => counted(changed, { one: '# tag changed', other: '# tags changed' }),
}
