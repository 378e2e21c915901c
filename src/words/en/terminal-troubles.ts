import { counter } from '../plural.ts'

const counted = counter('en')

/** Why a line became no record, by the gateway's own mark. */
const reasons: Readonly<Record<string, string>> = {
  'too-few-fields': 'Too few columns to be a record',
  'bad-time': 'Its time is no time that exists',
  'empty-pin': 'It names no person',
  'no-person': 'It names no person',
  'missing-pin': 'It names no person',
  'bad-pin': 'The code of its person cannot be one',
  'line-too-long': 'Longer than any line of this kind',
  'unknown-keyword': 'Begins with a word nobody knows here',
  'unknown-table': 'Came in a table nobody reads here yet',
  'bad-operation': 'The number of its operation is none',
  'bad-event': 'The number of its event is none',
  'missing-content': 'The content it announces is missing',
  'value-too-long': 'A value in it is longer than any terminal has one',
  'missing-finger': 'It does not say which finger it is of',
  'missing-type': 'It does not say of which kind it is',
  'no-content': 'The content it announces is missing',
  'missing-code': 'Its code is missing',
  'missing-card': 'Its card number is missing',
  'missing-serial': 'Its serial number is missing',
  'missing-id': 'An answer that says not to which order',
  'bad-id': 'An answer to an order that does not exist',
  'not-a-result': 'No answer to an order, though sent as one',
  'missing-command': 'An answer that says not which order it is for',
  'bad-packet': 'A piece of a longer answer that does not fit',
  'bad-count': 'A count that is no number of rows',
  'unasked-count': 'A count nobody has asked for',
  packed: 'Packed, and kept whole',
  'too-many-packets': 'A longer answer in more pieces than allowed',
  'too-many-bytes': 'A longer answer than allowed',
  'no-fields': 'It has no named fields',
  'bad-name': 'Its name is not allowed',
  'bad-schedule': 'Its times are no schedule',
  'no-header': 'Its head is missing',
  'unknown-format': 'An archive in a format nobody knows here',
  'too-large': 'Larger than allowed',
  'bad-base64': 'Its content is damaged (base64)',
  'not-gzip': 'Its archive is damaged',
  'not-tar': 'Its archive is damaged',
  'bad-archive': 'Its archive is damaged',
  'too-many-entries': 'Its archive holds more than allowed',
  'no-transactions': 'Its archive holds no events',
  'control-character': 'It holds characters that may not be there',
  empty: 'It is empty',
  'undecodable-name': 'A name in a charset nobody has set, read in part',
  'many-rejects': 'Hundreds of unreadable lines, kept as one piece',
  'photo-too-large': 'A photo larger than allowed',
  'too-many-photos': 'A photo more than is kept of one terminal',
}

const kept: Readonly<Record<string, string>> = {
  template: 'Template of a finger, face or palm',
  picture: 'Picture of a person',
  photo: 'Photo of a punch',
}

/** Lines that became no record, and what is kept sealed. */
export const rejects = {
  title: 'Rejected lines',
  lead: 'What this terminal sent that could not be read. Nothing is thrown away: each line is kept as it came, with the time it came, so that it can be read again.',
  show: 'Show',
  shows: { rejects: 'Rejected', kept: 'Kept sealed', all: 'Both' },
  readAgain: 'Read again',
  readAgainWhy:
    'Tries every rejected line once more, with the settings and the reader of now. Each keeps the time it came.',
  reading: 'Reading',
  nothingToRead: 'There is no rejected line to read again.',
  mustAdopt: 'Lines can be read again once the terminal is adopted.',
  mayNot: 'Your role can see the list, not the lines themselves, and cannot have them read again.',
  result: (read: number, understood: number) =>
    understood === 0
      ? counted(read, {
          one: '# line tried, and it still cannot be read.',
          other: '# lines tried, and none can be read yet.',
        })
      : `${counted(read, { one: '# line tried', other: '# lines tried' })}, ${counted(understood, { one: '# understood', other: '# understood' })}.`,
  resultNothing: 'There was nothing to try.',
  newPunches: (punches: number) => counted(punches, { one: '# punch is new.', other: '# punches are new.' }),
  remaining: (lines: number) =>
    counted(lines, { one: '# line stays rejected.', other: '# lines stay rejected.' }),
  noneLeft: 'None stays rejected.',
  hint: 'If lines stay rejected, look at the columns and the text encoding under How it speaks, then read again.',
  none: 'Every line could be read',
  noneBody:
    'A line that cannot be read is kept here with its number and the reason, and can be read again later.',
  noneKept: 'Nothing is kept sealed',
  noneKeptBody:
    'Templates and photos that terminals send are kept sealed for a later release. Nobody can look at them here.',
  noneAll: 'Nothing is kept of this terminal',
  when: 'Received',
  table: 'Table',
  line: 'Line',
  place: 'Line of the upload',
  wholeBody: 'Whole upload',
  lineOf: (line: string) => `line ${line}`,
  kind: 'Kind',
  kinds: { reject: 'Rejected', kept: 'Kept sealed' },
  reason: 'Reason',
  reasons,
  kept,
  keptOther: (what: string) => `Record of kind ${what}`,
  otherReason: (mark: string) => `Not readable (${mark})`,
  raw: 'As sent',
  rawWhy: 'Bytes that are no plain letters are shown as \\xNN. Passwords and templates are left out.',
  hidden: 'Hidden',
  hiddenKept: 'Kept sealed: nobody is shown what it holds.',
  hiddenLong: 'Longer than can be shown.',
  hiddenRight: 'Your role does not show what was sent.',
  size: 'Size',
  bytes: (bytes: number) => counted(bytes, { one: '# byte', other: '# bytes' }),
  copy: 'Copy',
  missing: 'This line is not in the list',
  missingBody: 'It may have been read meanwhile, or lies further down than is loaded.',
}

