import type { z } from 'zod'
import type { CredentialInfo } from '#contract/entities/people.ts'

type CredentialType = z.output<typeof CredentialInfo>['Type']

/** Biometric types by number (iclock-push 11.5), in the contract's words. */
const typeNames: ReadonlyMap<number, CredentialType> = new Map([
  [0, 'General'],
  [1, 'Fingerprint'],
  [2, 'Face'],
  [3, 'Voice'],
  [4, 'Iris'],
  [5, 'Retina'],
  [6, 'Palm'],
  [7, 'FingerVein'],
  [8, 'Palm'],
  [9, 'Face'],
  [10, 'Palm'],
])

export const fingerprintType = 1
export const nearInfraredFace = 2
export const visibleFace = 9
export const faceTypes: readonly number[] = [nearInfraredFace, visibleFace]
export const palmTypes: readonly number[] = [6, 8, 10]

/** The contract's word for a type. */
export function typeName(type: number): CredentialType {
  return typeNames.get(type) ?? 'General'
}

/** What a thing on a terminal is called: `bio:1:6:0` is Fingerprint 6. */
export function itemName(item: string): string {
  if (item === 'user') return 'User'
  if (item === 'photo') return 'Photo'
  const [kind, first = '', second = ''] = item.split(':')
  if (kind === 'right') return second === '' ? `Right ${first}` : `Right ${first}, door ${second}`
  if (kind !== 'bio') return item
  const name = typeName(Number(first))
  return name === 'Fingerprint' || name === 'FingerVein' ? `${name} ${second}` : name
}

/** The key of a template among the things a terminal holds. */
export function bioItem(template: { bio_type: number; no: number; idx: number }): string {
  return `bio:${template.bio_type}:${template.no}:${template.idx}`
}
