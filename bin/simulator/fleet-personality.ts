import { type PersonalityName, personalities } from './traits.ts'

/** What all of a fleet are: attendance terminals with these personalities, or door controllers. */
export type FleetPersonality =
  | { kind: 'terminals'; names: readonly PersonalityName[] }
  | { kind: 'controllers' }

const controllers = 'door-controller'
const controllersSummary =
  'access flavour: four doors with sensors, people who go through and some who may not'

/** Reads one name, or several with commas; the name nobody knows or that goes with no other is thrown out by name. */
export function readPersonality(text: string): FleetPersonality | { unknown: string } {
  const names = text.split(',').map(name => name.trim())
  if (names.length === 1 && names[0] === controllers) return { kind: 'controllers' }
  const unknown = names.find(name => !isPersonality(name))
  if (unknown !== undefined) return { unknown }
  return { kind: 'terminals', names: names.filter(isPersonality) }
}

/** Every personality with what it is, a line each. */
export function personalityList(): string[] {
  const all = [...Object.entries(personalities).map(([name, { summary }]) => [name, summary] as const)]
  return [...all, [controllers, controllersSummary] as const].map(
    ([name, summary]) => `${name.padEnd(18)} ${summary}`,
  )
}

function isPersonality(name: string): name is PersonalityName {
  return Object.hasOwn(personalities, name)
}
