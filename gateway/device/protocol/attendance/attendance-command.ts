import type { ControlAction, DoorTarget } from '../access/control-device.ts'
import type { BiometricTemplate } from '../biometric-template.ts'
import type { BiometricEnrolment, CardEnrolment, FingerprintEnrolment } from './enrol-commands.ts'
import type { Face, FacePhoto, Fingerprint, Picture, UserFields } from './person-commands.ts'
import type { TemplatesQuery, TimeRange } from './query-commands.ts'
import type { Group, Holiday, WeekSchedule } from './schedule-commands.ts'

/** One command, one row: a line feed between rows would start another command. */
export type AttendanceCommand =
  /** Door and seconds count only where the door is opened by bytes; AC_UNLOCK knows one door and its own time. */
  | { readonly kind: 'door.open'; readonly door?: number; readonly seconds?: number }
  /** Refused where doors are not moved by bytes: AC_UNLOCK can neither hold nor lock. */
  | DoorHolding
  /** AC_UNALARM cancels all alarms, whichever door is named. */
  | { readonly kind: 'alarm.cancel'; readonly door?: DoorTarget }
  | { readonly kind: 'device.restart' }
  | { readonly kind: 'device.ping' }
  | { readonly kind: 'device.info' }
  /** The terminal reads its settings from us again and uploads what a stamp of 0 asks for. */
  | { readonly kind: 'device.check' }
  /** Upload what is new, now. */
  | { readonly kind: 'logs.send' }
  /** Cannot be taken back. 'punches', 'photos' those taken at punches, 'everything' people and templates too. */
  | { readonly kind: 'device.clear'; readonly what: 'punches' | 'photos' | 'everything' }
  | ({ readonly kind: 'attendance.query' } & TimeRange)
  /** The photos taken at punches. */
  | ({ readonly kind: 'photos.query' } & TimeRange)
  /** How many punches there are; the answer has it as AttlogSum. */
  | ({ readonly kind: 'count.verify' } & TimeRange)
  /** One person, or all. The answer comes as OPERLOG rows. */
  | { readonly kind: 'users.query'; readonly pin?: string }
  | ({ readonly kind: 'templates.query' } & TemplatesQuery)
  | { readonly kind: 'options.read'; readonly key: string }
  /** One only: several would be stored as the value of the first. */
  | { readonly kind: 'options.write'; readonly key: string; readonly value: string }
  | { readonly kind: 'user.update'; readonly user: UserFields }
  /** With templates and picture. */
  | { readonly kind: 'user.delete'; readonly pin: string }
  | ({ readonly kind: 'fingerprint.update' } & Fingerprint)
  /** One finger, or all of the person. */
  | { readonly kind: 'fingerprint.delete'; readonly pin: string; readonly finger?: number }
  | ({ readonly kind: 'face.update' } & Face)
  | { readonly kind: 'face.delete'; readonly pin: string }
  | ({ readonly kind: 'biodata.update' } & BiometricTemplate)
  /** One type, or all of the person. */
  | { readonly kind: 'biodata.delete'; readonly pin: string; readonly type?: number }
  | ({ readonly kind: 'photo.update' } & FacePhoto)
  | ({ readonly kind: 'picture.update' } & Picture)
  | { readonly kind: 'picture.delete'; readonly pin: string }
  | ({ readonly kind: 'schedule.update' } & WeekSchedule)
  | ({ readonly kind: 'group.update' } & Group)
  | ({ readonly kind: 'holiday.update' } & Holiday)
  | { readonly kind: 'holiday.delete'; readonly id: number }
  | ({ readonly kind: 'card.enroll' } & CardEnrolment)
  | ({ readonly kind: 'fingerprint.enroll' } & FingerprintEnrolment)
  | ({ readonly kind: 'biometric.enroll' } & BiometricEnrolment)

export type DoorHolding = Extract<
  ControlAction,
  { readonly kind: 'door.hold-open' | 'door.close' | 'door.lock' | 'door.unlock' | 'door.normal-open' }
>

export type CommandOf<Kind extends AttendanceCommand['kind']> = Extract<
  AttendanceCommand,
  { readonly kind: Kind }
>
