import { z } from 'zod'
import { Instant } from '../primitives.ts'

/**
 * How one terminal speaks, setting by setting, with what each may be; null where any value of its kind will do.
 * What the values mean on the wire: iclock-push 2.3, 4.2, 4.3, 5.1, 6.3, 7, 10.2, 11.2, 12.5.
 */
export const profileChoices = {
  /** Which of the two protocols. */
  Flavour: ['attendance', 'access'],
  /** `count`: `OK: 3` or `user=3`; `bare`: `OK`. May differ by table. */
  Acknowledgement: ['count', 'bare'],
  /** Tried for text that is not UTF-8. */
  Charset: [
    'utf-8',
    'gbk',
    'big5',
    'shift_jis',
    'euc-kr',
    'windows-874',
    'windows-1250',
    'windows-1251',
    'windows-1252',
    'windows-1253',
    'windows-1254',
    'windows-1255',
    'windows-1256',
    'windows-1258',
  ],
  /** IANA zone its wall clock is read in. */
  TimeZone: null,
  /** Number of its language; 83 is simplified Chinese. */
  Language: null,
  /** Table people are written to. */
  CommandDialect: ['userinfo', 'user'],
  /** How it spells the key of a person in commands. */
  KeyStyle: ['PIN', 'Pin', 'pin'],
  /** Meaning of the columns of a punch from the eighth on; `keyed`: it writes `name=value` lines. */
  Columns: ['auto', 'standard', 'tft', 'keyed'],
  /** Table its verify codes are from. */
  VerifyCodes: ['standard', 'tft'],
  /** How it is told what to upload by itself. */
  TransFlag: ['words', 'spaced', 'bits'],
  /** `short`: only the lines the oldest and the fussiest understand. */
  Handshake: ['full', 'short'],
  /** How a door is opened: `unlock` is AC_UNLOCK, the others are byte orders of CONTROL DEVICE. */
  DoorLayout: ['unlock', 'vendor', 'state-then-seconds'],
  /** What a set relay bit means. */
  RelayPolarity: ['unknown', 'energised', 'released'],
} as const satisfies Readonly<Record<string, readonly string[] | null>>

const names = [
  'Flavour',
  'Acknowledgement',
  'Charset',
  'TimeZone',
  'Language',
  'CommandDialect',
  'KeyStyle',
  'Columns',
  'VerifyCodes',
  'TransFlag',
  'Handshake',
  'DoorLayout',
  'RelayPolarity',
] as const satisfies readonly (keyof typeof profileChoices)[]

export const ProfileName = z.enum(names)

/** One setting as it is in effect, with where it comes from. */
export const ProfileSetting = z.object({
  Name: ProfileName,
  Table: z.string().nullable().describe('Upload table this holds for; null: all that have none of their own'),
  Value: z.string(),
  Source: z
    .enum(['Default', 'Learned', 'Edited'])
    .describe('Edited wins over learned, learned over the default'),
  Evidence: z.string().nullable().describe('What was seen, or who said so'),
  At: Instant.nullable().describe('When that was; null for a default'),
  Choices: z.array(z.string()).nullable().describe('null: free text of its kind'),
})
