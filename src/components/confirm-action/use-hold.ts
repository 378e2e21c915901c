import { type KeyboardEvent, type MouseEvent, type PointerEvent, useEffect, useRef, useState } from 'react'
import { words } from '../../words/index.ts'
import { keepSteady } from './steady-page.ts'

/** `holding`: the pointer is down; `released`: too early, the button says how; `armed`: asked once by keyboard. */
export type HoldPhase = 'idle' | 'holding' | 'released' | 'armed'

export const holdMs = 1000
export const armedMs = 3000
const hintMs = 1800
/** A finger is not a point: this far beside the control it still holds it. */
const slackPx = 12

/**
 * The two ways to mean it: a pointer held for a second, or two activations within three. Anything that activates a
 * button without a pointer (Enter, Space, a switch, a screen reader) takes the second way, so nobody is shut out.
 */
export function useHold(options: { action: string; disabled: boolean; onConfirm: () => void }) {
  const [phase, setPhase] = useState<HoldPhase>('idle')
  const [announcement, setAnnouncement] = useState('')
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  /** Where the control was when it was pressed, and how to let the page move again. */
  const pressed = useRef<{ readonly box: DOMRect; readonly letGo: () => void } | null>(null)
  const latest = useRef(options)
  useEffect(() => {
    latest.current = options
  })
  const unpress = () => {
    pressed.current?.letGo()
    pressed.current = null
  }
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      pressed.current?.letGo()
    },
    [],
  )

  const enter = (next: HoldPhase, say: string) => {
    clearTimeout(timer.current)
    if (next !== 'holding') unpress()
    setPhase(next)
    setAnnouncement(say)
  }
  const confirm = () => {
    // It may have become impossible while the button was held, for example because the link was lost.
    if (latest.current.disabled) return enter('idle', words.states.confirm.lapsed)
    enter('idle', words.states.confirm.confirmed(options.action))
    navigator.vibrate?.(30)
    latest.current.onConfirm()
  }
  const release = () => {
    if (phase !== 'holding') return
    enter('released', words.states.confirm.released)
    timer.current = setTimeout(() => setPhase('idle'), hintMs)
  }
  const disarm = () => {
    if (phase === 'armed') enter('idle', words.states.confirm.lapsed)
  }

  return {
    phase,
    announcement,
    handlers: {
      onPointerDown(event: PointerEvent<HTMLButtonElement>) {
        if (options.disabled || event.button !== 0 || !event.isPrimary) return
        // Captured, so that a page that moves under the finger does not let go; sliding off is measured below.
        event.currentTarget.setPointerCapture(event.pointerId)
        pressed.current = { box: event.currentTarget.getBoundingClientRect(), letGo: keepSteady() }
        enter('holding', '')
        timer.current = setTimeout(confirm, holdMs)
      },
      onPointerUp: release,
      onPointerMove({ clientX, clientY }: PointerEvent<HTMLButtonElement>) {
        const box = pressed.current?.box
        if (!box) return
        const isOff =
          clientX < box.left - slackPx ||
          clientX > box.right + slackPx ||
          clientY < box.top - slackPx ||
          clientY > box.bottom + slackPx
        if (isOff) release()
      },
      onPointerCancel: release,
      onContextMenu(event: MouseEvent) {
        if (phase === 'holding') event.preventDefault()
      },
      onKeyDown(event: KeyboardEvent) {
        // A key held down repeats its click; one long press must not count as two.
        if (event.repeat) event.preventDefault()
        if (event.key === 'Escape') disarm()
      },
      onClick(event: MouseEvent) {
        // A pointer's click has a count; zero means keyboard, switch or assistive technology.
        if (options.disabled || event.detail !== 0) return
        if (phase === 'armed') return confirm()
        enter('armed', words.states.confirm.againAnnounced(options.action))
        timer.current = setTimeout(() => enter('idle', words.states.confirm.lapsed), armedMs)
      },
      onBlur() {
        release()
        disarm()
      },
    },
  }
}
