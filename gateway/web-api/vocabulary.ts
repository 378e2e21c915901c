import type { z } from 'zod'
import type { Direction, Modality } from '#contract/entities/punch.ts'

type DirectionWord = z.output<typeof Direction>
type ModalityWord = z.output<typeof Modality>

/** `InputType` of Web API 2.0 and 3.0 (cams-gateway 2.2); CAMS's own starter kit knows `Others` too. */
const inputTypes = {
  fingerprint: 'Fingerprint',
  face: 'Face',
  card: 'Card',
  palm: 'Palm',
  fingervein: 'FingerVein',
  iris: 'Iris',
  retina: 'Retina',
  password: 'Password',
  others: 'Others',
} as const satisfies Record<ModalityWord, string>

/** The way somebody identified himself, in the words of Web API 2.0 and 3.0. */
export function inputTypeOf(modality: ModalityWord): string {
  return inputTypes[modality]
}

/**
 * `Type` of Web API 3.0. That generation has no word for "no key pressed"; its terminals record those as CheckIn
 * (cams-gateway 5, IN/OUT), and receivers look a word up that they must find.
 */
export function punchTypeOf(direction: DirectionWord): string {
  return direction === 'None' ? 'CheckIn' : direction
}

/** `att_type` of Web API 1.0: in or out is all it knows. */
export function sideOf(direction: DirectionWord): 'i' | 'o' {
  return direction.endsWith('Out') ? 'o' : 'i'
}

/** `Temperature` is text and always there: receivers exist that fail without it (cams-gateway 2.2). */
export function temperatureText(celsius: number | null): string {
  return (celsius ?? 0).toFixed(1)
}
