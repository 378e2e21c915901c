import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { operationQuery } from '../../../../api/query.ts'
import { Badge } from '../../../../components/badge/badge.tsx'
import { Button } from '../../../../components/button/button.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { RepairsDone } from '../../../../components/repairs/repairs-done.tsx'
import { count } from '../../../../format/number.ts'
import { reviewWords } from '../../../../words/attendance-review.ts'
import { momentText, type Outage, outageWindow, rangeText } from './outage-window.ts'
import styles from './repair.module.css'
import type { RepairSearch } from './search.ts'

const shownAtFirst = 5

/** Outages to choose from, what lasts first: with whom they touched, and what was done about it. */
export function OutageList({
  search,
  onChoose,
}: {
  readonly search: RepairSearch
  readonly onChoose: (window: ReturnType<typeof outageWindow>) => void
}) {
  const w = reviewWords.repair
  const [isWhole, setWhole] = useState(false)
  const query = useQuery(operationQuery('attendance.outages', {}))
  return (
    <div className={styles.outages}>
      <h3 className={styles.quiet}>{w.outages}</h3>
      <QueryBlock query={query}>
        {({ Outages }) => {
          const shown = isWhole ? Outages : atFirst(Outages, search)
          return Outages.length === 0 ? (
            <p className={styles.text}>{w.outagesNone}</p>
          ) : (
            <>
              <ul className={styles.choices}>
                {shown.map(outage => (
                  <Choice
                    key={`${outage.IncidentID} ${outage.DeviceSN}`}
                    outage={outage}
                    isChosen={isChosen(outage, search)}
                    onChoose={() => onChoose(outageWindow(outage))}
                  />
                ))}
              </ul>
              {shown.length < Outages.length && (
                <div>
                  <Button size="small" look="quiet" onClick={() => setWhole(true)}>
                    {w.outagesAll(count(Outages.length))}
                  </Button>
                </div>
              )}
            </>
          )
        }}
      </QueryBlock>
    </div>
  )
}

function isChosen({ IncidentID, DeviceSN }: Outage, { incident, device }: RepairSearch): boolean {
  return IncidentID === incident && DeviceSN === device
}

/** Those of the incident that is open here, then what is first of all. */
function atFirst(outages: readonly Outage[], { incident }: RepairSearch): readonly Outage[] {
  const own = outages.filter(({ IncidentID }) => IncidentID === incident)
  const others = outages.filter(({ IncidentID }) => IncidentID !== incident)
  return [...own, ...others.slice(0, Math.max(0, shownAtFirst - own.length))]
}

function Choice({
  outage,
  isChosen,
  onChoose,
}: {
  readonly outage: Outage
  readonly isChosen: boolean
  readonly onChoose: () => void
}) {
  const w = reviewWords.repair
  const { LabelName, Site, FromTime, ToTime, Lasting, People, PunchesMissing, Devices, Repairs } = outage
  const facts = [
    ...(People === null ? [] : [w.people(People)]),
    ...(PunchesMissing === null ? [] : [w.missing(PunchesMissing)]),
    ...(Devices > 1 ? [w.together(Devices)] : []),
  ]
  return (
    <li className={styles.choice} data-chosen={isChosen || undefined}>
      <button type="button" className={styles.choose} aria-pressed={isChosen} onClick={onChoose}>
        <span className={styles.head}>
          <strong>{LabelName}</strong>
          <span className={styles.quiet}>{Site}</span>
          {Lasting && <Badge tone="danger">{w.lasting}</Badge>}
          {Repairs.length > 0 && (
            <Badge tone="ok" icon="check">
              {w.repaired}
            </Badge>
          )}
        </span>
        <span className={styles.when}>
          {Lasting ? w.sinceMoment(momentText(FromTime)) : rangeText(FromTime, ToTime)}
        </span>
        {facts.length > 0 && <span className={styles.quiet}>{facts.join(' · ')}</span>}
      </button>
      {Repairs.length > 0 && <RepairsDone repairs={Repairs} named={false} />}
    </li>
  )
}
