import type { OperationAnswer } from '#contract/types.ts'
import { Badge } from '../../../../components/badge/badge.tsx'
import { fleetWords } from '../../../../words/fleet.ts'

export type Incident = OperationAnswer<'devices.incidents'>['Incidents'][number]

/** What it is about, in one line. */
export function incidentTitle(incident: Incident): string {
  const w = fleetWords.incidents
  if (incident.Devices <= 1) return incident.LabelName
  const shared = incident.SharedSite
    ? w.shared.site(incident.SharedSite)
    : incident.SharedPrefix
      ? w.shared.prefix(incident.SharedPrefix)
      : incident.SharedFirmware
        ? w.shared.firmware(incident.SharedFirmware)
        : ''
  return [w.many(incident.Devices), shared].filter(Boolean).join(', ')
}

/** Its kind and, of an absence, why. */
export function IncidentBadge({ incident }: { readonly incident: Incident }) {
  const w = fleetWords.incidents
  const text = incident.Cause ? w.causes[incident.Cause] : w.kinds[incident.Kind]
  return <Badge tone={incident.EndedAt === null ? 'danger' : 'neutral'}>{text}</Badge>
}
