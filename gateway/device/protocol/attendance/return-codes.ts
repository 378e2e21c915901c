/**
 * What an attendance terminal's return code means, in words for a person; `code n` when no document lists it. Only 0
 * is plain success; a positive number not listed is the size of a file. Access terminals use another table with the
 * same numbers. iclock-push 8 [SDK32][ATT58][FW][s0x90].
 */
export function returnCodeMeaning(code: number): string {
  return MEANINGS.get(code) ?? (code > 0 ? `done, size ${code}` : `code ${code}`)
}

/**
 * Whether an attendance terminal has done what it was told, with the reason in words. 0 is success, and so is a
 * positive number, which is the size of a file or the count of rows; but for enrolments every positive number says why
 * nothing was enrolled, and at a door there is nothing to count: 7 is busy, and what others mean nobody knows.
 * iclock-push 8 [SDK32][ATT58].
 */
export function attendanceOutcomeOf(
  kind: string,
  code: number,
): { readonly outcome: 'done' | 'failed' | 'unknown'; readonly words: string } {
  if (code < 0) return { outcome: 'failed', words: returnCodeMeaning(code) }
  if (code === 0) return { outcome: 'done', words: 'done' }
  if (kind.startsWith('door.') || kind === 'alarm.cancel')
    return code === BUSY
      ? { outcome: 'failed', words: returnCodeMeaning(code) }
      : { outcome: 'unknown', words: `answered ${code}, which says neither yes nor no` }
  const enrolment = ENROLMENTS.get(kind)
  if (enrolment === undefined) return { outcome: 'done', words: `done, size ${code}` }
  return { outcome: 'failed', words: enrolment.get(code) ?? `enrolment ended with code ${code}` }
}

const BUSY = 7

const FINGER_ENROLMENT: ReadonlyMap<number, string> = new Map([
  [2, 'this finger is already enrolled'],
  [4, 'enrolment failed, poor or different samples'],
  [5, 'this finger belongs to someone else'],
  [6, 'enrolment cancelled'],
  [7, 'the device is busy'],
])

/** By kind of command: the same number is about what was to be enrolled. */
const ENROLMENTS: ReadonlyMap<string, ReadonlyMap<number, string>> = new Map([
  ['fingerprint.enroll', FINGER_ENROLMENT],
  [
    'biometric.enroll',
    new Map([...FINGER_ENROLMENT, [2, 'this is already enrolled'], [5, 'this belongs to someone else']]),
  ],
  [
    'card.enroll',
    new Map([
      [4, 'enrolment failed, no card could be read'],
      [5, 'no card was shown in time'],
      [6, 'enrolment cancelled'],
      [7, 'the device is busy'],
    ]),
  ],
])

const MEANINGS: ReadonlyMap<number, string> = new Map([
  [0, 'done'],
  ...FINGER_ENROLMENT,
  [5, 'this finger belongs to someone else, or the card was not shown in time'],
  [-1, 'wrong parameter, not supported, or no data'],
  [-2, 'wrong operation, or the photo size does not match'],
  [-3, 'read or write error'],
  [-4, 'no matching data'],
  [-5, 'no space left'],
  [-6, 'invalid data'],
  [-9, 'template size does not match'],
  [-10, 'no such person on the device'],
  [-11, 'template format not valid'],
  [-12, 'template not valid'],
  [-22, 'unknown command'],
  [-30, 'biometric algorithm version does not match'],
  [-1001, 'capacity reached'],
  [-1002, 'not supported'],
  [-1003, 'timed out on the device'],
  [-1004, 'data does not fit the device configuration'],
  [-1005, 'the device is busy'],
  [-1006, 'data too long'],
  [-1007, 'out of memory'],
  [-1008, 'could not fetch from the server'],
])
