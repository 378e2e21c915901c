import type { AlertTexts } from './alert-texts.ts'
import type { AttendanceWords } from './attendance.ts'
import type { AttendanceDaysWords } from './attendance-days.ts'
import type { AttendanceNavWords } from './attendance-nav.ts'
import type { ReviewWords } from './attendance-review.ts'
import type { AttendanceSetupWords } from './attendance-setup.ts'
import type { AuditWords } from './audit.ts'
import type { CorrectionWords } from './corrections.ts'
import type { DevicePageWords } from './device-page.ts'
import type { DevicesPageWords } from './devices-page.ts'
import type { DoorWords } from './door-pages.ts'
import { en } from './en.ts'
import type { FleetWords } from './fleet.ts'
import { matchLocale } from './locale.ts'
import type { OverviewWords } from './overview.ts'
import type { OverviewArrivalsWords } from './overview-arrivals.ts'
import type { PayrollWords } from './payroll.ts'
import type { PeopleWords } from './people.ts'
import type { RepairsWords } from './repairs.ts'
import type { RollCallWords } from './roll-call.ts'
import type { SettingsWords } from './settings.ts'
import type { TerminalWords } from './terminal.ts'
import type { ViewsWords } from './views.ts'
import type { WebhookConsoleWords } from './webhook-console.ts'
import type { WebhooksWords } from './webhooks-page.ts'

/** Every catalogue has this shape; English is the measure. */
export type Words = typeof en

/**
 * The words of the chosen language. A live binding: read it inside functions and components (`words.nav.doors`),
 * never into a constant at the top of a module, which would be filled before the language is known.
 */
export let words: Words = en

/** Words of single pages, where they are not English; a page's own file has its English ones. */
interface PageWords {
  readonly alertTexts?: AlertTexts
  readonly attendance?: AttendanceWords
  readonly devicePage?: DevicePageWords
  readonly devicesPage?: DevicesPageWords
  readonly webhooks?: WebhooksWords
  readonly attendanceReview?: ReviewWords
  readonly payroll?: PayrollWords
  readonly attendanceDays?: AttendanceDaysWords
  readonly settings?: SettingsWords
  readonly audit?: AuditWords
  readonly corrections?: CorrectionWords
  readonly attendanceNav?: AttendanceNavWords
  readonly attendanceSetup?: AttendanceSetupWords
  readonly overview?: OverviewWords
  readonly overviewArrivals?: OverviewArrivalsWords
  readonly terminal?: TerminalWords
  readonly fleet?: FleetWords
  readonly people?: PeopleWords
  readonly doors?: DoorWords
  readonly repairs?: RepairsWords
  readonly rollCall?: RollCallWords
  readonly views?: ViewsWords
  readonly webhookConsole?: WebhookConsoleWords
}

/** Read when the code of a page arrives, which is after the language is known. */
export let pageWords: PageWords = {}

// A language is a file of two letters here that exports `words` and `pages`; nothing else has to change.
const others = import.meta.glob<{ words: Words; pages: Required<PageWords> }>(['./??.ts', '!./en.ts'])
const storageKey = 'gatehouse-language'

/** Codes of the languages that exist, English first. */
export const languages: readonly string[] = ['en', ...Object.keys(others).map(path => path.slice(2, -3))]

/** Loads the chosen or the browser's language before anything is drawn. */
export async function loadWords(): Promise<void> {
  const wanted = [stored(), ...navigator.languages.map(each => each.slice(0, 2))]
  const language = wanted.find(each => each !== null && languages.includes(each)) ?? 'en'
  const load = others[`./${language}.ts`]
  if (load) ({ words, pages: pageWords } = await load())
  document.documentElement.lang = words.language
  document.documentElement.dir = words.direction
}

/** Remembers a language and starts again in it. */
export function chooseLanguage(language: string): void {
  localStorage.setItem(storageKey, language)
  location.reload()
}

/** Locale for dates and numbers: the reader's variant of the language shown. */
export function readerLocale(): string {
  return matchLocale(words.language)
}

function stored(): string | null {
  try {
    return localStorage.getItem(storageKey)
  } catch {
    return null
  }
}
