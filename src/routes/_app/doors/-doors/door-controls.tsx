import { useMutation } from '@tanstack/react-query'
import { useEffect, useId, useRef, useState } from 'react'
import { serverNow } from '../../../../api/clock.ts'
import { errorTextKey } from '../../../../api/error-text.ts'
import { useLink } from '../../../../api/link.ts'
import { operationMutation } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { Button } from '../../../../components/button/button.tsx'
import { HoldButton } from '../../../../components/confirm-action/hold-button.tsx'
import { doorName } from '../../../../components/doors/door-name.ts'
import type { Door } from '../../../../components/doors/door-state.tsx'
import { Segmented } from '../../../../components/segmented/segmented.tsx'
import { doorWords } from '../../../../words/door-pages.ts'
import { words } from '../../../../words/index.ts'
import styles from './door-controls.module.css'
import { DoorSetup } from './door-setup.tsx'

type Mode = Exclude<Door['Modes'][number], 'Normal'>
const spans = ['60', '300', '900', '3600', '28800', 'endless'] as const
type Span = (typeof spans)[number]
/** What is wanted most often first. */
const modeOrder = ['HoldOpen', 'Lock', 'HoldClosed'] as const satisfies readonly Mode[]

/** Seconds a terminal counts itself (gateway/doors/door-orders.ts). */
const countedMax = 254

/** Holding, locking and returning a door, folded away until somebody wants it. Nothing for those without the right. */
export function DoorControls({ door }: { readonly door: Door }) {
  const w = doorWords.controls
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  const panel = useRef<HTMLDivElement>(null)
  const may = useCan('doors:operate')
  const maySetUp = useCan('doors:schedule')
  // What was opened is wanted: down to its last control it is brought clear of the phone's tab bar.
  useEffect(() => {
    if (isOpen) panel.current?.scrollIntoView({ block: 'nearest' })
  }, [isOpen])
  if (!may) return null
  return (
    <div className={styles.controls}>
      <Button
        look="quiet"
        size="small"
        icon={isOpen ? 'chevronUp' : 'chevronDown'}
        aria-expanded={isOpen}
        aria-controls={id}
        aria-label={w.title(doorName(door))}
        onClick={() => setOpen(!isOpen)}
      >
        {w.more}
      </Button>
      <div id={id} ref={panel} className={styles.panel} hidden={!isOpen}>
        {isOpen && (
          <>
            {door.Modes.length === 0 ? <p className={styles.hint}>{w.cannot}</p> : <HoldForm door={door} />}
            {maySetUp && <DoorSetup door={door} />}
          </>
        )}
      </div>
    </div>
  )
}

function HoldForm({ door }: { readonly door: Door }) {
  const w = doorWords.controls
  const link = useLink()
  const reasonId = useId()
  const modes = modeOrder.filter(mode => door.Modes.includes(mode))
  const [mode, setMode] = useState<Mode>(modes[0] ?? 'HoldOpen')
  const [span, setSpan] = useState<Span>('300')
  const [reason, setReason] = useState('')
  const lock = useMutation(operationMutation('doors.lock'))
  const name = doorName(door)
  const spanText = span === 'endless' ? w.presets.endless : w.presets[span]
  const label = span === 'endless' ? w.confirmEndless(w.modes[mode]) : w.confirm(w.modes[mode], spanText)
  const isCounted = mode === 'HoldOpen' && span !== 'endless' && Number(span) <= countedMax
  const why =
    link.state === 'offline'
      ? words.states.confirm.offline
      : door.Online
        ? door.ReasonRequired && reason.trim() === ''
          ? w.reasonNeeded
          : undefined
        : w.refused
  const order = (Mode: Mode | 'Normal', idempotencyKey: string) => {
    const Until =
      Mode === 'Normal' || span === 'endless'
        ? {}
        : { Until: new Date(serverNow() + Number(span) * 1000).toISOString() }
    const about = reason.trim() === '' ? {} : { Reason: reason.trim() }
    lock.mutate({
      input: { DeviceSN: door.DeviceSN, DoorNo: door.DoorNo, Mode, ...Until, ...about },
      idempotencyKey,
    })
  }
  return (
    <div className={styles.form}>
      <Segmented
        label={w.mode}
        value={mode}
        options={modes.map(value => ({ value, label: w.modes[value] }))}
        onChange={setMode}
      />
      <p className={styles.hint}>{w.modeHints[mode]}</p>
      <Segmented
        label={w.until}
        value={span}
        options={spans.map(value => ({ value, label: w.presets[value] }))}
        onChange={setSpan}
      />
      <p className={styles.hint}>{span === 'endless' ? w.endlessHint : isCounted ? w.counted : w.ordered}</p>
      <label className={styles.reason} htmlFor={reasonId}>
        {w.reason}
        <input
          id={reasonId}
          className="gh-input"
          value={reason}
          maxLength={200}
          autoComplete="off"
          required={door.ReasonRequired}
          onChange={event => setReason(event.target.value)}
        />
      </label>
      <HoldButton
        full
        icon={mode === 'HoldOpen' ? 'doors' : 'lock'}
        label={label}
        action={w.action(label, name)}
        busy={lock.isPending}
        disabledWhy={why}
        onConfirm={key => order(mode, key)}
      />
      <HoldButton
        full
        look="quiet"
        icon="restart"
        label={w.normal}
        action={w.normalAction(name)}
        busy={lock.isPending}
        disabledWhy={why}
        onConfirm={key => order('Normal', key)}
      />
      <p role="status" className={styles.status}>
        {lock.data?.status === 409 && w.refused}
        {lock.isError && failureText(lock.error)}
      </p>
    </div>
  )
}

function failureText(error: unknown): string {
  const key = errorTextKey(error)
  if (key === 'second') return doorWords.controls.secondAsked
  const { title, advice } = words.errors[key]
  return `${title}. ${advice}`
}
