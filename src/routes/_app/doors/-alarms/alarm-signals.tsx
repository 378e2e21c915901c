import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { AlarmSignalsBody } from '#contract/dashboard/session.ts'
import { saveAlarmSignals } from '../../../../api/alarm-signals.ts'
import { errorTextKey } from '../../../../api/error-text.ts'
import { useSession } from '../../../../api/session.ts'
import { Button } from '../../../../components/button/button.tsx'
import {
  askToNotify,
  useNotifyPermission,
} from '../../../../components/doors/alarm-watch/use-alarm-notifications.ts'
import { doorWords } from '../../../../words/door-pages.ts'
import { words } from '../../../../words/index.ts'
import styles from './alarms-page.module.css'

/** How this account hears of alarms, on every page: kept with the account. The browser is asked by a button only. */
export function AlarmSignals() {
  const w = doorWords.alarms
  const session = useSession()
  const queryClient = useQueryClient()
  const permission = useNotifyPermission()
  const save = useMutation({
    mutationFn: (signals: AlarmSignalsBody) => saveAlarmSignals(queryClient, signals),
  })
  if (!session) return null
  const { Sound, Notify } = session.AlarmSignals
  const isNotifying = Notify && permission === 'granted'
  const toggleNotify = async () => {
    if (isNotifying) return save.mutate({ Sound, Notify: false })
    if ((await askToNotify()) === 'granted') save.mutate({ Sound, Notify: true })
  }
  const isRefused = permission === 'denied' || permission === 'unsupported'
  return (
    <fieldset className={styles.signals}>
      <legend className="visually-hidden">{w.signals}</legend>
      <Button
        size="small"
        aria-pressed={Sound}
        busy={save.isPending}
        onClick={() => save.mutate({ Sound: !Sound, Notify })}
      >
        {Sound ? w.soundOn : w.soundOff}
      </Button>
      <Button
        size="small"
        aria-pressed={isNotifying}
        busy={save.isPending}
        disabled={isRefused}
        onClick={() => void toggleNotify()}
      >
        {isNotifying ? w.notifyOn : w.notify}
      </Button>
      <span className={styles.hint}>
        {save.isError
          ? words.errors[errorTextKey(save.error)].title
          : isRefused
            ? permission === 'denied'
              ? w.notifyDenied
              : w.notifyUnsupported
            : w.signalsHint}
      </span>
    </fieldset>
  )
}
