/** What an OPLOG alarm row says about a door. */
export type DoorFact =
  | 'door-closed'
  | 'door-open'
  | 'exit-button'
  | 'door-forced'
  | 'device-tampered'
  | 'invalid-verification'
  | 'alarm-cancelled'

/**
 * English name of an OPLOG operation; `operation n` for a number in no document. 37 is a holiday change in [ATT58]
 * and a user change in [SDK32], and is named after the former. iclock-push 11.3.
 */
export function operationName(operation: number): string {
  return OPERATIONS.get(operation) ?? `operation ${operation}`
}

/**
 * The door fact of an alarm row (operation 3), else null. [ATT58] puts it in the second object, [SDK32] in the first;
 * the second is looked at first, because where the first holds the code the second is 0. iclock-push 11.3.
 */
export function doorFactOf(operation: number, objects: readonly (string | null)[]): DoorFact | null {
  if (operation !== ALARM) return null
  return DOOR_FACTS.get(objects[1] ?? '') ?? DOOR_FACTS.get(objects[0] ?? '') ?? null
}

const ALARM = 3

const DOOR_FACTS: ReadonlyMap<string, DoorFact> = new Map([
  ['50', 'door-closed'],
  ['51', 'door-open'],
  ['53', 'exit-button'],
  ['54', 'door-forced'],
  ['55', 'device-tampered'],
  ['58', 'invalid-verification'],
  ['65535', 'alarm-cancelled'],
])

const OPERATIONS: ReadonlyMap<number, string> = new Map([
  [0, 'power on'],
  [1, 'power off'],
  [2, 'verification failed'],
  [3, 'alarm'],
  [4, 'menu entered'],
  [5, 'setting changed'],
  [6, 'fingerprint enrolled'],
  [7, 'password enrolled'],
  [8, 'HID card enrolled'],
  [9, 'user deleted'],
  [10, 'fingerprint deleted'],
  [11, 'password deleted'],
  [12, 'card deleted'],
  [13, 'data cleared'],
  [14, 'MF card created'],
  [15, 'MF card enrolled'],
  [16, 'MF card registered'],
  [17, 'MF card unregistered'],
  [18, 'MF card cleared'],
  [19, 'enrolment copied to card'],
  [20, 'card copied to device'],
  [21, 'time set'],
  [22, 'factory reset'],
  [23, 'records deleted'],
  [24, 'administrators cleared'],
  [25, 'group access changed'],
  [26, 'user access changed'],
  [27, 'time zone changed'],
  [28, 'unlock combination changed'],
  [29, 'door opened'],
  [30, 'user added'],
  [31, 'fingerprint attribute changed'],
  [32, 'duress'],
  [33, 'doorbell'],
  [34, 'anti-passback'],
  [35, 'attendance photos deleted'],
  [36, 'user information changed'],
  [37, 'holiday changed'],
  [38, 'data restored'],
  [39, 'data backed up'],
  [40, 'USB transfer'],
  [41, 'USB transfer'],
  [42, 'USB transfer'],
  [43, 'USB transfer'],
  [53, 'exit switch'],
  [54, 'door sensor'],
  [55, 'alarm'],
  [56, 'parameters restored'],
  [68, 'user photo'],
  [69, 'user photo'],
  [70, 'user name changed'],
  [71, 'privilege changed'],
  [76, 'network setting changed'],
  [77, 'network setting changed'],
  [78, 'network setting changed'],
  [79, 'network setting changed'],
  [80, 'communication password changed'],
  [81, 'device id changed'],
  [82, 'server address changed'],
  [83, 'server port changed'],
  [100, 'card'],
  [101, 'face enrolled'],
  [108, 'parameter changed'],
  [113, 'password'],
  [114, 'face'],
  [121, 'finger vein'],
  [122, 'finger vein'],
  [123, 'finger vein'],
  [124, 'palm'],
  [125, 'palm'],
  [126, 'palm'],
])
