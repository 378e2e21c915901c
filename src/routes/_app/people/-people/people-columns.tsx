import { Link } from '@tanstack/react-router'
import type { OperationAnswer } from '#contract/types.ts'
import { Age } from '../../../../components/age/age.tsx'
import { Badge } from '../../../../components/badge/badge.tsx'
import type { Column } from '../../../../components/data-table/data-table.tsx'
import { fullName } from '../../../../components/people/full-name.ts'
import { shiftDay } from '../../../../format/day.ts'
import { count } from '../../../../format/number.ts'
import { words } from '../../../../words/index.ts'
import styles from './people-columns.module.css'

export type PersonRow = OperationAnswer<'users.list'>['Users'][number]

/** `today` is null for those who may not see attendance: then nothing links there. */
export function peopleColumns(today: string | null): Column<PersonRow>[] {
  const w = words.people
  const columns: Column<PersonRow>[] = [
    { id: 'name', header: w.name, width: 'minmax(200px, 3fr)', cell: person => <Name person={person} /> },
    { id: 'code', header: w.code, width: 'minmax(96px, 1fr)', cell: person => person.EmployeeCode },
    { id: 'role', header: w.role, width: 'minmax(130px, 1fr)', cell: person => <Role person={person} /> },
    {
      id: 'terminals',
      header: w.terminals,
      width: '100px',
      align: 'end',
      cell: person => count(person.DeviceCount),
    },
    {
      id: 'seen',
      header: w.lastSeen,
      width: 'minmax(130px, 1fr)',
      cell: person => <LastSeen person={person} />,
    },
  ]
  if (today === null) return columns
  return [
    ...columns,
    {
      id: 'punches',
      header: w.attendance,
      width: '110px',
      cell: person => <PunchesLink person={person} today={today} />,
    },
  ]
}

/** One column of two lines, for the phone. */
export function peopleNarrowColumns(today: string | null): Column<PersonRow>[] {
  return [
    {
      id: 'person',
      header: words.people.title,
      width: 'minmax(0, 1fr)',
      cell: person => (
        <div className={styles.summary}>
          <span className={styles.line}>
            <span className={styles.clip}>
              <Name person={person} /> <span className={styles.quiet}>{person.EmployeeCode}</span>
            </span>
            {today !== null && <PunchesLink person={person} today={today} />}
          </span>
          <span className={styles.line} data-quiet>
            <LastSeen person={person} />
            <Role person={person} />
          </span>
        </div>
      ),
    },
  ]
}

function Name({ person }: { readonly person: PersonRow }) {
  const name = fullName(person)
  return name ? (
    <span className={styles.name}>{name}</span>
  ) : (
    <span className={styles.quiet}>{words.people.unnamed}</span>
  )
}

function Role({ person }: { readonly person: PersonRow }) {
  const text = words.people.roles[person.UserType]
  if (person.UserType === 'User') return <span className={styles.quiet}>{text}</span>
  return (
    <Badge tone="warn" title={words.people.adminWhy}>
      {text}
    </Badge>
  )
}

function LastSeen({ person }: { readonly person: PersonRow }) {
  if (person.LastSeenAt === null) return <span className={styles.quiet}>{words.people.never}</span>
  return <Age at={person.LastSeenAt} />
}

function PunchesLink({ person, today }: { readonly person: PersonRow; readonly today: string }) {
  // The week up to the last punch, or the page it leads to would be empty for whoever was away.
  const last = person.LastSeenAt?.slice(0, 10) ?? today
  const to = last < shiftDay(today, -6) ? shiftDay(last, 1) : today
  const name = fullName(person) || words.punches.person(person.EmployeeCode)
  return (
    <Link
      className={styles.link}
      to="/attendance"
      search={{ person: person.EmployeeCode, from: shiftDay(to, -6), to }}
      aria-label={words.people.attendanceOf(name)}
    >
      {words.people.attendance}
    </Link>
  )
}
