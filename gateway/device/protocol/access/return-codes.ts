/** Of a command an access terminal has answered. 'pending': its master has taken it, the result comes later. */
export type AccessOutcome = 'done' | 'pending' | 'failed'

/**
 * Any code from 0 up is success, for queries the number of rows; -5000 is the promise of a second answer with the
 * same id. iclock-push 8, 9.3, 12.10 [SEC29].
 */
export function accessOutcomeOf(code: number): AccessOutcome {
  if (code >= 0) return 'done'
  return code === PENDING ? 'pending' : 'failed'
}

/**
 * What an access terminal's return code means, in words for a person; `code n` when no document lists it. Attendance
 * terminals use another table with the same numbers. iclock-push 12.10 [SEC29], -30 [SEC-ZH]; vector A30.
 */
export function accessReturnCodeMeaning(code: number): string {
  if (code > 0) return `done, ${code}`
  return MEANINGS.get(code) ?? `code ${code}`
}

const PENDING = -5000

const MEANINGS: ReadonlyMap<number, string> = new Map([
  [0, 'done'],
  [PENDING, 'accepted by the master controller, result pending'],
  [-1, 'sending failed'],
  [-2, 'no response to the command'],
  [-3, 'buffer too short'],
  [-4, 'decompression failed'],
  [-5, 'wrong length read'],
  [-6, 'decompressed length does not match'],
  [-7, 'repeated command'],
  [-8, 'connection not authorised'],
  [-9, 'checksum error (CRC)'],
  [-10, 'data could not be parsed'],
  [-11, 'bad parameter'],
  [-12, 'execution error'],
  [-13, 'no such command'],
  [-14, 'wrong communication password'],
  [-15, 'writing the file failed'],
  [-16, 'reading the file failed'],
  [-17, 'no such file'],
  [-18, 'no space left'],
  [-19, 'checksum error'],
  [-20, 'length differs from what was stated'],
  [-21, 'platform not set on the device'],
  [-22, 'firmware is for another platform'],
  [-23, 'firmware is older than the installed one'],
  [-24, 'firmware file is marked wrongly'],
  [-25, 'firmware file is not emfw.cfg'],
  [-26, 'template is empty'],
  [-27, 'no such person for the template'],
  [-28, 'open command during an open period'],
  [-30, 'biometric algorithm version does not match'],
  [-100, 'no such table'],
  [-101, 'no such field in the condition'],
  [-102, 'number of fields does not match'],
  [-103, 'order of fields does not match'],
  [-104, 'bad realtime event'],
  [-105, 'data could not be parsed'],
  [-106, 'more than 4 MB sent'],
  [-107, 'table structure not found'],
  [-108, 'invalid options'],
  [-201, 'library could not be loaded'],
  [-202, 'interface call failed'],
  [-203, 'communication could not be started'],
  [-204, 'interface error'],
  [-205, 'interface error'],
  [-206, 'serial port missing or in use'],
  [-301, 'TCP/IP version not available'],
  [-601, 'reserved by the firmware'],
  [-603, 'internal error, invalid handle'],
  [-604, 'out of memory'],
  [-609, 'internal error, invalid handle'],
  [-612, 'parameter could not be saved'],
  [-614, 'alarm could not be cancelled'],
  [-615, 'restart failed'],
  [-616, 'normal-open could not be changed'],
  [-618, 'bad URL'],
  [-619, 'internal error, empty input'],
  [-620, 'bad format of the data sent'],
  [-621, 'the table has no such field'],
  [-628, 'fingerprint could not be loaded'],
  [-629, 'wrong table name'],
  [-630, 'shell command failed'],
  [-631, 'wrong base64 length'],
  [-632, 'bad file name'],
  [-708, 'not supported by the firmware'],
  [-709, 'options could not be uploaded'],
  [-720, 'firmware upgrade failed'],
  [-721, 'file download failed'],
  [-722, 'upload to the server failed'],
  [-725, 'timed out waiting for a result'],
  [-726, 'HTTP error from the server'],
  [-728, 'count could not be uploaded'],
  [-730, 'no answer from the server'],
  [-731, 'server could not take the data'],
  [-801, 'command is not C:<id>:<command>'],
])
