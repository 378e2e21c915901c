export { type DoorFact, doorFactOf, operationName } from './attendance/operation-codes.ts'
export { returnCodeMeaning } from './attendance/return-codes.ts'

/** The published punch types an attendance status can mean. */
export type PunchType = 'CheckIn' | 'CheckOut' | 'BreakOut' | 'BreakIn' | 'OverTimeIn' | 'OverTimeOut'

/** The published ways to identify oneself. */
export type InputType =
  | 'Fingerprint'
  | 'Face'
  | 'Card'
  | 'Palm'
  | 'FingerVein'
  | 'Iris'
  | 'Retina'
  | 'Password'
  | 'Others'

/** `label` names every method of a combination, or reads `code n`; null only when there was no code. */
export type InputReading = { readonly inputType: InputType | null; readonly label: string | null }

/**
 * The type of an ATTLOG status; null for 255 (no key pressed), for absent, and for codes a site has remapped.
 * iclock-push 11.1 [ATT58]; [SDK32] names 2/3 meal and 4/5 break, which the terminal's profile would have to say.
 */
export function punchTypeOf(status: number | null): PunchType | null {
  return status === null ? null : (PUNCH_TYPES[status] ?? null)
}

/**
 * The input type of a verify code. A combination counts as the biometric it names first, else as card, else as
 * password. 'tft' is the older table of [SDK32]. A number not in the table has no input type and the label
 * `code n`. iclock-push 11.2 [SEC29][ATT58]; vector T13.
 */
export function inputTypeOf(verify: number | null, table: 'standard' | 'tft' = 'standard'): InputReading {
  if (verify === null) return { inputType: null, label: null }
  const known = (table === 'tft' ? TFT_VERIFY : STANDARD_VERIFY).get(verify)
  return known ?? { inputType: null, label: `code ${verify}` }
}

/** iclock-push 11.5 [SEC29][ATT58]. */
export function biometricTypeName(type: number): string {
  return BIOMETRIC_TYPES[type] ?? `type ${type}`
}

/** English name of a terminal's language number; null when absent or unknown. iclock-push 11.6. */
export function languageName(language: number | null): string | null {
  return language === null ? null : (LANGUAGES.get(language) ?? null)
}

const PUNCH_TYPES: readonly PunchType[] = [
  'CheckIn',
  'CheckOut',
  'BreakOut',
  'BreakIn',
  'OverTimeIn',
  'OverTimeOut',
]

function verifyTable(
  rows: ReadonlyArray<readonly [code: number, inputType: InputType, label: string]>,
): ReadonlyMap<number, InputReading> {
  return new Map(rows.map(([code, inputType, label]) => [code, { inputType, label }]))
}

const STANDARD_VERIFY = verifyTable([
  // Automatic: any of five methods, the terminal does not say which.
  [0, 'Others', 'automatic'],
  [1, 'Fingerprint', 'fingerprint'],
  [2, 'Others', 'user ID'],
  [3, 'Password', 'password'],
  [4, 'Card', 'card'],
  [5, 'Fingerprint', 'fingerprint or password'],
  [6, 'Fingerprint', 'fingerprint or card'],
  [7, 'Card', 'card or password'],
  [8, 'Fingerprint', 'user ID + fingerprint'],
  [9, 'Fingerprint', 'fingerprint + password'],
  [10, 'Fingerprint', 'card + fingerprint'],
  [11, 'Card', 'card + password'],
  [12, 'Fingerprint', 'fingerprint + password + card'],
  [13, 'Fingerprint', 'user ID + fingerprint + password'],
  [14, 'Fingerprint', 'user ID or card, + fingerprint'],
  [15, 'Face', 'face'],
  [16, 'Face', 'face + fingerprint'],
  [17, 'Face', 'face + password'],
  [18, 'Face', 'face + card'],
  [19, 'Face', 'face + fingerprint + card'],
  [20, 'Face', 'face + fingerprint + password'],
  [21, 'FingerVein', 'finger vein'],
  [22, 'FingerVein', 'finger vein + password'],
  [23, 'FingerVein', 'finger vein + card'],
  [24, 'FingerVein', 'finger vein + password + card'],
  [25, 'Palm', 'palm'],
  [26, 'Palm', 'palm + card'],
  [27, 'Palm', 'palm + face'],
  [28, 'Palm', 'palm + fingerprint'],
  [29, 'Palm', 'palm + face + fingerprint'],
  [200, 'Others', 'other'],
])

const TFT_VERIFY = verifyTable([
  [0, 'Password', 'password'],
  [1, 'Fingerprint', 'fingerprint'],
  [2, 'Card', 'badge'],
  [3, 'Others', 'PIN'],
  [4, 'Fingerprint', 'PIN + fingerprint'],
  [5, 'Fingerprint', 'fingerprint + password'],
  [6, 'Fingerprint', 'badge + fingerprint'],
  [7, 'Card', 'badge + password'],
  [8, 'Fingerprint', 'badge + password + fingerprint'],
  [9, 'Fingerprint', 'PIN + password + fingerprint'],
  [16, 'Others', 'PIN, not validated'],
  [17, 'Card', 'badge, not validated'],
])

const BIOMETRIC_TYPES: readonly string[] = [
  'general',
  'fingerprint',
  'near-infrared face',
  'voice',
  'iris',
  'retina',
  'palm print',
  'finger vein',
  'palm vein',
  'visible-light face',
  'visible-light palm',
]

const LANGUAGES: ReadonlyMap<number, string> = new Map([
  [66, 'Arabic'],
  [68, 'Dutch'],
  [69, 'English'],
  [70, 'French'],
  [71, 'German'],
  [72, 'Hebrew'],
  [73, 'Indonesian'],
  [74, 'Japanese'],
  [75, 'Korean'],
  [65, 'Persian'],
  [76, 'Thai'],
  [80, 'Portuguese'],
  [82, 'Russian'],
  [83, 'Chinese (simplified)'],
  [84, 'Chinese (traditional)'],
  [86, 'Vietnamese'],
  [89, 'Slovak'],
  [90, 'Czech'],
  [97, 'Spanish'],
  [103, 'Greek'],
  [105, 'Italian'],
  [112, 'Polish'],
  [116, 'Turkish'],
])
