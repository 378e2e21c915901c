import { counter } from '../plural.ts'

const counted = counter('en')

export const states = {
  loading: 'Loading',
  retry: 'Try again',
  goBack: 'Go back',
  toOverview: 'Go to the overview',
  notFoundTitle: 'There is nothing here',
  notFoundBody: 'The address may be mistyped, or what it showed has been removed.',
  forbiddenTitle: 'You do not have the right to see this',
  forbiddenBody: 'Someone who manages accounts can give it to you. Nothing was loaded.',
  errorCode: (code: string) => `Code ${code}`,
  table: {
    rows: (shown: number) => counted(shown, { one: '# row', other: '# rows' }),
    ofRows: (shown: string, total: string) => `${shown} of ${total}`,
    loadingMore: 'Loading more',
    end: 'End of the list',
    loadMore: 'Load more',
  },
  confirm: {
    hint: 'Press and hold for one second',
    released: 'Released too early. Nothing was sent.',
    shown: { holding: 'Keep holding', released: 'Hold for 1 s', armed: 'Press again' },
    againAnnounced: (action: string) => `Press again within three seconds to confirm: ${action}`,
    lapsed: 'Not confirmed. Nothing was sent.',
    confirmed: (action: string) => `Confirmed: ${action}`,
    describe: 'Press and hold for one second. With the keyboard, press Enter twice.',
    offline: 'Not possible while the connection is lost',
  },
  form: {
    save: 'Save',
    cancel: 'Cancel',
    close: 'Close',
    required: 'Required',
    optional: 'Optional',
  },
}
