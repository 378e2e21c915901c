import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { operationQuery } from '../../../../api/query.ts'
import { Walk } from '../../../../components/side-sheet/walk.tsx'
import { count } from '../../../../format/number.ts'
import { words } from '../../../../words/index.ts'
import { terminalWords } from '../../../../words/terminal.ts'
import styles from './device-page.module.css'
import type { DeviceTab } from './search.ts'

/** To the terminal before or after this one in the list of devices, staying in the same section. J and K do the same. */
export function DeviceWalk({ deviceSN, tab }: { readonly deviceSN: string; readonly tab: DeviceTab }) {
  const navigate = useNavigate()
  const { data } = useQuery(operationQuery('devices.list', {}))
  const trusted = data?.Devices.filter(device => device.Adoption === 'Adopted') ?? []
  const index = trusted.findIndex(device => device.DeviceSN === deviceSN)
  const go = (step: 1 | -1) => {
    const next = index < 0 ? undefined : trusted[index + step]
    if (next === undefined) return
    void navigate({
      to: '/devices/$deviceSN',
      params: { deviceSN: next.DeviceSN },
      search: tab === 'overview' ? {} : { tab },
      // Going back leads to where the walk began.
      replace: true,
    })
  }
  useStepKeys(go)
  // A terminal that waits to be adopted stands in no list to walk through.
  if (index < 0) return null
  return (
    <>
      <span className={styles.place}>
        {words.states.table.ofRows(count(index + 1), count(trusted.length))}
      </span>
      <Walk index={index} length={trusted.length} labels={terminalWords.walk} onStep={go} />
    </>
  )
}

function useStepKeys(onStep: (step: 1 | -1) => void): void {
  const latest = useRef(onStep)
  useEffect(() => {
    latest.current = onStep
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTaken(event.target)) return
      if (event.key === 'j') latest.current(1)
      if (event.key === 'k') latest.current(-1)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

/** Letters belong to the field or the dialog that has the focus. */
function isTaken(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input:not([type=radio], [type=checkbox]), textarea, select, dialog') !== null
  )
}
