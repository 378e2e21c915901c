import { useEffect, useRef, useSyncExternalStore } from 'react'
import { doorWords } from '../../../words/door-pages.ts'
import { doorName } from '../door-name.ts'
import type { Alarm } from './for-whom.ts'

export type NotifyPermission = NotificationPermission | 'unsupported'

const listeners = new Set<() => void>()

/** Whether this browser lets us notify. It keeps that by itself; an account's wish is another matter. */
export function useNotifyPermission(): NotifyPermission {
  return useSyncExternalStore(subscribe, readPermission)
}

/** Asks the browser's question; only from a click, or browsers answer no by themselves. */
export async function askToNotify(): Promise<NotifyPermission> {
  if (readPermission() === 'default') await Notification.requestPermission()
  for (const listener of listeners) listener()
  return readPermission()
}

/** A notification for each alarm that begins to be told while this is open; what was there before is on the page. */
export function useAlarmNotifications(alarms: readonly Alarm[] | undefined, on: boolean): void {
  const told = useRef<ReadonlySet<string> | null>(null)
  useEffect(() => {
    if (alarms === undefined) return
    const known = told.current
    // Those that are not told any more are forgotten: raised again, or awake again, they are news.
    told.current = new Set(alarms.map(({ AlarmID }) => AlarmID))
    if (known === null || !on) return
    for (const alarm of alarms) if (!known.has(alarm.AlarmID)) notify(alarm)
  }, [alarms, on])
}

function notify(alarm: Alarm): void {
  const w = doorWords.alarms
  const notification = new Notification(w.alarmOf(w.kinds[alarm.Kind], doorName(alarm)), {
    body: alarm.Site,
    // The same from several tabs is one.
    tag: `door-alarm-${alarm.AlarmID}`,
    silent: !alarm.Sound,
  })
  notification.addEventListener('click', () => {
    window.focus()
    notification.close()
  })
}

function readPermission(): NotifyPermission {
  return 'Notification' in window ? Notification.permission : 'unsupported'
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
