import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useActorName } from '../../api/actors.ts'
import { operationQuery } from '../../api/query.ts'
import { count } from '../../format/number.ts'
import { doorWords } from '../../words/door-pages.ts'
import { useLasting } from '../age/age.tsx'
import { Icon } from '../icon/icon.tsx'
import styles from './emergency-banner.module.css'

const lookMs = 10_000

/** Says on every page that an emergency is under way, how far it is, and where to look. */
export function EmergencyBanner() {
  const { data } = useQuery({
    ...operationQuery('doors.emergencies', { Active: true }),
    refetchInterval: lookMs,
    retry: false,
  })
  return (
    <div role="alert">
      {data?.Emergencies.map(emergency => (
        <Line key={emergency.EmergencyID} emergency={emergency} />
      ))}
    </div>
  )
}

type Active = NonNullable<
  Awaited<ReturnType<NonNullable<ReturnType<typeof operationQuery<'doors.emergencies'>>['queryFn']>>>
>['Emergencies'][number]

function Line({ emergency }: { readonly emergency: Active }) {
  const w = doorWords.emergency
  const lasted = useLasting(emergency.StartedAt)
  const who = useActorName()(emergency.StartedBy)
  const parts = [
    emergency.ScopeName || w.everything,
    emergency.MovesRelays
      ? w.progress(count(emergency.Confirmed), count(emergency.Doors))
      : w.drillProgress(count(emergency.Doors - emergency.Unreachable), count(emergency.Doors)),
    w.since(lasted),
    who ? w.startedBy(who) : '',
  ]
  return (
    <p className={styles.banner} data-drill={emergency.Drill || undefined}>
      <Icon name="warning" />
      <strong>{`${emergency.Drill ? `${w.marked}: ` : ''}${w.kinds[emergency.Kind]}`}</strong>
      <span>{parts.filter(Boolean).join(' · ')}</span>
      <Link to="/doors/emergency/$emergencyID" params={{ emergencyID: emergency.EmergencyID }}>
        {w.open}
      </Link>
    </p>
  )
}
