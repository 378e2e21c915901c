import { useQuery } from '@tanstack/react-query'
import { operationQuery } from '../../../../api/query.ts'
import { doorName } from '../../../../components/doors/door-name.ts'
import { Facts } from '../../../../components/facts/facts.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { SideSheet } from '../../../../components/side-sheet/side-sheet.tsx'
import { wallClock, wallDay } from '../../../../format/time.ts'
import { doorWords } from '../../../../words/door-pages.ts'
import { windowText } from './window-text.ts'

/** Why somebody was refused: the terminal's word, the rule, and the nearest minute it would have been yes. */
export function WhyDenied({ eventId, onClose }: { readonly eventId: string; readonly onClose: () => void }) {
  const w = doorWords.access
  const query = useQuery(operationQuery('doors.whyDenied', { EventID: eventId }))
  return (
    <SideSheet title={w.whyTitle} onClose={onClose}>
      <QueryBlock query={query}>
        {answer => {
          const { Event, NearestYes } = answer
          const away = NearestYes ? w.minutes(Math.abs(NearestYes.MinutesAway)) : ''
          const facts = [
            { label: doorWords.access.door, value: doorName({ ...Event, DoorName: null }) },
            { label: w.at, value: `${wallDay(Event.EventTime)}, ${wallClock(Event.EventTime)}` },
            ...(Event.EmployeeCode ? [{ label: w.person, value: Event.EmployeeCode }] : []),
            ...(answer.Terminal ? [{ label: w.terminalSays, value: answer.Terminal }] : []),
            ...(NearestYes
              ? [
                  {
                    label: w.nearest,
                    value: `${wallDay(NearestYes.At)}, ${wallClock(NearestYes.At)} (${
                      NearestYes.MinutesAway < 0 ? w.earlier(away) : w.later(away)
                    })`,
                  },
                ]
              : []),
            ...answer.Rules.map(rule => ({
              label: w.schedule(rule.Name ?? String(rule.ScheduleID)),
              value: w.windows(rule.Windows.map(windowText).join(', ')),
            })),
          ]
          return (
            <>
              <p>{w.verdict[answer.Verdict]}</p>
              {answer.ChangedSince && <p>{w.changed}</p>}
              <Facts facts={facts} />
            </>
          )
        }}
      </QueryBlock>
    </SideSheet>
  )
}
