import { instantFull } from './time.ts'

/** A sentence of the server with its moments as people read them: "offline since 27 Nov 2026, 09:12:00 IST". */
export function timesInText(text: string): string {
  return text.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, moment => instantFull(moment))
}
