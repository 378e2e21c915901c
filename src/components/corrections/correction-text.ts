import { wallClock, wallDayShort } from '../../format/time.ts'
import { correctionWords } from '../../words/corrections.ts'
import { words } from '../../words/index.ts'
import type { CorrectionEntry } from './use-correct.ts'

/** From what to what, in words; null where a correction has neither. */
export function changeText({ Kind, Before, After, LocalTime, Date: day }: CorrectionEntry): string | null {
  const w = correctionWords
  const when = LocalTime === null ? wallDayShort(`${day} 00:00:00`) : clockText(LocalTime, day)
  const before = Before === null ? null : valueText(Before)
  const after = After === null ? null : valueText(After)
  // What was guessed another way counts as its key says after all.
  if (Kind === 'SetDirection' && before && before === after) return `${when}, ${w.asPressed(before)}`
  if (Kind === 'SetDirection' && before && after) return `${when}, ${w.fromTo(before, after)}`
  const value = after ?? before
  return value === null ? (LocalTime === null ? null : when) : `${when}, ${value}`
}

/** The name behind "By"; what acted by itself is the product. */
export function actorText(actor: string): string {
  return actor === 'gatehouse' ? correctionWords.itself : actor
}

function clockText(localTime: string, day: string): string {
  const isSameDay = localTime.startsWith(day)
  return isSameDay ? wallClock(localTime) : `${wallDayShort(localTime)} ${wallClock(localTime)}`
}

function valueText(value: string): string {
  const { direction } = words.punches
  if (Object.hasOwn(direction, value)) return direction[value as keyof typeof direction] // just looked up
  const { excuses } = correctionWords
  if (Object.hasOwn(excuses, value)) return excuses[value as keyof typeof excuses] // just looked up
  return value.replaceAll('_', ' ')
}
