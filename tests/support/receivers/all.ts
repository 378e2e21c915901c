import { dotnet, spring } from './compiled.ts'
import { academy, church, cloudFunction, erp, walk } from './javascript.ts'
import { encryptedPhp, faculty, laravel, starterKit } from './php.ts'
import { essential, fleet, navari, odoo, school } from './python.ts'
import type { StandIn } from './stand-in.ts'

/** The sixteen receivers of cams-gateway 4, by row. */
export const receivers: readonly StandIn[] = [
  odoo,
  navari,
  starterKit,
  encryptedPhp,
  laravel,
  church,
  walk,
  spring,
  dotnet,
  faculty,
  essential,
  erp,
  school,
  academy,
  fleet,
  cloudFunction,
]
