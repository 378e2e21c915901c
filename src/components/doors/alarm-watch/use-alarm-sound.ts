import { useEffect, useState } from 'react'

const beepEveryMs = 4000
const patienceMs = 300
const lockName = 'gatehouse-alarm-sound'

/**
 * Two short tones every few seconds while something is to be heard, in one tab only. Answers whether the browser holds
 * the sound back: it allows none before somebody has touched the page.
 */
export function useAlarmSound(on: boolean): boolean {
  const [isHeldBack, setHeldBack] = useState(false)
  useEffect(() => {
    if (!on) return
    const over = new AbortController()
    const audio = new AudioContext()
    void untilAllowed(audio, over.signal, setHeldBack)
      .then(() => inOneTab(over.signal, () => ring(audio, over.signal)))
      .catch(() => undefined)
    return () => {
      over.abort()
      setHeldBack(false)
      void audio.close()
    }
  }, [on])
  return isHeldBack
}

/** A tab that may not make a sound yet must not keep another one from making it. */
async function untilAllowed(
  audio: AudioContext,
  over: AbortSignal,
  onHeldBack: (is: boolean) => void,
): Promise<void> {
  const running = new Promise<void>(resolve => {
    const look = () => audio.state === 'running' && resolve()
    audio.addEventListener('statechange', look, { signal: over })
    look()
  })
  const touched = () => void audio.resume().catch(() => undefined)
  for (const event of ['pointerdown', 'keydown'] as const)
    window.addEventListener(event, touched, { signal: over })
  // It answers late or never where it is not allowed.
  void audio.resume().catch(() => undefined)
  const soon = new Promise<'late'>(resolve => setTimeout(() => resolve('late'), patienceMs))
  if ((await Promise.race([running, soon])) === 'late' && !over.aborted) onHeldBack(true)
  await running
  if (!over.aborted) onHeldBack(false)
}

/** Locks are there on https and on this machine only; elsewhere each tab rings for itself. */
async function inOneTab(over: AbortSignal, act: () => Promise<void>): Promise<void> {
  if (over.aborted) return
  if (!('locks' in navigator)) return act()
  await navigator.locks.request(lockName, { signal: over }, act)
}

/** Rings until it is over. */
function ring(audio: AudioContext, over: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (over.aborted) return resolve()
    beep(audio)
    const timer = setInterval(() => beep(audio), beepEveryMs)
    over.addEventListener('abort', () => {
      clearInterval(timer)
      resolve()
    })
  })
}

function beep(audio: AudioContext): void {
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
