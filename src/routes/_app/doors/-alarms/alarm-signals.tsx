import { useEffect, useRef, useState } from 'react'
import type { OperationAnswer } from '#contract/types.ts'
import { Button } from '../../../../components/button/button.tsx'
import { doorWords } from '../../../../words/door-pages.ts'

type Alarm = OperationAnswer<'doors.alarms'>['Alarms'][number]

const soundKey = 'gatehouse-alarm-sound'
const beepEveryMs = 4000

/** Sound and browser notification for alarms a rule wants heard. Duress makes neither: it is only seen. */
export function AlarmSignals({ alarms }: { readonly alarms: readonly Alarm[] }) {
  const w = doorWords.alarms
  const [isLoud, setLoud] = useState(() => localStorage.getItem(soundKey) !== 'off')
  const [permission, setPermission] = useState(() =>
    'Notification' in window ? Notification.permission : 'denied',
  )
  const loud = alarms.filter(({ Sound, Silent }) => Sound && !Silent)
  useBeep(isLoud && loud.length > 0)
  useNotifications(loud, permission === 'granted')
  const toggle = () => {
    localStorage.setItem(soundKey, isLoud ? 'off' : 'on')
    setLoud(!isLoud)
  }
  return (
    <>
      <Button size="small" aria-pressed={isLoud} title={w.sound} onClick={toggle}>
        {isLoud ? w.soundOn : w.soundOff}
      </Button>
      {permission === 'default' && (
        <Button
          size="small"
          onClick={() => void Notification.requestPermission().then(answer => setPermission(answer))}
        >
          {w.notify}
        </Button>
      )}
      {permission === 'granted' && <span className="tabular">{w.notifyOn}</span>}
    </>
  )
}

/** Two short tones while something is unheard. Browsers allow it once somebody has touched the page. */
function useBeep(on: boolean): void {
  useEffect(() => {
    if (!on) return
    const audio = new AudioContext()
    const beep = () => {
      for (const [at, pitch] of [
        [0, 880],
        [0.22, 660],
      ] as const) {
        const tone = audio.createOscillator()
        const volume = audio.createGain()
        tone.frequency.value = pitch
        volume.gain.value = 0.08
        tone.connect(volume).connect(audio.destination)
        tone.start(audio.currentTime + at)
        tone.stop(audio.currentTime + at + 0.16)
      }
    }
    beep()
    const timer = setInterval(beep, beepEveryMs)
    return () => {
      clearInterval(timer)
      void audio.close()
    }
  }, [on])
}

function useNotifications(alarms: readonly Alarm[], on: boolean): void {
  const told = useRef<Set<string> | null>(null)
  useEffect(() => {
    const known = told.current
    told.current = new Set([...(known ?? []), ...alarms.map(({ AlarmID }) => AlarmID)])
    // What was there when the page was opened is on it already.
    if (known === null || !on) return
    for (const { AlarmID, Kind, LabelName, Site } of alarms)
      if (!known.has(AlarmID))
        new Notification(doorWords.alarms.alarmOf(doorWords.alarms.kinds[Kind], LabelName), {
          body: Site,
          tag: `door-alarm-${AlarmID}`,
        })
  }, [alarms, on])
}
