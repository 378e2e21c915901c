import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { operationQuery } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { Age } from '../../../../components/age/age.tsx'
import { Badge } from '../../../../components/badge/badge.tsx'
import { Button } from '../../../../components/button/button.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { peopleWords } from '../../../../words/people.ts'
import { CardSheet } from '../-enrol/card-sheet.tsx'
import { EnrolSheet } from '../-enrol/enrol-sheet.tsx'
import { PhotoSheet } from '../-enrol/photo-sheet.tsx'
import { PinSheet } from '../-enrol/pin-sheet.tsx'
import styles from './credentials-tab.module.css'
import { Hands } from './hands.tsx'
import { misfits } from './portability.ts'
import type { PersonRecord } from './use-person.ts'

type Sheet = 'Fingerprint' | 'Face' | 'Palm' | 'Card' | 'photo' | 'card' | 'pin'
type Credential = PersonRecord['Credentials'][number]

/** Fingers, face, card and PIN: what is kept, from where, and whether it fits where the person is wanted. */
export function CredentialsTab({ person }: { readonly person: PersonRecord }) {
  const w = peopleWords.person.credentials
  const may = useCan('people:credentials')
  const [sheet, setSheet] = useState<Sheet | null>(null)
  const { data } = useQuery(operationQuery('users.terminals', {}))
  const canPalm = data?.Terminals.some(({ Kinds }) => Kinds.includes('Palm'))
  const close = () => setSheet(null)
  const fingers = person.Credentials.filter(each => each.Type === 'Fingerprint')
  const others = person.Credentials.filter(each => each.Type !== 'Fingerprint')
  const states = Array.from({ length: 10 }, (_, at) => {
    const found = fingers.filter(each => each.Index === at)
    return found.some(each => each.Duress) ? 'duress' : found.length > 0 ? 'enrolled' : 'none'
  })
  return (
    <div className={styles.columns}>
      <Panel
        title={w.fingers}
        actions={
          may && (
            <Button size="small" icon="fingerprint" onClick={() => setSheet('Fingerprint')}>
              {w.enrolFinger}
            </Button>
          )
        }
      >
        <Misfits person={person} />
        <Hands states={states} />
        <CredentialList credentials={fingers} nameOf={each => w.finger[each.Index] ?? w.types.Fingerprint} />
        <p className={styles.note}>{w.hidden}</p>
      </Panel>
      <div className={styles.column}>
        <Panel title={w.face}>
          {others.length === 0 ? (
            <EmptyState compact icon="face" title={w.noneFace} />
          ) : (
            <CredentialList
              credentials={others}
              nameOf={each => w.types[each.Type]}
              passing={!person.HasPhoto}
            />
          )}
          {may && (
            <div className={styles.actions}>
              <Button icon="face" onClick={() => setSheet('Face')}>
                {w.enrolFace}
              </Button>
              <Button onClick={() => setSheet('photo')}>{w.uploadFace}</Button>
              {canPalm && (
                <Button icon="palm" onClick={() => setSheet('Palm')}>
                  {peopleWords.person.enrol.title.Palm}
                </Button>
              )}
            </div>
          )}
        </Panel>
        <CardPanel person={person} onAssign={() => setSheet('card')} />
        <Panel title={w.pin}>
          <div className={styles.line}>
            <Badge tone={person.HasPassword ? 'ok' : 'neutral'} icon="keypad">
              {person.HasPassword ? w.pinSet : w.pinNotSet}
            </Badge>
            {may && (
              <Button size="small" onClick={() => setSheet('pin')}>
                {person.HasPassword ? w.changePin : w.setPin}
              </Button>
            )}
          </div>
        </Panel>
      </div>
      {sheet === 'card' && <CardSheet person={person} onClose={close} onTap={() => setSheet('Card')} />}
      {sheet === 'pin' && <PinSheet person={person} onClose={close} />}
      {sheet === 'photo' && <PhotoSheet person={person} onClose={close} />}
      {(sheet === 'Fingerprint' || sheet === 'Face' || sheet === 'Palm' || sheet === 'Card') && (
        <EnrolSheet kind={sheet} person={person} onClose={close} />
      )}
    </div>
  )
}

function CardPanel({ person, onAssign }: { readonly person: PersonRecord; readonly onAssign: () => void }) {
  const w = peopleWords.person.credentials
  const may = useCan('people:credentials')
  const text = !person.HasCard ? w.cardNone : may ? person.Card : w.cardHidden
  return (
    <Panel title={w.card}>
      <div className={styles.line}>
        <span className={person.HasCard && may ? styles.card : styles.note}>{text}</span>
        {may && (
          <Button size="small" icon="card" onClick={onAssign}>
            {person.HasCard ? w.change : w.assign}
          </Button>
        )}
      </div>
    </Panel>
  )
}

function CredentialList({
  credentials,
  nameOf,
  passing = false,
}: {
  readonly credentials: readonly Credential[]
  readonly nameOf: (credential: Credential) => string
  /** A photo among them is on its way to become a face and is not kept. */
  readonly passing?: boolean
}) {
  const w = peopleWords.person.credentials
  const { data } = useQuery(operationQuery('users.terminals', {}))
  const labelOf = (sn: string) => data?.Terminals.find(each => each.DeviceSN === sn)?.LabelName ?? sn
  return (
    <ul className={styles.list}>
      {credentials.map(each => (
        <li key={each.CredentialID} className={styles.item}>
          <span className={styles.name}>{nameOf(each)}</span>
          {each.Type !== 'FacePhoto' && (
            <Badge>{each.Algorithm === null ? w.algorithmUnknown : w.algorithm(each.Algorithm)}</Badge>
          )}
          {each.Duress && <Badge tone="danger">{w.duress}</Badge>}
          <span className={styles.note}>
            {each.Source === '' ? w.sourceApi : w.source(labelOf(each.Source))} · <Age at={each.At} />
            {passing && each.Type === 'FacePhoto' && ` · ${w.passing}`}
          </span>
        </li>
      ))}
    </ul>
  )
}

function Misfits({ person }: { readonly person: PersonRecord }) {
  const w = peopleWords.person.credentials
  const { data: terminals } = useQuery(operationQuery('users.terminals', {}))
  const { data: states } = useQuery(
    operationQuery('users.states', { EmployeeCode: person.EmployeeCode, Limit: 1000 }),
  )
  const wanted = new Set(
    states?.States.filter(each => each.State !== 'Removing' && each.State !== 'Removed').map(
      each => each.DeviceSN,
    ),
  )
  const found = misfits(
    person.Credentials,
    (terminals?.Terminals ?? []).filter(each => wanted.has(each.DeviceSN)),
  )
  if (found.length === 0) return null
  return (
    <div className={styles.warnings}>
      <strong>{w.portability}</strong>
      {found.map(each => (
        <p key={each.kind}>{w.portable(w.kinds[each.kind], each.version, each.labels.join(', '))}</p>
      ))}
    </div>
  )
}
