import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { SessionBody } from '#contract/dashboard/session.ts'
import { saveAlarmSignals } from '../../../api/alarm-signals.ts'
import { useFallbackInterval } from '../../../api/link.ts'
import { stayListening } from '../../../api/live.ts'
import { operationQuery } from '../../../api/query.ts'
import { count } from '../../../format/number.ts'
import { doorWords } from '../../../words/door-pages.ts'
import { Icon } from '../../icon/icon.tsx'
import styles from './alarm-watch.module.css'
import { Bell } from './bell.tsx'
import { isFor, toldAloud, toldTo } from './for-whom.ts'
import { useAlarmNotifications, useNotifyPermission } from './use-alarm-notifications.ts'
import { useAlarmSound } from './use-alarm-sound.ts'

/** Door alarms on every page: how many nobody has taken, the sound and the notification for them, and the way to mute. */
export function AlarmWatch({ session }: { readonly session: SessionBody }) {
  const w = doorWords.alarms
  const queryClient = useQueryClient()
  const { data } = useQuery({
    ...operationQuery('doors.alarms', { Open: true }),
    refetchInterval: useFallbackInterval(),
    // Somebody listens to a tab they do not look at.
    refetchIntervalInBackground: true,
    retry: false,
  })
  const { Sound, Notify } = session.AlarmSignals
  const aloud = data ? toldAloud(data.Alarms, session) : []
  const isRinging = Sound && aloud.some(alarm => alarm.Sound)
  const isHeldBack = useAlarmSound(isRinging)
  const permission = useNotifyPermission()
  useAlarmNotifications(data && toldTo(data.Alarms, session), Notify && permission === 'granted')
  useEffect(() => {
    stayListening(Sound || Notify)
    return () => stayListening(false)
  }, [Sound, Notify])

  const raised = (data?.Alarms ?? []).filter(alarm => alarm.State === 'Raised' && isFor(alarm, session))
  const duress = raised.filter(({ Silent }) => Silent).length
  const toggle = () => void saveAlarmSignals(queryClient, { Sound: !Sound, Notify }).catch(() => undefined)
  return (
    <span className={styles.watch} data-ringing={isRinging || undefined}>
      <span role="status" className={styles.raised}>
        <Raised many={duress} label={w.duressCount(duress)} isDuress />
        <Raised many={raised.length - duress} label={w.raisedCount(raised.length - duress)} />
      </span>
      <button
        type="button"
        className={styles.bell}
        aria-pressed={Sound}
        aria-label={w.soundSwitch}
        title={isHeldBack ? w.soundHeldBack : Sound ? w.soundIsOn : w.soundIsOff}
        onClick={toggle}
      >
        <Bell off={!Sound} />
        {isHeldBack && <span className={styles.hint}>{w.soundHeldBackShort}</span>}
      </button>
    </span>
  )
}

/** Duress has a colour of its own, so that it is seen without being heard. */
function Raised({
  many,
  label,
  isDuress = false,
}: {
  readonly many: number
  readonly label: string
  readonly isDuress?: boolean
}) {
  if (many === 0) return null
  return (
    <Link
      to="/doors/alarms"
      className={styles.open}
      data-duress={isDuress || undefined}
      aria-label={label}
      title={label}
    >
      <Icon name="warning" />
      {count(many)}
    </Link>
  )
}
