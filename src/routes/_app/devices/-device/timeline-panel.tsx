import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { OperationAnswer } from '#contract/types.ts'
import { operationInfiniteQuery } from '../../../../api/query.ts'
import { Badge, type Tone } from '../../../../components/badge/badge.tsx'
import { Button } from '../../../../components/button/button.tsx'
import { incidentText } from '../../../../components/health/alert-text.ts'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { ErrorBlock } from '../../../../components/page-states/error-state.tsx'
import { SkeletonRows } from '../../../../components/page-states/skeleton.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { instantFull, lasting } from '../../../../format/time.ts'
import { devicePageWords } from '../../../../words/device-page.ts'
import { words } from '../../../../words/index.ts'
import { terminalWords } from '../../../../words/terminal.ts'
import styles from '../-fleet/fleet-page.module.css'
import { askerOf } from './asker.ts'
import type { DeviceInfo } from './device-info.ts'

type Page = OperationAnswer<'devices.timeline'>
type Entry = Page['Entries'][number]
type IncidentKind = OperationAnswer<'devices.incidents'>['Incidents'][number]['Kind']

const pageRows = 60
const tones: Record<Entry['Kind'], Tone> = {
  Away: 'danger',
  Back: 'ok',
  Incident: 'warn',
  Command: 'accent',
  ClockChange: 'neutral',
  Log: 'neutral',
  Adopted: 'ok',
  Replaced: 'accent',
}

/** What happened to the terminal, newest first; what it logs of itself is part of it. */
export function TimelinePanel({ device }: { readonly device: DeviceInfo }) {
  const w = terminalWords.timeline
  const [only, setOnly] = useState<Entry['Kind'] | ''>('')
  const query = useInfiniteQuery(
    operationInfiniteQuery('devices.timeline', { DeviceSN: device.DeviceSN, Limit: pageRows }),
  )
  const all = query.data?.pages.flatMap(page => page.Entries) ?? []
  const shown = only === '' ? all : all.filter(entry => entry.Kind === only)
  return (
    <Panel
      title={w.title}
      note={w.lead}
      updatedAt={query.dataUpdatedAt}
      flush
      actions={
        <select
          className="gh-select"
          aria-label={w.show}
          value={only}
          onChange={event => setOnly(event.target.value as Entry['Kind'] | '')}
        >
          <option value="">{w.all}</option>
          {(Object.keys(tones) as Entry['Kind'][]).map(kind => (
            <option key={kind} value={kind}>
              {w.kinds[kind]}
            </option>
          ))}
        </select>
      }
    >
      {query.isPending ? (
        <SkeletonRows rows={10} />
      ) : query.data === undefined ? (
        <ErrorBlock error={query.error} onRetry={() => void query.refetch()} />
      ) : shown.length === 0 ? (
        <EmptyState compact icon="clock" title={w.none} />
      ) : (
        <ol className={styles.list}>
          {shown.map((entry, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two entries may share moment and words
            <TimelineItem key={`${entry.At} ${index}`} entry={entry} timeZone={device.TimeZone} />
          ))}
        </ol>
      )}
      {query.hasNextPage && (
        <div className={styles.more}>
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {w.more}
          </Button>
        </div>
      )}
    </Panel>
  )
}

function TimelineItem({ entry, timeZone }: { readonly entry: Entry; readonly timeZone: string }) {
  const w = terminalWords.timeline
  return (
    <li className={styles.item}>
      <div className={styles.text}>
        <p className={styles.name}>
          <Badge tone={tones[entry.Kind]}>{w.kinds[entry.Kind]}</Badge>
          {whatOf(entry)}
        </p>
        {entry.Detail && entry.Kind !== 'Back' && <p className={styles.about}>{detailOf(entry)}</p>}
      </div>
      <span className={styles.said}>
        {[stateOf(entry), entry.Actor && askerOf(entry.Actor)].filter(Boolean).join(' · ')}
        <span className={styles.small}>{instantFull(entry.At, timeZone)}</span>
      </span>
    </li>
  )
}

function whatOf({ Kind, What, Detail }: Entry): string {
  const w = terminalWords
  switch (Kind) {
    case 'Away':
      return w.health.causes[What] ?? What
    case 'Back':
      return w.timeline.after(lasting(Number(Detail) * 1000))
    case 'Incident':
      return (w.incidents.kinds as Record<string, string>)[What] ?? What
    case 'ClockChange':
      return (w.clock.kinds as Record<string, string>)[What] ?? What
    case 'Command':
      return devicePageWords.operations[What] ?? What
    default:
      return What
  }
}

function detailOf({ Kind, What, Detail, Facts }: Entry): string {
  if (Kind !== 'Incident') return Detail ?? ''
  // Only an incident's kind is written there for this kind of entry; absences have entries of their own.
  const incident = { Kind: What as IncidentKind, Facts, Detail: Detail ?? '', Devices: 1, Cause: null }
  return incidentText({ ...incident, SharedSite: null, SharedPrefix: null, SharedFirmware: null })
}

function stateOf({ Kind, State }: Entry): string | null {
  const { short } = words.commands
  if (State !== null && Kind === 'Command' && Object.hasOwn(short, State))
    return short[State as keyof typeof short]
  return Kind === 'Incident'
    ? State === 'Open'
      ? terminalWords.incidents.open
      : terminalWords.incidents.ended
    : State
}
