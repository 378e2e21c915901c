import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { OperationAnswer } from '#contract/types.ts'
import { operationQuery } from '../../../../api/query.ts'
import { BeatButtons } from '../../../../components/health/beat-bar.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { SkeletonPanel } from '../../../../components/page-states/skeleton-panel.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { count } from '../../../../format/number.ts'
import { instantTime, lasting, wallDay } from '../../../../format/time.ts'
import { readerLocale } from '../../../../words/index.ts'
import { terminalWords } from '../../../../words/terminal.ts'
import { percent } from '../-fleet/service-levels-page.tsx'
import { DaysPanel } from './days-panel.tsx'
import type { DeviceInfo } from './device-info.ts'
import styles from './health-panel.module.css'

type Health = OperationAnswer<'devices.health'>

const lookAgainMs = 30_000

/** How the terminal did: heartbeat, uptime, days with their absences, memory with its forecast, and its zone. */
export function HealthPanel({ device }: { readonly device: DeviceInfo }) {
  const w = terminalWords.health
  const query = useQuery({
    ...operationQuery('devices.health', { DeviceSN: device.DeviceSN }),
    refetchInterval: lookAgainMs,
  })
  return (
    <QueryBlock query={query} pending={<SkeletonPanel rows={10} />}>
      {health => (
        <div className={styles.column}>
          <Panel title={w.uptime} note={rhythmOf(health)} updatedAt={query.dataUpdatedAt}>
            <div className={styles.figures}>
              {(['Day', 'Month', 'Quarter'] as const).map(range => (
                <Figure key={range} label={w.ranges[range]} uptime={health[range]} />
              ))}
            </div>
            <Beats health={health} timeZone={device.TimeZone} />
            <Days health={health} timeZone={device.TimeZone} />
          </Panel>
          <DaysPanel device={device} />
          {health.Storage.length > 0 && <Memory health={health} />}
          <Panel title={w.place}>
            <p className={health.Zone.Agrees ? undefined : styles.warn}>{zoneOf(health)}</p>
            <p className={health.DriftedPunches > 0 ? styles.warn : undefined}>
              {w.drifted(health.DriftedPunches)}
            </p>
          </Panel>
        </div>
      )}
    </QueryBlock>
  )
}

function rhythmOf({ PollSeconds, SilenceAllowedSeconds }: Health): string {
  const w = terminalWords.health
  const allowed = lasting(SilenceAllowedSeconds * 1000)
  return PollSeconds === null
    ? w.rhythmUnknown(allowed)
    : w.rhythm(lasting(Math.round(PollSeconds) * 1000), allowed)
}

function zoneOf({ Zone }: Health): string {
  const w = terminalWords.health
  if (Zone.Site === null) return w.zoneAlone(Zone.Device)
  return Zone.Agrees ? w.zoneAgrees(Zone.Device) : w.zoneDiffers(Zone.Device, Zone.Site)
}

function Figure({ label, uptime }: { readonly label: string; readonly uptime: Health['Day'] }) {
  const w = terminalWords.health
  const about = [
    w.outages(uptime.Outages),
    uptime.AwaySeconds > 0 && w.away(lasting(uptime.AwaySeconds * 1000)),
    uptime.PlannedSeconds > 0 && w.planned(lasting(uptime.PlannedSeconds * 1000)),
    uptime.UnknownSeconds > 60 && w.unknown(lasting(uptime.UnknownSeconds * 1000)),
  ]
  return (
    <div className={styles.figure}>
      <p className={styles.label}>{label}</p>
      <p className={styles.value}>
        {uptime.UpPercent === null ? w.nothingCounts : percent(uptime.UpPercent)}
      </p>
      <p className={styles.about}>{about.filter(Boolean).join(', ')}</p>
    </div>
  )
}

