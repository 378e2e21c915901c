import { Link, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { Age } from '../../components/age/age.tsx'
import { Badge } from '../../components/badge/badge.tsx'
import { Button } from '../../components/button/button.tsx'
import { usePageTitle } from '../../components/page-header/use-page-title.ts'
import { EmptyState } from '../../components/page-states/empty-state.tsx'
import { SkeletonRows } from '../../components/page-states/skeleton.tsx'
import { Segmented } from '../../components/segmented/segmented.tsx'
import { count } from '../../format/number.ts'
import { instantClock } from '../../format/time.ts'
import { rollCallWords } from '../../words/roll-call.ts'
import { keepPage } from './keep-page.ts'
import { byNeed, type KeptMuster, type MusterState, statesOf } from './muster.ts'
import { MusterRow } from './muster-row.tsx'
import styles from './roll-call-page.module.css'
import { type MusterLink, useMuster } from './use-muster.ts'

/** Who is to be found, ticked off with one thumb; works without a network and merges when there is one. */
export function RollCallPage() {
  const w = rollCallWords
  usePageTitle(w.title)
  const search = useSearch({ from: '/roll-call' })
  const { kept, link, tick } = useMuster(search)
  const [isKept, setKept] = useState<boolean | null>(null)
  useEffect(() => {
    void keepPage().then(setKept, () => setKept(false))
  }, [])
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1 className={styles.title}>{w.title}</h1>
        <span className={styles.actions}>
          <Button size="small" look="quiet" onClick={() => window.print()}>
            {w.print}
          </Button>
          <Link to="/doors" className={styles.back}>
            {w.back}
          </Link>
        </span>
      </header>
      <LinkLine link={link} kept={kept} isKept={isKept} />
      <main>{kept ? <List kept={kept} onTick={tick} /> : <Nothing link={link} />}</main>
    </div>
  )
}

function LinkLine({
  link,
  kept,
  isKept,
}: {
  readonly link: MusterLink
  readonly kept: KeptMuster | null
  readonly isKept: boolean | null
}) {
  const w = rollCallWords
  const waiting = kept?.unsent.length ?? 0
  return (
    <p className={styles.link} role="status" data-link={link}>
      {link === 'connected' && w.connected}
      {link === 'asking' && w.asking}
      {link === 'away' && (kept ? w.away(instantClock(kept.at)) : w.awayNothing)}
      {waiting > 0 && ` ${w.unsent(waiting)}`}
      {isKept === false && link === 'connected' && ` ${w.notKept}`}
    </p>
  )
}

function Nothing({ link }: { readonly link: MusterLink }) {
  const w = rollCallWords
  if (link === 'asking') return <SkeletonRows />
  if (link === 'signed-out')
    return (
      <EmptyState icon="lock" title={w.signedOut} actions={<Link to="/login">{w.signIn}</Link>}>
        {w.signedOutBody}
      </EmptyState>
    )
  if (link === 'forbidden') return <EmptyState icon="lock" title={w.forbidden} />
  return (
    <EmptyState icon="warning" title={w.awayNothing}>
      {w.awayBody}
    </EmptyState>
  )
}

type Show = 'open' | 'all'

function List({
  kept,
  onTick,
}: {
  readonly kept: KeptMuster
  readonly onTick: (code: string, state: MusterState) => void
}) {
  const w = rollCallWords
  const [show, setShow] = useState<Show>('open')
  const [text, setText] = useState('')
  const states = statesOf(kept.ticks)
  const isSafe = (code: string) => states.get(code)?.State === 'Safe'
  const safe = kept.people.filter(({ EmployeeCode }) => isSafe(EmployeeCode)).length
  const missing = kept.people.filter(
    ({ EmployeeCode }) => states.get(EmployeeCode)?.State === 'Missing',
  ).length
  const blocked = kept.people.filter(({ CardDisabled }) => CardDisabled).length
  const wanted = text.trim().toLowerCase()
  const shown = byNeed(kept.people, states).filter(
    person =>
      (show === 'all' || !isSafe(person.EmployeeCode)) &&
      (wanted === '' || `${person.Name ?? ''} ${person.EmployeeCode}`.toLowerCase().includes(wanted)),
  )
  return (
    <>
      <p className={styles.count} aria-live="polite">
        <strong>{w.safeOf(count(safe), count(kept.people.length))}</strong>
        {missing > 0 && <Badge tone="danger">{w.missing(missing)}</Badge>}
        {blocked > 0 && (
          <Badge tone="unknown" icon="warning">
            {w.blocked(blocked)}
          </Badge>
        )}
        <span className={styles.quiet}>
          {w.asOf} <Age at={kept.at} />
        </span>
      </p>
      {kept.sureness.length > 0 && (
        <p className={styles.quiet}>{kept.sureness.map(why => w.sureness[why]).join(' ')}</p>
      )}
      {shown.length === 0 ? (
        <EmptyState icon="check" title={kept.people.length === 0 ? w.nobody : w.allSafe} />
      ) : (
        <ul className={styles.list}>
          {shown.map(person => (
            <MusterRow
              key={person.EmployeeCode}
              person={person}
              tick={states.get(person.EmployeeCode)}
              isUnsent={kept.unsent.includes(states.get(person.EmployeeCode)?.TickID ?? '')}
              onTick={onTick}
            />
          ))}
        </ul>
      )}
      <div className={styles.bar}>
        <input
          type="search"
          className="gh-input"
          aria-label={w.search}
          placeholder={w.search}
          value={text}
          onChange={event => setText(event.target.value)}
        />
        <Segmented
          label={w.show}
          value={show}
          options={[
            { value: 'open', label: w.stillOpen },
            { value: 'all', label: w.everybody },
          ]}
          onChange={setShow}
        />
      </div>
    </>
  )
}
