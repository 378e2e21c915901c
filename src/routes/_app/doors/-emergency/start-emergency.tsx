import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { errorTextKey } from '../../../../api/error-text.ts'
import { operationQuery } from '../../../../api/query.ts'
import { useSession } from '../../../../api/session.ts'
import { HoldButton } from '../../../../components/confirm-action/hold-button.tsx'
import { doorKey } from '../../../../components/doors/door-cards.tsx'
import { doorName } from '../../../../components/doors/door-name.ts'
import { Panel } from '../../../../components/panel/panel.tsx'
import { Segmented } from '../../../../components/segmented/segmented.tsx'
import { count } from '../../../../format/number.ts'
import { doorWords } from '../../../../words/door-pages.ts'
import { words } from '../../../../words/index.ts'
import { PasswordOnceMore } from './password-once-more.tsx'
import styles from './start-emergency.module.css'
import { useEmergencyOrder } from './use-emergency-order.ts'

type Kind = 'Lockdown' | 'Evacuation'

/** What, where, real or drill; then held for a second. */
export function StartEmergency() {
  const w = doorWords.emergency
  const navigate = useNavigate()
  const id = useId()
  const [kind, setKind] = useState<Kind>('Lockdown')
  const [place, setPlace] = useState('all:')
  const [mode, setMode] = useState<'drill' | 'real'>('drill')
  const [movesRelays, setMoves] = useState(false)
  const [reason, setReason] = useState('')
  const doors = useQuery(operationQuery('doors.status', {})).data?.Doors ?? []
  const zones = useQuery(operationQuery('doors.zones', {})).data?.Zones ?? []
  const order = useEmergencyOrder('doors.startEmergency', result => {
    void navigate({
      to: '/doors/emergency/$emergencyID',
      params: { emergencyID: result.body.Emergency.EmergencyID },
    })
  })
  // Everywhere, for whoever is bound to sites, is those.
  const everything = useSession()?.Sites?.join(', ') ?? w.everything
  const sites = [...new Set(doors.map(({ Site }) => Site))].sort()
  const scope = place.slice(0, place.indexOf(':'))
  const value = place.slice(place.indexOf(':') + 1)
  const chosen = doors.find(door => doorKey(door) === value)
  const placeText =
    scope === 'site' || scope === 'zone' ? value : scope === 'door' && chosen ? doorName(chosen) : everything
  const zone = zones.find(({ Zone }) => Zone === value)
  const meant =
    scope === 'site'
      ? doors.filter(({ Site }) => Site === value).length
      : scope === 'zone'
        ? (zone?.Doors.length ?? 0)
        : scope === 'door'
          ? 1
          : doors.length
  const isDrill = mode === 'drill'
  const send = (key: string) =>
    order.send(
      {
        Kind: kind,
        ...(scope === 'site' ? { Site: value } : {}),
        ...(scope === 'zone' ? { Zone: value } : {}),
        ...(scope === 'door' ? { Door: value } : {}),
        Drill: isDrill,
        MoveRelays: isDrill && movesRelays,
        ...(reason.trim() === '' ? {} : { Reason: reason.trim() }),
      },
      key,
    )
  return (
    <Panel title={w.startTitle} note={w.doorsMeant(count(meant))}>
      <div className={styles.form} data-real={isDrill ? undefined : true}>
        <Segmented
          label={w.what}
          value={kind}
          options={(['Lockdown', 'Evacuation'] as const).map(each => ({ value: each, label: w.kinds[each] }))}
          onChange={setKind}
        />
        <p className={styles.hint}>{w.kindHints[kind]}</p>
        <Segmented
          label={w.mode}
          value={mode}
          options={[
            { value: 'drill', label: w.drill },
            { value: 'real', label: w.real },
          ]}
          onChange={setMode}
        />
        {isDrill && (
          <>
            <p className={styles.hint}>{w.drillHint}</p>
            <label className={styles.check}>
              <input
                type="checkbox"
                checked={movesRelays}
                onChange={event => setMoves(event.target.checked)}
              />
              {w.moveRelays}
            </label>
          </>
        )}
        <label className={styles.field} htmlFor={`${id}-place`}>
          {w.where}
          <select
            id={`${id}-place`}
            className="gh-select"
            value={place}
            onChange={event => setPlace(event.target.value)}
          >
            <option value="all:">{everything}</option>
            {sites.map(site => (
              <option key={site} value={`site:${site}`}>
                {w.site(site)}
              </option>
            ))}
            {zones.map(({ Zone }) => (
              <option key={Zone} value={`zone:${Zone}`}>
                {w.zone(Zone)}
              </option>
            ))}
            {doors.map(door => (
              <option key={doorKey(door)} value={`door:${doorKey(door)}`}>
                {w.door(doorName(door))}
              </option>
            ))}
          </select>
        </label>
        <label className={styles.field} htmlFor={`${id}-reason`}>
          {w.reason}
          <input
            id={`${id}-reason`}
            className="gh-input"
            value={reason}
            maxLength={200}
            autoComplete="off"
            onChange={event => setReason(event.target.value)}
          />
        </label>
        {order.needsPassword ? (
          <PasswordOnceMore
            isBusy={order.isBusy}
            error={order.error}
            onConfirm={password => void order.confirm(password)}
            onGiveUp={order.giveUp}
          />
        ) : (
          <HoldButton
            full
            size="large"
            look={isDrill ? 'default' : 'danger'}
            icon="warning"
            label={isDrill ? w.startDrill(w.kinds[kind], placeText) : w.start(w.kinds[kind], placeText)}
            action={isDrill ? w.startDrill(w.kinds[kind], placeText) : w.start(w.kinds[kind], placeText)}
            busy={order.isBusy}
            onConfirm={send}
          />
        )}
        {order.error !== null && !order.needsPassword && (
          <p role="alert" className={styles.fault}>
            {words.errors[errorTextKey(order.error)].title}
          </p>
        )}
      </div>
    </Panel>
  )
}
