import { serverNow } from '../../../../api/clock.ts'
import { useSession } from '../../../../api/session.ts'
import { today } from '../../../../format/time.ts'

/** Today on the wall clock of the site. */
export function useToday(): string {
  const session = useSession()
  return today(session?.TimeZone ?? 'UTC', serverNow())
}
