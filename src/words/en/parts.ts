import { counter } from '../plural.ts'

const counted = counter('en')

/** Words of controls that several pages share. */
export const parts = {
  copy: { copied: 'Copied', failed: 'Not copied: select it by hand' },
  filters: {
    label: 'Filters',
    labelSet: (set: number) => counted(set, { one: 'Filters (#)', other: 'Filters (#)' }),
    clear: 'Clear',
    nothing: 'Nothing matches these filters',
    clearAll: 'Clear filters',
  },
  combobox: {
    none: 'Nothing found',
    more: (hidden: number) =>
      counted(hidden, { one: '# more, type to narrow', other: '# more, type to narrow' }),
    clear: (label: string) => `Clear ${label.toLowerCase()}`,
  },
  range: {
    label: 'Range',
    today: 'Today',
    yesterday: 'Yesterday',
    week: 'Last 7 days',
    month: 'This month',
    from: 'From',
    to: 'To',
    dash: '–',
  },
  device: { label: 'Terminal', all: 'All terminals', serial: 'Serial number' },
  person: { label: 'Person', all: 'Everybody', code: 'Person code' },
  export: {
    all: 'Export CSV',
    partial: (shown: string, total: string) => `Export ${shown} of ${total}`,
    shown: (shown: string) => `Export ${shown} shown`,
    file: { csv: 'CSV', xlsx: 'XLSX', pdf: 'PDF' },
    fileOf: (format: string) => `Export ${format}`,
    fileWhy: 'Everything the filters find, not only what is loaded',
    partialWhy: 'Takes the rows loaded so far. Scroll on to load more.',
  },
  walk: { previous: 'Previous', previousKey: 'Previous (K)', next: 'Next', nextKey: 'Next (J)' },
  copyJson: 'Copy as JSON',
  refresh: 'Refresh',
  none: '–',
}
