import { Link } from '@tanstack/react-router'
import { Age } from '../../../../components/age/age.tsx'
import { Badge } from '../../../../components/badge/badge.tsx'
import type { Column } from '../../../../components/data-table/data-table.tsx'
import { Icon, type IconName } from '../../../../components/icon/icon.tsx'
import { Avatar } from '../../../../components/people/avatar.tsx'
import { fullName } from '../../../../components/people/full-name.ts'
import { shiftDay } from '../../../../format/day.ts'
import { count } from '../../../../format/number.ts'
import { wallDayShort } from '../../../../format/time.ts'
import { words } from '../../../../words/index.ts'
import { peopleWords } from '../../../../words/people.ts'
import styles from './people-columns.module.css'
import { RowLink } from './row-link.tsx'
import { type DirectoryPerson, soonDays } from './search.ts'
import { StatusBadge } from './status-badge.tsx'

/** Columns beside the name that can be shown or not, in their order. */
export const columnIds = [
  'department',
  'group',
  'status',
  'terminals',
  'credentials',
  'validity',
  'seen',
  'role',
  'attendance',
] as const

export type ColumnId = (typeof columnIds)[number]

interface ColumnOptions {
  readonly photos: boolean
  /** null for those who may not see attendance: then nothing links there. */
  readonly today: string | null
  /** The filters as text: a person opened from this list can walk through it. */
  readonly list: string
}

/** The table on a wide screen. */
export function peopleColumns(
  shown: ReadonlySet<string>,
  { photos, today, list }: ColumnOptions,
): Column<DirectoryPerson>[] {
  const w = peopleWords.directory.columns
  const cells: Record<ColumnId, Omit<Column<DirectoryPerson>, 'id' | 'header'>> = {
    department: {
      width: 'minmax(110px, 1.4fr)',
      cell: person => person.Department || <span className={styles.quiet}>{words.parts.none}</span>,
    },
    group: {
      width: 'minmax(110px, 1.2fr)',
      cell: person => person.Group || <span className={styles.quiet}>{words.parts.none}</span>,
    },
    status: { width: 'minmax(104px, 0.8fr)', cell: person => <StatusBadge person={person} /> },
    terminals: { width: 'minmax(110px, 1fr)', cell: person => <InStep person={person} /> },
    credentials: { width: 'minmax(130px, 1fr)', cell: person => <Credentials person={person} /> },
    validity: { width: 'minmax(172px, 1.1fr)', cell: person => <ValidUntil person={person} /> },
    seen: { width: 'minmax(118px, 0.7fr)', cell: person => <LastSeen person={person} /> },
    role: { width: 'minmax(120px, 1fr)', cell: person => <Role person={person} /> },
    attendance: {
      width: '100px',
      cell: person => today !== null && <PunchesLink person={person} today={today} />,
    },
  }
  return [
    {
      id: 'name',
      header: w.name,
      width: 'minmax(210px, 2.4fr)',
      cell: (person, at) => <Name person={person} photos={photos} list={list} at={at} />,
    },
    { id: 'code', header: w.code, width: 'minmax(84px, 0.7fr)', cell: person => person.EmployeeCode },
    ...columnIds
      .filter(id => shown.has(id) && (id !== 'attendance' || today !== null))
      .map(id => ({ id, header: w[id], ...cells[id] })),
  ]
}

/** One column of two lines, for the phone. */
export function peopleNarrowColumns({ photos, list }: ColumnOptions): Column<DirectoryPerson>[] {
  return [
    {
      id: 'person',
      header: peopleWords.directory.title,
      width: 'minmax(0, 1fr)',
      cell: (person, at) => (
        <div className={styles.summary}>
          <span className={styles.line}>
            <span className={styles.clip}>
              <Name person={person} photos={photos} list={list} at={at} />
            </span>
            <StatusBadge person={person} />
          </span>
          <span className={styles.line}>
            <span className={styles.quiet}>
              {person.EmployeeCode}
              {person.Department && ` · ${person.Department}`}
            </span>
            <InStep person={person} />
          </span>
        </div>
      ),
    },
  ]
}