/** What goes wrong between a terminal and the gateway. */
export const incidents = {
  title: 'Incidents',
  openTitle: (open: number) => counted(open, { one: '# open incident', other: '# open incidents' }),
  all: 'All incidents',
  show: 'Show',
  shows: { all: 'All', open: 'Open', ended: 'Ended' },
  none: 'No incidents',
  noneBody:
    'Uploads that repeat or are too large, two devices under one serial number and a wrong communication key appear here, with what to do.',
  noneOpen: 'No open incident',
  noneEnded: 'No incident has ended',
  kinds: {
    Offline: 'Away',
    Clock: 'Clock is more than a minute off',
    Flood: 'Calls more often than is allowed',
    RepeatedUpload: 'Sends the same lines over and over',
    SharedSerial: 'Two addresses use one serial number',
    WrongKey: 'Did not show the communication key',
    TooLarge: 'Sends an upload that is too large',
  },
  what: {
    Offline:
      'Look at its power and its network cable first. If several went together, look at what they share. What it records meanwhile it keeps, and sends when it is back.',
    Clock:
      'Set its clock. Punches it made meanwhile carry the difference; what they are corrected to is shown beside what was sent.',
    Flood:
      'A terminal that fails to read our answer sends the same again and again; so does somebody who tries numbers. Look at where the calls come from.',
    RepeatedUpload:
      'Gatehouse has recorded the lines once and changed its answer by itself where it could. If it goes on after an hour, set the acknowledgement for this table by hand.',
    SharedSerial:
      'Find out which devices stand behind the two addresses. One terminal on two lines is harmless; a second device with this number is a wrong setting or somebody else. A communication key keeps the other one out.',
    WrongKey:
      'Set the same key on the terminal as here, or change it here. What came meanwhile is held: look at it under Security and take it in if it is yours.',
    TooLarge:
      'The terminal sends it again and again, and what comes after it waits. Read what it holds over USB or its own menu, then clear its log; a terminal never sends that much of its own accord.',
  },
  go: {
    Offline: 'To its health',
    Clock: 'To its clock',
    Flood: 'To the communication key',
    RepeatedUpload: 'To the acknowledgement',
    SharedSerial: 'To the communication key',
    WrongKey: 'To the communication key',
    TooLarge: 'To the overview of this terminal',
  },
  open: 'Open',
  ended: 'Ended',
  table: 'Upload table',
  times: (times: number) => counted(times, { one: 'seen once', other: 'seen # times' }),
  began: (age: string) => `Began ${age}`,
  last: (age: string) => `last ${age}`,
  lasted: (length: string) => `lasted ${length}`,
  detail: 'What was seen',
  advice: 'What to do',
}

/** The communication key. */
export const security = {
  title: 'Communication key',
  lead: 'A serial number is printed on the case, so anybody on the network can claim to be this terminal. With a key set, it has to show the same key; terminals call it "communication key" or "ComKey".',
  held: 'Uploads without the key are held, not recorded and not lost, until somebody takes them in or throws them away.',
  isSet: 'A key is asked for',
  notSet: 'No key is asked for',
  notSetWhy: 'Whatever calls under this serial number is believed.',
  isSetWhy: 'It is kept so that nobody can read it, here or in the store.',
  key: 'Key',
  keyHint: 'As set on the terminal, up to 64 characters without spaces. It is never shown again.',
  keyFault: 'Letters, digits and signs without spaces, at most 64.',
  keyMissing: 'Type the key that is set on the terminal.',
  setKey: 'Set key',
  changeKey: 'Change key',
  busy: 'Setting',
  setDone: 'The key is set. The terminal has to show it from its next handshake on.',
  order: 'Set it on the terminal first: what comes without it from now on is held.',
  remove: 'Ask for no key',
  removeAction: (device: string) => `Ask for no key of ${device} any more`,
  removed: 'No key is asked for any more.',
  mayNot: 'Your role cannot see to keys. Whoever may adopt terminals can.',
  heldTitle: 'Held uploads',
  heldCount: (uploads: number) => counted(uploads, { one: '# upload is held', other: '# uploads are held' }),
  heldWhy:
    'What is held came without the key, or before the terminal was adopted. Take it in only if it is from this terminal.',
  heldNone: 'Nothing is held.',
  takeIn: 'Take in',
  discard: 'Throw away',
  discardAction: (device: string) => `Throw away what is held of ${device}`,
  discarded: (uploads: number) =>
    counted(uploads, { one: '# held upload was thrown away.', other: '# held uploads were thrown away.' }),
  takeInAction: (device: string) => `Adopt ${device} again and take in what is held`,
  takenIn: (uploads: number) =>
    counted(uploads, { one: '# held upload was taken in.', other: '# held uploads were taken in.' }),
  waiting: 'This terminal waits to be adopted. What it sends is held anyway.',
}
