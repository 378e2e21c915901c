import { fleet } from './en/fleet.ts'
import { pageWords } from './index.ts'

export type FleetWords = typeof fleet

/** Words of the pages about all terminals together, in the language shown. */
export const fleetWords: FleetWords = pageWords.fleet ?? fleet