function Beats({ health, timeZone }: { readonly health: Health; readonly timeZone: string }) {
  const w = terminalWords.health
  const [chosen, setChosen] = useState<string>()
  const says = (beat: Health['Beats'][number]) =>
    w.beatSays(
      instantTime(beat.From, timeZone).slice(0, 5),
      instantTime(beat.To, timeZone).slice(0, 5),
      w.states[beat.State],
      beat.AwaySeconds > 0 ? w.away(lasting(beat.AwaySeconds * 1000)) : '',
    )
  const beat = health.Beats.find(one => one.From === chosen)
  return (
    <div className={styles.block}>
      <h3 className={styles.label}>{w.beats}</h3>
      <BeatButtons
        label={w.beats}
        beats={health.Beats.map(one => ({ key: one.From, state: one.State, says: says(one) }))}
        chosen={chosen}
        onChoose={setChosen}
      />
      <p className={styles.about} role="status">
        {beat ? says(beat) : ' '}
      </p>
    </div>
  )
}

function Days({ health, timeZone }: { readonly health: Health; readonly timeZone: string }) {
  const w = terminalWords.health
  const [chosen, setChosen] = useState<string>()
  const day = health.Days.find(one => one.Day === chosen)
  const says = (one: Health['Days'][number]) =>
    w.daySays(
      wallDay(`${one.Day} 00:00:00`),
      w.states[one.State],
      one.UpPercent === null ? '' : percent(one.UpPercent),
    )
  return (
    <div className={styles.block}>
      <h3 className={styles.label}>{w.days}</h3>
      <BeatButtons
        label={w.days}
        beats={health.Days.map(one => ({ key: one.Day, state: one.State, says: says(one) }))}
        chosen={chosen}
        onChoose={setChosen}
      />
      <div className={styles.about} role="status">
        {day === undefined ? (
          w.dayPick
        ) : (
          <>
            <p>{says(day)}</p>
            {day.Outages.length === 0 && <p>{w.dayNone(wallDay(`${day.Day} 00:00:00`))}</p>}
            {day.Outages.map(outage => (
              <p key={outage.From}>
                {instantTime(outage.From, timeZone)} –{' '}
                {outage.To === null ? w.still : instantTime(outage.To, timeZone)} ·{' '}
                {w.causes[outage.Cause] ?? outage.Cause}
              </p>
            ))}
          </>
        )}
      </div>
    </div>
  )
}

function Memory({ health }: { readonly health: Health }) {
  const w = terminalWords.health
  const number = new Intl.NumberFormat(readerLocale(), { maximumFractionDigits: 1 })
  return (
    <Panel title={w.storage} note={w.storageWhy}>
      <ul className={styles.memory}>
        {health.Storage.map(one => {
          const share =
            one.Used !== null && one.Maximum !== null && one.Maximum > 0 ? one.Used / one.Maximum : null
          const isSoon = (one.DaysLeft ?? 999) < 30
          return (
            <li key={one.Kind} className={styles.kind}>
              <span className={styles.kindName}>{w.kinds[one.Kind]}</span>
              <span className={styles.track} aria-hidden="true">
                {share !== null && share <= 1 && (
                  <span
                    className={styles.fill}
                    data-full={share > 0.9 || isSoon || undefined}
                    style={{ inlineSize: `${Math.max(1, share * 100)}%` }}
                  />
                )}
              </span>
              <span className={styles.about}>
                {usedText(one)}
                {' · '}
                {one.PerDay === null ? w.noPace : w.perDay(number.format(one.PerDay))}
                {one.DaysLeft !== null && (
                  <strong
                    className={isSoon ? styles.warn : undefined}
                  >{` · ${w.fullIn(one.DaysLeft)}`}</strong>
                )}
              </span>
            </li>
          )
        })}
      </ul>
      {health.Storage.some(one => one.Kind === 'Logs') && <p className={styles.about}>{w.overwritten}</p>}
    </Panel>
  )
}

function usedText({ Used, Maximum }: Pick<Health['Storage'][number], 'Used' | 'Maximum'>): string {
  const w = terminalWords.health
  if (Used === null) return Maximum === null ? w.notStated : w.maximumOnly(count(Maximum))
  return Maximum === null ? w.usedOnly(count(Used)) : w.used(count(Used), count(Maximum))
}
