import { Age } from '../../../../components/age/age.tsx'
import { Badge } from '../../../../components/badge/badge.tsx'
import { Facts } from '../../../../components/facts/facts.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { instantFull, wallDay } from '../../../../format/time.ts'
import { peopleWords } from '../../../../words/people.ts'
import { soonDays } from '../-people/search.ts'
import { CarePanel } from './care-panel.tsx'
import { ConsentPanel } from './consent-panel.tsx'
import { MatrixSummary } from './matrix-panel.tsx'
import { OpenDeletions } from './open-deletions.tsx'
import styles from './person-page.module.css'
import { Portrait } from './portrait.tsx'
import { StatusPanel } from './status-panel.tsx'
import type { PersonRecord } from './use-person.ts'

/** The person at a glance: facts at the side, what can be done in the middle. */
export function OverviewTab({ person }: { readonly person: PersonRecord }) {
  return (
    <div className={styles.columns}>
      <div className={styles.column}>
        <OpenDeletions code={person.EmployeeCode} />
        <StatusPanel person={person} />
        <MatrixSummary person={person} />
        <ConsentPanel person={person} />
        <CarePanel person={person} />
      </div>
      <About person={person} />
    </div>
  )
}

function About({ person }: { readonly person: PersonRecord }) {
  const w = peopleWords.person
  const directory = peopleWords.directory
  return (
    <Panel title={w.overview.about}>
      <Portrait person={person} />
      <Facts
        facts={[
          { label: w.fields.EmployeeCode, value: <code>{person.EmployeeCode}</code> },
          { label: w.fields.Department, value: person.Department || w.overview.none },
          { label: w.fields.Group, value: person.Group || w.overview.none },
          {
            label: w.overview.validity,
            value: validity(person),
            note:
              person.ExpiresInDays !== null && person.ExpiresInDays <= soonDays ? (
                <Badge tone="warn">{w.overview.expiresIn(person.ExpiresInDays)}</Badge>
              ) : undefined,
          },
          {
            label: w.overview.role,
            value: person.UserType === null ? directory.roleUnknown : directory.roles[person.UserType],
            note:
              person.UserType === null
                ? directory.roleUnknownWhy
                : person.UserType === 'Admin'
                  ? directory.adminWhy
                  : undefined,
          },
          {
            label: w.overview.lastSeen,
            value: person.LastSeenAt ? <Age at={person.LastSeenAt} /> : directory.never,
            note: person.LastSeenAt ? instantFull(person.LastSeenAt) : undefined,
          },
          person.CreatedAt ? { label: w.overview.created, value: instantFull(person.CreatedAt) } : null,
          { label: w.overview.changed, value: instantFull(person.ChangedAt) },
          person.Managed
            ? null
            : {
                label: directory.columns.terminals,
                value: directory.unmanaged,
                note: w.overview.unmanaged,
              },
        ]}
      />
    </Panel>
  )
}

function validity({ ValidFrom, ValidTo }: PersonRecord): string {
  const w = peopleWords.person.overview
  if (ValidFrom === null && ValidTo === null) return w.noLimit
  return [
    ValidFrom === null ? '' : w.validFrom(wallDay(ValidFrom.slice(0, 10))),
    ValidTo === null ? '' : w.validTo(wallDay(ValidTo.slice(0, 10))),
  ]
    .filter(Boolean)
    .join(' ')
}