function Name({
  person,
  photos,
  list,
  at,
}: {
  readonly person: DirectoryPerson
  readonly photos: boolean
  readonly list: string
  readonly at: number
}) {
  const name = fullName(person)
  return (
    <span className={styles.person}>
      <Avatar person={person} withPhoto={photos && person.HasPhoto} />
      <RowLink className={styles.name} title={name} code={person.EmployeeCode} list={list} at={at}>
        {name || <span className={styles.quiet}>{peopleWords.directory.unnamed}</span>}
      </RowLink>
    </span>
  )
}

function InStep({ person }: { readonly person: DirectoryPerson }) {
  const w = peopleWords.directory
  const { Terminals, InStep: inStep, Troubles } = person
  if (Terminals === 0)
    return (
      <span className={styles.quiet} title={person.Managed ? undefined : w.unmanagedWhy}>
        {person.Managed ? w.noTerminal : w.unmanaged}
      </span>
    )
  const title = w.inStepLong(count(inStep), count(Terminals), Troubles)
  if (Troubles > 0)
    return (
      <Badge tone="warn" icon="warning" title={title}>
        {w.inStep(count(inStep), count(Terminals))}
      </Badge>
    )
  return (
    <span className={inStep === Terminals ? undefined : styles.quiet} title={title}>
      {w.inStep(count(inStep), count(Terminals))}
    </span>
  )
}

function Credentials({ person }: { readonly person: DirectoryPerson }) {
  const w = peopleWords.directory.credentials
  const marks: [IconName, string, number][] = []
  if (person.Fingerprints > 0)
    marks.push(['fingerprint', w.fingerprints(person.Fingerprints), person.Fingerprints])
  if (person.Faces > 0) marks.push(['face', w.faces(person.Faces), 1])
  if (person.Palms > 0) marks.push(['palm', w.palms(person.Palms), person.Palms])
  if (person.HasCard) marks.push(['card', w.card, 1])
  if (person.HasPassword) marks.push(['keypad', w.pin, 1])
  if (marks.length === 0) return <span className={styles.warn}>{w.none}</span>
  return (
    <span className={styles.icons}>
      {marks.map(([icon, label, amount]) => (
        <span key={icon} className={styles.icon} title={label}>
          <Icon name={icon} size={15} />
          <span className="visually-hidden">{label}</span>
          {amount > 1 && <span aria-hidden="true">{count(amount)}</span>}
        </span>
      ))}
    </span>
  )
}

function ValidUntil({ person }: { readonly person: DirectoryPerson }) {
  const w = peopleWords.directory
  if (person.ValidTo === null) return <span className={styles.quiet}>{w.noEnd}</span>
  const days = person.ExpiresInDays
  const isSoon = days !== null && days <= soonDays
  return (
    <span className={isSoon ? styles.warn : undefined}>
      {wallDayShort(person.ValidTo)}
      {isSoon && ` · ${w.expiresIn(days)}`}
    </span>
  )
}

function Role({ person }: { readonly person: DirectoryPerson }) {
  const w = peopleWords.directory
  if (person.UserType === null)
    return (
      <span className={styles.quiet} title={w.roleUnknownWhy}>
        {w.roleUnknown}
      </span>
    )
  const text = w.roles[person.UserType]
  if (person.UserType === 'User') return <span className={styles.quiet}>{text}</span>
  return (
    <Badge tone="warn" title={w.adminWhy}>
      {text}
    </Badge>
  )
}

function LastSeen({ person }: { readonly person: DirectoryPerson }) {
  if (person.LastSeenAt === null) return <span className={styles.quiet}>{peopleWords.directory.never}</span>
  return <Age at={person.LastSeenAt} />
}

function PunchesLink({ person, today }: { readonly person: DirectoryPerson; readonly today: string }) {
  // The week up to the last punch, or the page it leads to would be empty for whoever was away.
  const last = person.LastSeenAt?.slice(0, 10) ?? today
  const to = last < shiftDay(today, -6) ? shiftDay(last, 1) : today
  const name = fullName(person) || words.punches.person(person.EmployeeCode)
  return (
    <Link
      className={styles.link}
      to="/attendance"
      search={{ person: person.EmployeeCode, from: shiftDay(to, -6), to }}
      preload={false}
      tabIndex={-1}
      aria-label={peopleWords.directory.attendanceOf(name)}
    >
      {peopleWords.directory.attendance}
    </Link>
  )
}
