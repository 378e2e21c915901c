import type { MigrationStep } from '#platform/database/migrate.ts'
import { foundation } from './0001-foundation.ts'
import { webhooks } from './0002-webhooks.ts'
import { profiles } from './0003-profiles.ts'
import { clocks } from './0004-clocks.ts'
import { access } from './0005-access.ts'
import { schedules } from './0006-schedules.ts'
import { callbackForms } from './0007-callback-forms.ts'
import { photos } from './0008-photos.ts'
import { plans } from './0009-plans.ts'
import { corrections } from './0011-corrections.ts'
import { closing } from './0012-closing.ts'
import { payroll } from './0013-payroll.ts'
import { people } from './0014-people.ts'
import { doorHolds } from './0017-door-holds.ts'
import { doorEmergencies } from './0018-door-emergencies.ts'
import { alerts } from './0019-alerts.ts'
import { health } from './0020-health.ts'
import { replacements } from './0021-replacements.ts'
import { webhookConsole } from './0022-webhook-console.ts'
import { lanesWithABacklog } from './0023-lanes-with-a-backlog.ts'
import { rollups } from './0024-rollups.ts'
import { repairsOfIncidents } from './0025-repairs-of-incidents.ts'
import { simulatedMemory } from './0027-simulated-memory.ts'
import { peopleSearch } from './0028-people-search.ts'
import { alarmEscalation } from './0029-alarm-escalation.ts'
import { alertFacts } from './0031-alert-facts.ts'
import { firstKnownDayStep } from './0033-first-known-day.ts'
import { bookedPunches } from './0034-booked-punches.ts'
import { privilegeNobodySaid } from './0037-privilege-nobody-said.ts'
import { doorExtra } from './0038-door-extra.ts'

/** Every step, in order, by name; a landed step is never edited. */
export const migrations: Readonly<Record<string, MigrationStep>> = {
  '0001-foundation': foundation,
  '0002-webhooks': webhooks,
  '0003-profiles': profiles,
  '0004-clocks': clocks,
  '0005-access': access,
  '0006-schedules': schedules,
  '0007-callback-forms': callbackForms,
  '0008-photos': photos,
  '0022-webhook-console': webhookConsole,
  '0023-lanes-with-a-backlog': lanesWithABacklog,
  '0017-door-holds': doorHolds,
  '0018-door-emergencies': doorEmergencies,
  '0013-payroll': payroll,
  '0011-corrections': corrections,
  '0012-closing': closing,
  '0009-plans': plans,
  '0024-rollups': rollups,
  '0019-alerts': alerts,
  '0020-health': health,
  '0021-replacements': replacements,
  '0014-people': people,
  '0025-repairs-of-incidents': repairsOfIncidents,
  '0029-alarm-escalation': alarmEscalation,
  '0031-alert-facts': alertFacts,
  '0027-simulated-memory': simulatedMemory,
  '0028-people-search': peopleSearch,
  '0033-first-known-day': firstKnownDayStep,
  '0034-booked-punches': bookedPunches,
  '0037-privilege-nobody-said': privilegeNobodySaid,
  '0038-door-extra': doorExtra,
}
