import type { profileChoices } from '#contract/entities/profile.ts'

type Choices = typeof profileChoices
type Name = keyof Choices

/** A setting in plain words, and what it decides in one line. */
export interface SettingWords {
  readonly name: string
  readonly why: string
}

/** Every value of every setting; the compiler asks for a new one. */
export type ValueWords = {
  readonly [N in Name as Choices[N] extends readonly string[]
    ? N
    : never]: Choices[N] extends readonly (infer V extends string)[] ? Readonly<Record<V, string>> : never
}

const settings: Readonly<Record<Name, SettingWords>> = {
  Flavour: {
    name: 'Protocol',
    why: 'Attendance terminals and access controllers speak two protocols. Set it only if it was taken for the wrong one.',
  },
  Acknowledgement: {
    name: 'Acknowledgement',
    why: 'How an upload is answered. A terminal that does not understand the answer sends the same lines over and over.',
  },
  Charset: {
    name: 'Text encoding',
    why: 'Tried for names that are not UTF-8. If names have wrong letters, look here.',
  },
  TimeZone: {
    name: 'Time zone',
    why: 'The zone its wall clock is read in. Holds for what comes from now on; earlier punches stay as they are.',
  },
  Language: {
    name: 'Language number',
    why: 'Language of its menu, as it tells it: 69 is English, 83 simplified Chinese. A hint at the text encoding.',
  },
  CommandDialect: {
    name: 'Table for people',
    why: 'Where people are written to on this terminal. The wrong one is answered with an error and no person.',
  },
  KeyStyle: {
    name: 'Spelling of the person key',
    why: 'How orders spell the key of a person. Some firmware reads one spelling only.',
  },
  Columns: {
    name: 'Columns of a punch',
    why: 'What the columns of a punch mean from the eighth on.',
  },
  VerifyCodes: {
    name: 'Codes of the method',
    why: 'Which table its numbers for finger, face, card or code are from.',
  },
  TransFlag: {
    name: 'What it uploads by itself',
    why: 'How it is told which records to send without being asked.',
  },
  Handshake: {
    name: 'Settings at the handshake',
    why: 'How much it is told when it connects. Fussy firmware stops at a line it does not know.',
  },
  DoorLayout: {
    name: 'Order that opens the door',
    why: 'If the terminal says done and the door stays shut, try another.',
  },
  RelayPolarity: {
    name: 'Meaning of a set relay bit',
    why: 'Decides whether its reports say locked or unlocked. Look at the door before you set it.',
  },
}

const values: ValueWords = {
  Flavour: { attendance: 'Attendance', access: 'Access control' },
  Acknowledgement: { count: 'OK with the number of lines', bare: 'OK alone' },
  Charset: {
    'utf-8': 'UTF-8',
    gbk: 'GBK, simplified Chinese',
    big5: 'Big5, traditional Chinese',
    shift_jis: 'Shift JIS, Japanese',
    'euc-kr': 'EUC-KR, Korean',
    'windows-874': 'Windows 874, Thai',
    'windows-1250': 'Windows 1250, Central European',
    'windows-1251': 'Windows 1251, Cyrillic',
    'windows-1252': 'Windows 1252, Western European',
    'windows-1253': 'Windows 1253, Greek',
    'windows-1254': 'Windows 1254, Turkish',
    'windows-1255': 'Windows 1255, Hebrew',
    'windows-1256': 'Windows 1256, Arabic',
    'windows-1258': 'Windows 1258, Vietnamese',
  },
  CommandDialect: { userinfo: 'USERINFO', user: 'user' },
  KeyStyle: { PIN: 'PIN', Pin: 'Pin', pin: 'pin' },
  Columns: {
    auto: 'Told by how many there are',
    standard: 'Standard',
    tft: 'Older colour-screen (TFT) firmware',
    keyed: 'Named fields, name=value',
  },
  VerifyCodes: { standard: 'Standard table', tft: 'Older TFT table' },
  TransFlag: { words: 'Words between tabs', spaced: 'Words between spaces', bits: 'Bits' },
  Handshake: { full: 'All lines', short: 'Only what the oldest understand' },
  DoorLayout: {
    unlock: 'AC_UNLOCK',
    vendor: 'CONTROL DEVICE, as the maker writes it',
    'state-then-seconds': 'CONTROL DEVICE, state before seconds',
  },
  RelayPolarity: { unknown: 'Not known', energised: 'Relay is energised', released: 'Relay is released' },
}

/** How a terminal speaks, setting by setting. */
export const profile = {
  title: 'How it speaks',
  lead: 'Terminals differ in how they write and in what they understand. Gatehouse learns that from what they do. What you set here wins over what is learned, until you take it back.',
  mayNot: 'Your role can read these settings, not change them.',
  settings,
  values,
  setting: 'Setting',
  value: 'Value',
  source: 'Source and evidence',
  actions: 'Change',
  sources: { Default: 'Default', Learned: 'Learned', Edited: 'Set by hand' },
  sourceWhy: {
    Default: 'Nothing this terminal did has said otherwise',
    Learned: 'From what this terminal did; it changes when the terminal does',
    Edited: 'Wins over what is learned until it is taken back',
  },
  untouched: 'Nothing it did says otherwise.',
  notTold: 'Not told yet',
  ofTable: (table: string) => `for ${table} only`,
  named: (setting: string, table: string | null) => (table === null ? setting : `${setting}, ${table}`),
  change: 'Change',
  changeNamed: (setting: string) => `Change ${setting}`,
  newValue: (setting: string) => `New value of ${setting}`,
  holdsFor: 'Holds for',
  allTables: 'All other tables',
  backToLearned: 'Back to learned',
  backToSite: 'Back to the usual zone',
  backNamed: (action: string, setting: string) => `${action}: ${setting}`,
  backWhy: 'Forgets what was set by hand. It is the default until it is learned anew.',
  backToSiteWhy: 'Forgets the zone set by hand and takes that of the first site.',
  saved: 'Saved. It holds from its next call on.',
  takenBack: 'Taken back.',
  undone: 'Undone.',
  undo: 'Undo',
  undoNamed: (setting: string) => `Undo the change of ${setting}`,
  languageFault: 'A whole number from 0 to 999.',
  empty: 'This gateway keeps no settings of terminals',
  emptyBody: 'A gateway of another maker may decide by itself how to speak with each terminal.',
}
