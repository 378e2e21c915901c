import type { Flavour } from './access/flavour.ts'

/** What a model has been measured to want, beyond what it says itself. */
export type ModelQuirk = {
  readonly name: 'Handshake' | 'TransFlag' | 'Acknowledgement'
  /** Upload table in lower case, where it holds for one only. */
  readonly table?: string
  readonly value: string
  readonly source: string
}

/**
 * Quirks of a model, by what it calls itself and the platform of its firmware; only those that were measured and that
 * nothing the terminal does would show. Everything else is learned or set. iclock-push 4.2, 6.3, 15.
 */
export function quirksOf(told: {
  readonly model: string | undefined
  readonly firmware: string | undefined
  readonly pushVersion: string | undefined
  readonly flavour: Flavour
}): readonly ModelQuirk[] {
  const model = (told.model ?? '').toLowerCase().replace(/[^a-z0-9]/g, '')
  if (told.flavour === 'attendance') return model.startsWith('senseface2a') ? SHORT_BLOCK : []
  const isZam70 = /^zam70/i.test(told.firmware ?? '')
  return isZam70 && /\b3\.0/.test(told.pushVersion ?? '') ? BARE_FOR_PEOPLE : []
}

const SHORT_BLOCK: readonly ModelQuirk[] = [
  { name: 'Handshake', value: 'short', source: 'a SenseFace 2A took only a short block [SF2A-NODE]' },
]
const zam70 = 'a ZAM70 with Push 3.0 repeats it until it reads a bare OK [ZAM70-GO]'
const BARE_FOR_PEOPLE: readonly ModelQuirk[] = [
  { name: 'Acknowledgement', table: 'tabledata:user', value: 'bare', source: zam70 },
  { name: 'Acknowledgement', table: 'tabledata:attphoto', value: 'bare', source: zam70 },
]
