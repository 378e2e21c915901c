import { Link } from '@tanstack/react-router'
import type { OperationAnswer } from '#contract/types.ts'
import { useCan } from '../../../../api/session.ts'
import { useAge } from '../../../../components/age/age.tsx'
import { Badge } from '../../../../components/badge/badge.tsx'
import { incidentText } from '../../../../components/health/alert-text.ts'
import { RepairLink } from '../../../../components/repairs/repair-link.tsx'
import { spanExact } from '../../../../format/span.ts'
import { instantFull } from '../../../../format/time.ts'
import { repairsWords } from '../../../../words/repairs.ts'
import { terminalWords } from '../../../../words/terminal.ts'
import styles from './incident-item.module.css'
import type { DeviceTab } from './search.ts'

export type Incident = OperationAnswer<'devices.incidents'>['Incidents'][number]

/** Where the cure of each kind is. */
const cures: Record<Incident['Kind'], DeviceTab> = {
  Offline: 'health',
  Clock: 'clock',
  Flood: 'security',
  RepeatedUpload: 'profile',
  SharedSerial: 'security',
  WrongKey: 'security',
  TooLarge: 'overview',
}

/** One incident: what was seen, since when or for how long, and what to do about it while it lasts. */
export function IncidentItem({
  incident,
  deviceSN,
  timeZone,
}: {
  readonly incident: Incident
  /** The terminal whose page it is shown on: an incident may be about several. */
  readonly deviceSN: string
  readonly timeZone: string
}) {
  const w = terminalWords.incidents
  const isOpen = incident.EndedAt === null
  return (
    <li className={styles.item}>
      <div className={styles.head}>
        <h3 className={styles.title}>{w.kinds[incident.Kind]}</h3>
        <Badge tone={isOpen ? 'danger' : 'neutral'} icon={isOpen ? 'warning' : 'check'}>
          {isOpen ? w.open : w.ended}
        </Badge>
        <Times incident={incident} timeZone={timeZone} />
      </div>
      <dl className={styles.facts}>
        {/* Of the other kinds the subject is said in what was seen. */}
        {incident.Kind === 'RepeatedUpload' && (
          <>
            <dt>{w.table}</dt>
            <dd>{incident.Subject}</dd>
          </>
        )}
        <dt>{w.detail}</dt>
        <dd>{incidentText(incident)}</dd>
        {isOpen && (
          <>
            <dt>{w.advice}</dt>
            <dd>
              {w.what[incident.Kind]}{' '}
              <Link from="/devices/$deviceSN" to="." search={{ tab: cures[incident.Kind] }}>
                {w.go[incident.Kind]}
              </Link>
            </dd>
          </>
        )}
        {incident.Kind === 'Offline' && <Repair incident={incident} deviceSN={deviceSN} />}
      </dl>
    </li>
  )
}

/** What it cost and what was done about that: for those who may correct, or where something was done. */
function Repair({ incident, deviceSN }: { readonly incident: Incident; readonly deviceSN: string }) {
  const mayCorrect = useCan('attendance:correct')
  if (!mayCorrect && incident.Repairs === 0) return null
  return (
    <>
      <dt>{repairsWords.title}</dt>
      <dd className={styles.repair}>
        {incident.Repairs > 0 && (
          <Link to="/devices/incidents" search={{ incident: incident.IncidentID }}>
            {repairsWords.times(incident.Repairs)}
          </Link>
        )}
        <RepairLink incidentId={incident.IncidentID} deviceSN={deviceSN} />
      </dd>
    </>
  )
}

function Times({ incident, timeZone }: { readonly incident: Incident; readonly timeZone: string }) {
  const w = terminalWords.incidents
  const began = useAge(incident.StartedAt)
  const last = useAge(incident.LastAt)
  const { EndedAt, StartedAt, Times: times } = incident
  const when =
    EndedAt === null
      ? [w.began(began), w.times(times), w.last(last)]
      : [
          instantFull(StartedAt, timeZone),
          w.lasted(spanExact((Date.parse(EndedAt) - Date.parse(StartedAt)) / 1000)),
          w.times(times),
        ]
  return (
    <span className={styles.times} title={instantFull(StartedAt, timeZone)}>
      {when.join(' · ')}
    </span>
  )
}
